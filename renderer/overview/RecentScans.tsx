import type { ReportRow } from '@shared/contract/scan'
import type { Severity } from '@shared/scan-report/report'
import { Link } from '@tanstack/react-router'
import { formatDuration, formatNumber } from '../app/intl'
import { SectionCard } from '../ui/Card'
import { cx } from '../ui/cx'
import { RelativeTime } from '../ui/RelativeTime'
import { SEVERITY_TEXT, severityName } from '../ui/SeverityBadge'
import { VerdictBadge } from '../ui/VerdictBadge'
import { text } from './messages'

const WORST_FIRST: readonly Severity[] = ['critical', 'high', 'medium', 'low']
/** Only the two worst severities are spelt out in a row. */
const SHOWN = 2

const { columns } = text.recent
const CELL = 'truncate px-3'

export function RecentScans({ rows }: { rows: readonly ReportRow[] }) {
  return (
    <SectionCard
      title={text.recent.title}
      aside={
        <Link to="/history" className="font-medium text-accent hover:underline">
          {text.recent.all}
        </Link>
      }
    >
      <table className="w-full table-fixed">
        <thead className="text-left text-small text-muted">
          <tr className="h-8 border-b border-line">
            <th className={cx(CELL, 'font-medium')}>{columns.name}</th>
            <th className={cx(CELL, 'w-36 font-medium max-[760px]:w-28')}>{columns.verdict}</th>
            <th className={cx(CELL, 'w-52 font-medium max-[760px]:w-44')}>{columns.findings}</th>
            <th className={cx(CELL, 'w-44 font-medium max-[1000px]:hidden')}>
              {columns.frameworks}
            </th>
            <th className={cx(CELL, 'w-20 text-right font-medium max-[760px]:hidden')}>
              {columns.files}
            </th>
            <th className={cx(CELL, 'w-24 text-right font-medium max-[760px]:hidden')}>
              {columns.duration}
            </th>
            <th className={cx(CELL, 'w-36 text-right font-medium max-[760px]:w-32')}>
              {columns.when}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr
              key={row.id}
              className="relative h-row border-b border-line last:border-0 hover:bg-sunken"
            >
              <td className={CELL}>
                <Link
                  to="/scan/report/$reportId"
                  params={{ reportId: row.id }}
                  translate="no"
                  className="font-medium after:absolute after:inset-0"
                >
                  {row.name}
                </Link>
              </td>
              <td className={CELL}>
                <VerdictBadge verdict={row.verdict} />
              </td>
              <td className={CELL}>
                <Counts row={row} />
              </td>
              <td translate="no" className={cx(CELL, 'text-muted max-[1000px]:hidden')}>
                {row.frameworks.join(', ')}
              </td>
              <td className={cx(CELL, 'text-right text-muted max-[760px]:hidden')}>
                {formatNumber(row.files)}
              </td>
              <td className={cx(CELL, 'text-right text-muted max-[760px]:hidden')}>
                {formatDuration(row.durationMs)}
              </td>
              <td className={cx(CELL, 'text-right text-muted')}>
                <RelativeTime date={row.startedAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </SectionCard>
  )
}

function Counts({ row }: { row: ReportRow }) {
  const present = WORST_FIRST.filter((severity) => row.bySeverity[severity] > 0).slice(0, SHOWN)
  if (present.length === 0) return <span className="text-muted">{text.recent.noFindings}</span>
  return present.map((severity) => (
    <span key={severity} className={cx('mr-2.5 last:mr-0', SEVERITY_TEXT[severity])}>
      {text.recent.counts(row.bySeverity[severity], severityName(severity))}
    </span>
  ))
}
