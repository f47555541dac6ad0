import { formatNumber } from '../app/intl'
import { ChartFrame } from './ChartFrame'
import { text } from './plot/messages'
import { Plot } from './plot/Plot'
import { extent } from './plot/scale'

export interface HistogramBar {
  from: number
  to: number
  count: number
}

interface HistogramChartProps {
  title: string
  unit: string
  caption?: string
  /** Ascending, without gaps in between; empty ones may be left out. */
  bars: readonly HistogramBar[]
  /** Percentiles and the like, each a line with its name. */
  marks: readonly { label: string; value: number }[]
  format: (value: number) => string
  /** Slower queries that the axis does not reach. */
  beyond?: number
  height?: number
}

/** Latencies spread by factors, not by differences. */
const LOG_FROM = 3

/** How many queries took how long, and where the percentiles lie. */
export function HistogramChart(props: HistogramChartProps) {
  const { title, unit, caption, bars, marks, format, beyond = 0, height = 220 } = props
  const range = extent(bars.flatMap(({ from, to }) => [from, to]))
  // Bars of equal ratio are as wide as each other on such an axis.
  const log = range[0] > 0 && range[1] / range[0] > LOG_FROM
  const most = Math.max(1, ...bars.map(({ count }) => count))
  return (
    <ChartFrame
      title={title}
      unit={unit}
      caption={log ? text.withLog(caption) : caption}
      columns={[text.from, text.to, text.queries]}
      rows={bars.map(({ from, to, count }) => [from, to, count])}
      formatCell={(cell, column) =>
        typeof cell !== 'number' ? '' : column === 2 ? formatNumber(cell) : format(cell)
      }
      showHeader
      height={height}
    >
      <Plot
        title={text.titleWithUnit(title, unit)}
        description={text.histogram(marks.map(({ label, value }) => [label, format(value)]))}
        height={height}
        x={{ domain: range, log, format }}
        y={{ domain: [0, most * 1.05], format: formatNumber, whole: true }}
        margin={{ top: 24 }}
      >
        {({ x, y, top, bottom, right }) => (
          <>
            <g fill="var(--chart-1)" fillOpacity={0.8}>
              {bars.map(({ from, to, count }) => (
                <rect
                  key={from}
                  x={x.at(from)}
                  width={Math.max(1, x.at(to) - x.at(from) - 0.5)}
                  y={y.at(count)}
                  height={Math.max(count > 0 ? 1 : 0, bottom - y.at(count))}
                >
                  <title>{text.bar(format(from), format(to), count)}</title>
                </rect>
              ))}
            </g>
            {beyond > 0 && (
              <text x={right - 2} y={bottom - 8} textAnchor="end" fill="var(--muted)">
                {text.slower(beyond)}
              </text>
            )}
            {marks.map(({ label, value }, at) => {
              const place = x.at(value)
              // A name keeps clear of the one before it: neighbours stand on two lines.
              const near =
                at > 0 && place - x.at(marks[at - 1]?.value ?? 0) < label.length * 6.2 + 8
              return (
                <g key={label}>
                  <line
                    x1={place}
                    x2={place}
                    y1={top}
                    y2={bottom}
                    stroke="var(--text)"
                    strokeDasharray="3 2"
                  />
                  <text
                    x={place + 3}
                    y={near && at % 2 === 1 ? top + 8 : top - 4}
                    fill="var(--text)"
                    fontWeight={600}
                  >
                    {label}
                  </text>
                </g>
              )
            })}
          </>
        )}
      </Plot>
    </ChartFrame>
  )
}
