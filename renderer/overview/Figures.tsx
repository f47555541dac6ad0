import type { Overview } from '@shared/contract/app'
import { formatDuration, formatNumber } from '../app/intl'
import { text } from './messages'
import { Sparkline } from './Sparkline'

/** Four numbers, and how three of them went over the last 30 days. */
export function Figures({ overview }: { overview: Overview }) {
  const { days } = overview
  const lastMedian = days.findLast((day) => day.medianMs !== null)
  const medianMs = lastMedian?.medianMs ?? null
  return (
    <section
      aria-label={text.figures.title}
      className="grid grid-cols-4 gap-3 max-[1000px]:grid-cols-2"
    >
      <Figure
        title={text.figures.scans}
        value={formatNumber(overview.scans)}
        note={text.figures.last30}
        trend={days.map((day) => day.scans)}
        format={formatNumber}
      />
      <Figure
        title={text.figures.files}
        value={formatNumber(overview.filesScanned)}
        note={text.figures.bytes(overview.bytesScanned)}
      />
      <Figure
        title={text.figures.open}
        value={formatNumber(overview.openCritical + overview.openHigh)}
        note={text.figures.split(overview.openCritical, overview.openHigh)}
      />
      <Figure
        title={text.figures.median}
        value={medianMs === null ? text.figures.none : formatDuration(medianMs)}
        note={
          lastMedian && medianMs !== null
            ? text.figures.onDay(new Date(`${lastMedian.day}T12:00:00`))
            : text.figures.last30
        }
        trend={days.map((day) => day.medianMs)}
        format={formatDuration}
      />
    </section>
  )
}

interface FigureProps {
  title: string
  value: string
  note: string
  /** One value a day, oldest first. */
  trend?: readonly (number | null)[]
  format?: (value: number) => string
}

function Figure({ title, value, note, trend, format = formatNumber }: FigureProps) {
  const known = trend?.filter((at) => at !== null) ?? []
  return (
    <div className="flex min-w-0 flex-col rounded-card border border-line bg-surface px-3 py-2.5">
      <p className="truncate text-muted">{title}</p>
      <div className="flex items-end justify-between gap-4">
        <p className="shrink-0 text-figure font-semibold">{value}</p>
        {trend && known.length > 1 && (
          <div className="mb-1 w-1/2 max-w-48 min-w-0">
            <Sparkline
              values={trend}
              label={text.figures.trend(
                title,
                format(Math.min(...known)),
                format(Math.max(...known)),
                format(known.at(-1) ?? 0),
              )}
            />
          </div>
        )}
      </div>
      <p className="truncate text-small text-faint">{note}</p>
    </div>
  )
}
