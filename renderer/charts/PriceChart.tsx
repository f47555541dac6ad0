import { formatDateTime, formatDay, formatTime } from '../app/intl'
import { ChartFrame } from './ChartFrame'
import { text } from './plot/messages'
import { Plot } from './plot/Plot'
import { extent } from './plot/scale'

export interface PricePoint {
  at: Date
  value: number
}

interface PriceChartProps {
  title: string
  unit: string
  caption?: string
  /** Oldest first; each price holds until the next. */
  points: readonly PricePoint[]
  /** Until when the last one is drawn. */
  until: Date
  format: (value: number) => string
  height?: number
}

/** In less, every tick would be of one day. */
const TWO_DAYS_MS = 172_800_000

/** A price over time: steps, because it holds until somebody changes it. */
export function PriceChart(props: PriceChartProps) {
  const { title, unit, caption, points, until, format, height = 180 } = props
  const from = points[0]?.at.getTime() ?? 0
  const to = Math.max(until.getTime(), from + 1)
  const tick = to - from < TWO_DAYS_MS ? formatTime : formatDay
  const [, most] = extent(points.map(({ value }) => value))
  return (
    <ChartFrame
      title={title}
      unit={unit}
      caption={caption}
      columns={[text.when, text.value]}
      rows={points.map(({ at, value }) => [at.toISOString(), value])}
      formatCell={(cell) =>
        typeof cell === 'number' ? format(cell) : formatDateTime(new Date(String(cell)))
      }
      showHeader
      height={height}
    >
      <Plot
        title={text.titleWithUnit(title, unit)}
        description={text.prices(points.map(({ at, value }) => [formatDay(at), format(value)]))}
        height={height}
        x={{ domain: [from, to], format: (at) => tick(new Date(at)) }}
        // From 0: a price that doubled has to look as if it did.
        y={{ domain: [0, most * 1.1 || 1], format }}
      >
        {({ x, y, right }) => (
          <>
            <path
              d={points
                .map(({ at, value }, place) => {
                  const [px, py] = [x.at(at.getTime()), y.at(value)]
                  return place === 0 ? `M${px} ${py}` : `H${px}V${py}`
                })
                .concat(`H${right}`)
                .join('')}
              fill="none"
              stroke="var(--chart-1)"
              strokeWidth={1.5}
            />
            {points.map(({ at, value }) => (
              <circle
                key={at.getTime()}
                cx={x.at(at.getTime())}
                cy={y.at(value)}
                r={3.5}
                fill="var(--chart-1)"
              >
                <title>{`${formatDateTime(at)}: ${format(value)}`}</title>
              </circle>
            ))}
          </>
        )}
      </Plot>
    </ChartFrame>
  )
}
