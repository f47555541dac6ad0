import { formatDay, formatNumber } from '@renderer/app/intl'
import { ChartFrame } from '@renderer/charts/ChartFrame'
import { LazyStackedDays } from '@renderer/charts/stacked-days'
import { verdictName } from '@renderer/ui/VerdictBadge'
import type { SecurityOverview } from '@shared/contract/scan'
import { VERDICTS } from '@shared/scan-report/scales'
import { text } from './messages'

/** The worst stands at the bottom, where days compare best. */
const SERIES = [
  { key: 'malicious', color: 'var(--critical-fill)' },
  { key: 'suspicious', color: 'var(--medium-fill)' },
  { key: 'unknown', color: 'var(--info-fill)' },
  { key: 'clean', color: 'var(--ok)' },
] as const

interface VerdictDaysProps {
  daily: SecurityOverview['daily']
  scans: number
}

export function VerdictDays({ daily, scans }: VerdictDaysProps) {
  const { title, unit } = text.chart
  return (
    <ChartFrame
      title={title}
      unit={unit}
      caption={text.chart.caption}
      columns={[text.chart.day, ...VERDICTS.map(verdictName)]}
      rows={daily
        .filter((day) => day.scans > 0)
        .map(({ day, verdicts }) => [day, ...VERDICTS.map((verdict) => verdicts[verdict])])}
      formatCell={(cell, column) =>
        typeof cell === 'number'
          ? formatNumber(cell)
          : column === 0
            ? formatDay(new Date(`${cell}T12:00:00`))
            : String(cell ?? '')
      }
      height={208}
    >
      <div className="flex h-full flex-col">
        <ul className="flex gap-4 py-1 text-muted text-small">
          {SERIES.map(({ key, color }) => (
            <li key={key} className="flex items-center gap-1.5">
              <span className="swatch size-2.5 rounded-sm" style={{ background: color }} />
              {verdictName(key)}
            </li>
          ))}
        </ul>
        <div className="min-h-0 flex-1">
          <LazyStackedDays
            title={`${title}, ${unit}`}
            description={text.chart.describe(daily.length, scans)}
            days={daily.map(({ day, verdicts }) => ({ day, values: verdicts }))}
            series={SERIES}
          />
        </div>
      </div>
    </ChartFrame>
  )
}
