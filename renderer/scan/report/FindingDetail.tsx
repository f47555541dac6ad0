import { formatNumber, formatPercent } from '@renderer/app/intl'
import { CopyButton } from '@renderer/ui/CopyButton'
import { OutsideLink } from '@renderer/ui/OutsideLink'
import { SeverityBadge, severityName } from '@renderer/ui/SeverityBadge'
import type { FrameworkGuess } from '@shared/scan-report/report'
import { type ReactNode, useState } from 'react'
import { CodeFrameView } from './CodeFrameView'
import { DetailList, DetailSection } from './DetailList'
import { text as detail } from './detail-messages'
import { EvidenceFrame } from './EvidenceFrame'
import { EvidencePath } from './EvidencePath'
import { offsetText, visible } from './evidence'
import { findingText } from './finding-text'
import { type FindingRow, shownInFrame } from './findings'
import { advisoryUrl, hostOf, otherReferences, ruleHref } from './links'
import { text } from './messages'

interface FindingDetailProps {
  row: Pick<FindingRow, 'finding'> & { file: { path: string; frameworks?: FrameworkGuess[] } }
  /** What was decided about it, and the buttons to decide. */
  state?: ReactNode
  /** Other findings of the same rule, and the way to them. */
  similar?: ReactNode
  /** Opens another file of the scan, where a path of evidence crosses into it. */
  onFile?: (path: string) => void
}

/** From "what happens" over the proof to "what to do"; identifiers come last. */
export function FindingDetail({ row, state, similar, onFile }: FindingDetailProps) {
  const { finding, file } = row
  const { location, frame, path = [] } = finding
  const [pointed, setPointed] = useState<number | null>(null)
  return (
    <div className="flex flex-col gap-4">
      <header className="flex flex-col gap-1.5">
        <div className="flex items-center gap-2">
          <SeverityBadge severity={finding.severity} />
          <a
            href={ruleHref(finding.ruleId)}
            title={detail.openRule(finding.ruleId)}
            className="min-w-0 truncate text-muted underline-offset-2 hover:text-text hover:underline"
          >
            <code translate="no">{finding.ruleId}</code>
          </a>
          <span className="ml-auto">
            <CopyButton
              iconOnly
              size="small"
              variant="ghost"
              label={text.detail.copyFinding}
              value={() => findingText(finding, file.path)}
            />
          </span>
        </div>
        <h2 className="font-semibold text-section wrap-anywhere" translate="no">
          {finding.title}
        </h2>
        <p className="wrap-anywhere" translate="no">
          {visible(finding.message)}
        </p>
        {finding.ruleSeverity && (
          <p className="text-muted text-small">
            {detail.ruleSeverity(severityName(finding.ruleSeverity))}
          </p>
        )}
      </header>

      {state}
      {frame && <CodeFrameView frame={frame} location={location} pointed={pointed} />}
      {path.length > 0 && (
        <DetailSection title={detail.path}>
          <EvidencePath
            steps={path}
            frame={frame}
            pointed={pointed}
            onPoint={setPointed}
            onFile={onFile}
          />
        </DetailSection>
      )}
      {finding.evidence !== '' && !shownInFrame(finding) && <EvidenceFrame finding={finding} />}

      <DetailSection title={text.detail.where}>
        <DetailList
          items={[
            [text.detail.file, visible(file.path)],
            [text.detail.member, location.member && visible(location.member)],
            [
              text.detail.offset,
              location.offset === undefined ? null : offsetText(location.offset, formatNumber),
            ],
            [text.detail.opcode, location.opcode && <code>{location.opcode}</code>],
            [text.detail.line, location.line === undefined ? null : formatNumber(location.line)],
            [text.detail.occurrences, finding.count > 1 ? formatNumber(finding.count) : null],
            [text.detail.confidence, formatPercent(finding.confidence)],
          ]}
        />
      </DetailSection>

      <DetailSection title={text.detail.why}>
        <p className="text-muted" translate="no">
          {finding.why}
        </p>
      </DetailSection>
      <DetailSection title={text.detail.fix}>
        <p className="text-muted" translate="no">
          {finding.fix}
        </p>
      </DetailSection>

      {finding.cwe.length + finding.cve.length + finding.references.length > 0 && (
        <DetailSection title={text.detail.references}>
          <ul className="flex flex-col gap-1">
            {[...finding.cve, ...finding.cwe].map((id) => (
              <li key={id} className="min-w-0">
                <OutsideLink label={id} url={advisoryUrl(id)} />
              </li>
            ))}
            {otherReferences(finding).map((url) => (
              <li key={url} className="min-w-0">
                <OutsideLink label={hostOf(url)} url={url} />
              </li>
            ))}
          </ul>
        </DetailSection>
      )}

      {file.frameworks && file.frameworks.length > 0 && (
        <DetailSection title={text.detail.frameworks}>
          <Frameworks frameworks={file.frameworks} />
        </DetailSection>
      )}

      <DetailSection title={text.detail.fingerprint}>
        <div className="flex items-center gap-1">
          <code className="min-w-0 truncate text-muted" title={finding.fingerprint} translate="no">
            {finding.fingerprint}
          </code>
          <CopyButton
            iconOnly
            size="small"
            variant="ghost"
            label={text.detail.copyFingerprint}
            value={finding.fingerprint}
          />
        </div>
      </DetailSection>
      {similar}
    </div>
  )
}

export function Frameworks({ frameworks }: { frameworks: readonly FrameworkGuess[] }) {
  return (
    <ul className="flex flex-col gap-1">
      {frameworks.map(({ name, confidence, evidence }) => (
        <li key={name} className="wrap-anywhere" translate="no">
          <span className="font-medium">{name}</span>{' '}
          <span className="text-muted">
            {formatPercent(confidence)} · {visible(evidence)}
          </span>
        </li>
      ))}
    </ul>
  )
}
