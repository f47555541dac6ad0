import type { DataColumn } from '@renderer/ui/data-table/columns'
import { SeverityBadge, severityName } from '@renderer/ui/SeverityBadge'
import { VerdictBadge } from '@renderer/ui/VerdictBadge'
import type { ComparedFile } from '@shared/scan-report/compare'
import { visible } from '../scan/report/evidence'
import { briefLocationOf, verdictRank } from '../scan/report/findings'
import { text as report } from '../scan/report/messages'
import { Place } from '../scan/report/Place'
import { ChangeBadge, FileChange } from './ChangeBadge'
import type { ComparedRow } from './compared'
import { text } from './messages'

/** Plain code unit order: collation of 10,000 paths would cost a long task. */
const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

export const comparedColumns: readonly DataColumn<ComparedRow>[] = [
  {
    id: 'change',
    header: text.columns.change,
    track: '116px',
    compare: (a, b) => a.changeRank - b.changeRank,
    cell: ({ entry }) => <ChangeBadge change={entry.change} />,
  },
  {
    id: 'severity',
    header: text.columns.severity,
    track: '100px',
    compare: (a, b) => b.rank - a.rank,
    descendingFirst: true,
    cell: ({ entry }) => <SeverityBadge severity={entry.finding.severity} />,
  },
  {
    id: 'title',
    header: text.columns.title,
    track: 'minmax(0,5fr)',
    compare: (a, b) => byText(a.entry.finding.title, b.entry.finding.title),
    cell: ({ entry }) => (
      <>
        <span
          title={entry.finding.title}
          className={entry.change === 'fixed' ? 'text-muted line-through' : undefined}
          translate="no"
        >
          {entry.finding.title}
        </span>
        {entry.previousSeverity && (
          <span className="pl-2 text-muted text-small">
            {text.severityWas(severityName(entry.previousSeverity))}
          </span>
        )}
      </>
    ),
  },
  {
    id: 'place',
    header: text.columns.place,
    track: 'minmax(0,4fr)',
    compare: (a, b) => byText(a.entry.path, b.entry.path),
    cell: ({ entry }) => (
      <>
        <Place path={entry.path} member={entry.finding.location.member} />
        {entry.previousPath && (
          <span className="pl-2 text-muted text-small">
            {text.was(visible(entry.previousPath))}
          </span>
        )}
      </>
    ),
  },
  {
    id: 'location',
    header: text.columns.location,
    track: '96px',
    cell: ({ entry }) => (
      <code className="text-muted" translate="no">
        {briefLocationOf(entry.finding, report.detail.lineNumber)}
      </code>
    ),
    from: 640,
  },
]

/** A file that is not there has no verdict, and ranks behind all that have one. */
const rankOf = (verdict: ComparedFile['verdict']) => (verdict === null ? 9 : verdictRank(verdict))
const Verdict = ({ verdict }: { verdict: ComparedFile['verdict'] }) =>
  verdict === null ? (
    <span className="text-muted">{text.none}</span>
  ) : (
    <VerdictBadge verdict={verdict} />
  )

export const fileChangeColumns: readonly DataColumn<ComparedFile>[] = [
  {
    id: 'change',
    header: text.columns.change,
    track: '116px',
    compare: (a, b) => byText(a.change, b.change),
    cell: ({ change }) => <FileChange change={change} />,
  },
  {
    id: 'path',
    header: text.columns.path,
    track: 'minmax(0,1fr)',
    compare: (a, b) => byText(a.path, b.path),
    cell: ({ path, previousPath }) => (
      <>
        <span title={path} translate="no">
          {visible(path)}
        </span>
        {previousPath && (
          <span className="pl-2 text-muted text-small">{text.was(visible(previousPath))}</span>
        )}
      </>
    ),
  },
  {
    id: 'before',
    header: text.columns.before,
    track: '116px',
    compare: (a, b) => rankOf(b.previousVerdict) - rankOf(a.previousVerdict),
    descendingFirst: true,
    cell: ({ previousVerdict }) => <Verdict verdict={previousVerdict} />,
  },
  {
    id: 'after',
    header: text.columns.after,
    track: '116px',
    compare: (a, b) => rankOf(b.verdict) - rankOf(a.verdict),
    descendingFirst: true,
    cell: ({ verdict }) => <Verdict verdict={verdict} />,
  },
]
