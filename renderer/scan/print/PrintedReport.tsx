import { severityName } from '@renderer/ui/SeverityBadge'
import { verdictName } from '@renderer/ui/VerdictBadge'
import type { ReportRow } from '@shared/contract/scan'
import type { ScanReport } from '@shared/scan-report/report'
import { visible } from '../report/evidence'
import { findingRows, locationOf } from '../report/findings'
import { text as report } from '../report/messages'
import { text } from './messages'

/** Some 60 pages; whoever needs more than these on paper has the exports. */
const PRINTED = 400

/** The report on paper: no controls, no colour that carries meaning alone, nothing cut off. */
export function PrintedReport({ row, report: document }: { row: ReportRow; report: ScanReport }) {
  const rows = findingRows(document)
  const { summary, notes } = document
  return (
    <article className="flex flex-col gap-3 bg-[white] text-[black]">
      <h1 className="font-semibold text-page" translate="no">
        {row.name}
      </h1>
      <p>
        <strong>{text.verdict(verdictName(summary.verdict), summary.grade)}</strong>
        {'. '}
        {text.counts(summary.files, rows.length)}
        <br />
        {text.scanned(row.startedAt, document.rulesVersion)}
        {document.policy && (
          <>
            <br />
            {text.policy(document.policy.name)}
          </>
        )}
      </p>
      {notes.length > 0 && (
        <section>
          <h2 className="font-semibold text-section">{text.notSeen}</h2>
          <ul className="list-disc pl-5">
            {notes.map((note) => (
              <li key={note} translate="no">
                {visible(note)}
              </li>
            ))}
          </ul>
        </section>
      )}
      <h2 className="font-semibold text-section">{text.findings}</h2>
      {rows.length === 0 && <p>{text.none}</p>}
      {rows.length > PRINTED && <p>{text.cut(PRINTED, rows.length)}</p>}
      {rows.slice(0, PRINTED).map(({ id, finding, file }) => (
        <section key={id} className="break-inside-avoid border-[#999] border-t pt-2">
          <h3 className="font-semibold">
            {severityName(finding.severity)}
            {': '}
            <span translate="no">{finding.title}</span>
          </h3>
          <p className="wrap-anywhere" translate="no">
            {visible(file.path)}
            {finding.location.member && ` › ${visible(finding.location.member)}`}
            {'  '}
            {locationOf(finding, report.detail.lineNumber)}
            {'  '}
            <code>{finding.ruleId}</code>
          </p>
          <p className="wrap-anywhere" translate="no">
            {visible(finding.message)}
          </p>
          {finding.evidence && (
            <pre className="whitespace-pre-wrap wrap-anywhere" translate="no">
              {visible(finding.evidence)}
            </pre>
          )}
          <p>
            {text.fix}
            {': '}
            <span translate="no">{finding.fix}</span>
          </p>
        </section>
      ))}
    </article>
  )
}
