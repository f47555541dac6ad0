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

const LEGEND = SERIES.map(({ key, color }) => ({ label: verdictName(key), color }))

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
      legend={LEGEND}
      height={184}
    >
      <LazyStackedDays
        title={`${title}, ${unit}`}
        description={text.chart.describe(daily.length, scans)}
        days={daily.map(({ day, verdicts }) => ({ day, values: verdicts }))}
        series={SERIES}
      />
    </ChartFrame>
  )
}
