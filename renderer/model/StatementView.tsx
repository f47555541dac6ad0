import { formatDateTime } from '@renderer/app/intl'
import { SectionCard } from '@renderer/ui/Card'
import { CopyButton } from '@renderer/ui/CopyButton'
import { GradeTile } from '@renderer/ui/GradeTile'
import { SeverityBadge } from '@renderer/ui/SeverityBadge'
import { VerdictBadge } from '@renderer/ui/VerdictBadge'
import { fingerprintOf } from '@shared/model/fingerprint'
import type { ScannedFile, Statement } from '@shared/model/statement'
import type { ReactNode } from 'react'
import { EvidenceChip } from '../benchmark/EvidenceChip'
import { visible } from '../scan/report/evidence'
import { text } from './messages'

/** Files shown of a model with thousands. */
const MOST_FILES = 200

interface StatementViewProps {
  statement: Statement
  /** The verification failed: it is shown, and said to be worth nothing. */
  untrue: boolean
}

export function StatementView({ statement, untrue }: StatementViewProps) {
  const { predicate } = statement
  const { model, issuer, issuedAt, validUntil, evidence, producer, scan, measurements } = predicate
  return (
    <>
      {untrue && (
        <p role="note" className="font-medium text-sev-critical-text">
          {text.statement.untrue}
        </p>
      )}
      <SectionCard title={text.statement.title}>
        <dl className="grid grid-cols-[140px_minmax(0,1fr)] gap-x-3 gap-y-1.5 p-3">
          <Fact name={text.statement.model}>{visible(model.name)}</Fact>
          <Fact name={text.statement.licence} ours={model.licence === null}>
            {model.licence === null ? text.statement.noLicence : visible(model.licence)}
          </Fact>
          <Fact name={text.statement.claims} ours>
            <EvidenceChip evidence={evidence.level} />
          </Fact>
          <Fact name={text.statement.issued} ours>
            {text.statement.claimedTime(formatDateTime(new Date(issuedAt)))}
          </Fact>
          {validUntil !== null && (
            <Fact name={text.statement.validUntil} ours>
              {formatDateTime(new Date(validUntil))}
            </Fact>
          )}
          <Fact name={text.statement.key}>
            <code>{fingerprintOf(issuer.keyId)}</code>{' '}
            <CopyButton
              iconOnly
              size="small"
              variant="ghost"
              label={text.statement.copyKey}
              value={issuer.keyId}
            />
          </Fact>
          <Fact name={text.statement.producer}>
            {visible(`${producer.name} ${producer.version}`)}
          </Fact>
          {scan !== null && (
            <>
              <Fact name={text.columns.verdict} ours>
                <span className="flex flex-wrap items-center gap-2">
                  <VerdictBadge verdict={scan.summary.verdict} />
                  <GradeTile grade={scan.summary.grade} size="small" />
                  <span className="text-muted">{text.statement.grade(scan.summary.score)}</span>
                </span>
              </Fact>
              <Fact name={text.statement.scanned} ours>
                {formatDateTime(new Date(scan.scannedAt))}
              </Fact>
              <Fact name={text.statement.rules}>{visible(scan.rulesVersion)}</Fact>
              {scan.scannerVersion !== null && (
                <Fact name={text.statement.scanner}>{visible(scan.scannerVersion)}</Fact>
              )}
              <Fact name={text.statement.policy} ours={scan.policy === null}>
                {scan.policy === null
                  ? text.statement.noPolicy
                  : visible(`${scan.policy.name} (${scan.policy.profile}, ${scan.policy.digest})`)}
              </Fact>
              <Fact name={text.statement.facts}>
                <code>{scan.facts.digest}</code>
              </Fact>
              {scan.notes.length > 0 && (
                <Fact name={text.statement.notes}>{scan.notes.map(visible).join(' ')}</Fact>
              )}
            </>
          )}
        </dl>
      </SectionCard>
      {scan !== null && <Files files={scan.files} />}
      <SectionCard title={text.statement.measurements}>
        {measurements.length === 0 ? (
          <p className="p-3 text-muted">{text.statement.noMeasurements}</p>
        ) : (
          measurements.map(({ schema, document }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a passport never changes
            <details key={index} className="border-line border-b p-3 last:border-0">
              <summary className="cursor-pointer">
                <span translate="no">{visible(schema)}</span>
              </summary>
              <p className="mt-2 text-muted">{text.statement.raw}</p>
              <pre
                className="max-h-80 overflow-auto rounded-control bg-sunken p-3 text-code"
                translate="no"
                // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by key
                tabIndex={0}
              >
                {visible(JSON.stringify(document, null, 1))}
              </pre>
            </details>
          ))
        )}
      </SectionCard>
    </>
  )
}

/** `ours`: the value is words of the console, not data of the passport. */
function Fact({ name, ours, children }: { name: string; ours?: boolean; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 wrap-anywhere" translate={ours ? undefined : 'no'}>
        {children}
      </dd>
    </>
  )
}

function Files({ files }: { files: readonly ScannedFile[] }) {
  return (
    <SectionCard title={text.statement.files}>
      <ul>
        {files.slice(0, MOST_FILES).map((file) => (
          <li key={file.name} className="border-line border-b px-3 py-2 last:border-0">
            <p className="flex flex-wrap items-center gap-2">
              <span className="min-w-0 font-medium wrap-anywhere" translate="no">
                {visible(file.name)}
              </span>
              <VerdictBadge verdict={file.verdict} />
              <span className="text-muted text-small">
                {file.setAside.length > 0
                  ? text.statement.setAside(file.setAside.length)
                  : text.statement.findings(file.findings.length)}
              </span>
            </p>
            <code className="text-muted text-small wrap-anywhere" translate="no">
              {file.sha256}
            </code>
            {file.findings.map((finding) => (
              <p key={finding.fingerprint} className="mt-1 flex items-center gap-2">
                <SeverityBadge severity={finding.severity} />
                <span className="min-w-0 wrap-anywhere" translate="no">
                  {visible(finding.title)}
                </span>
              </p>
            ))}
          </li>
        ))}
      </ul>
      {files.length > MOST_FILES && (
        <p className="p-3 text-muted">{text.statement.more(files.length - MOST_FILES)}</p>
      )}
    </SectionCard>
  )
}
