import { formatBytes, formatDuration, formatNumber } from '@renderer/app/intl'
import type { DataColumn } from '@renderer/ui/data-table/columns'
import { removeColumn, timeColumn } from '@renderer/ui/data-table/common-columns'
import { GradeTile } from '@renderer/ui/GradeTile'
import { VerdictBadge } from '@renderer/ui/VerdictBadge'
import type { ReportRow } from '@shared/contract/scan'
import { GRADES, SEVERITIES } from '@shared/scan-report/scales'
import { verdictRank } from '../scan/report/findings'
import { text } from './messages'
import { SeverityBar } from './SeverityBar'

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** `onRemove` must keep its identity: the row model is built from the columns. */
export function historyColumns(onRemove: (row: ReportRow) => void): DataColumn<ReportRow>[] {
  return [
    {
      id: 'name',
      header: text.columns.name,
      track: 'minmax(160px,1fr)',
      compare: (a, b) => byText(a.name.toLowerCase(), b.name.toLowerCase()),
      cell: (row) => (
        <span className="flex min-w-0 items-center gap-2">
          <span className="min-w-0 truncate font-medium" title={row.name} translate="no">
            {row.name}
          </span>
          {row.source !== 'paths' && (
            <span className="shrink-0 rounded-chip border border-line px-1 text-meta text-muted">
              {text.source[row.source]}
            </span>
          )}
        </span>
      ),
    },
    {
      id: 'verdict',
      header: text.columns.verdict,
      track: '108px',
      compare: (a, b) => verdictRank(b.verdict) - verdictRank(a.verdict),
      descendingFirst: true,
      cell: (row) => <VerdictBadge verdict={row.verdict} />,
    },
    {
      id: 'grade',
      header: text.columns.grade,
      track: '68px',
      compare: (a, b) => GRADES.indexOf(a.grade) - GRADES.indexOf(b.grade),
      cell: (row) => <GradeTile grade={row.grade} size="small" />,
    },
    {
      id: 'findings',
      header: text.columns.findings,
      track: '160px',
      compare: compareSeverities,
      descendingFirst: true,
      cell: (row) => <SeverityBar bySeverity={row.bySeverity} />,
      from: 620,
    },
    {
      id: 'files',
      header: text.columns.files,
      track: '72px',
      align: 'end',
      compare: (a, b) => a.files - b.files,
      descendingFirst: true,
      cell: (row) => <span className="text-muted">{formatNumber(row.files)}</span>,
      from: 700,
    },
    {
      id: 'bytes',
      header: text.columns.bytes,
      track: '84px',
      align: 'end',
      compare: (a, b) => a.bytes - b.bytes,
      descendingFirst: true,
      cell: (row) => <span className="text-muted">{formatBytes(row.bytes)}</span>,
      from: 780,
    },
    {
      id: 'duration',
      header: text.columns.duration,
      track: '84px',
      align: 'end',
      compare: (a, b) => a.durationMs - b.durationMs,
      descendingFirst: true,
      cell: (row) => <span className="text-muted">{formatDuration(row.durationMs)}</span>,
      from: 860,
    },
    timeColumn({
      header: text.columns.startedAt,
      track: '128px',
      from: 460,
      of: (row) => row.startedAt,
    }),
    removeColumn({
      header: text.columns.actions,
      label: (row) => text.remove(row.name),
      title: text.removeKeys,
      onRemove,
    }),
  ]
}

/** By the worst severity first, then the next: 1 critical is more than 1,000 low. */
function compareSeverities(a: ReportRow, b: ReportRow): number {
  for (const severity of SEVERITIES) {
    const difference = a.bySeverity[severity] - b.bySeverity[severity]
    if (difference !== 0) return difference
  }
  return 0
}
