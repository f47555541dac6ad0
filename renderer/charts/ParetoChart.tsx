import { formatBytes } from '../app/intl'
import { ChartFrame } from './ChartFrame'
import { text } from './plot/messages'
import { LETTER, Plot } from './plot/Plot'
import { DATA } from './plot/RowLabels'
import { extent, padded, wantsLog } from './plot/scale'
import { seriesLook } from './plot/series'

export interface ParetoPoint {
  label: string
  /** Latency: lower is better. */
  latency: number
  /** 0..1, or whatever the metric counts. */
  accuracy: number
  memoryBytes: number
  /** No other model is at least as good in all three. */
  front: boolean
}

interface ParetoChartProps {
  title: string
  caption?: string
  latencyName: string
  accuracyName: string
  points: readonly ParetoPoint[]
  formatLatency: (value: number) => string
  formatAccuracy: (value: number) => string
  /** The largest accuracy that can be, where there is one. */
  mostAccuracy?: number
  height?: number
}

/** Most px of a mark's radius; its area is the memory. */
const RADIUS = 18

/** Accuracy, latency and memory at once: who is on the front is beaten by nobody in everything. */
export function ParetoChart(props: ParetoChartProps) {
  const { title, caption, latencyName, accuracyName, points, height = 260 } = props
  const { formatLatency, formatAccuracy } = props
  const most = Math.max(1, ...points.map(({ memoryBytes }) => memoryBytes))
  const radius = (bytes: number) => Math.max(4, RADIUS * Math.sqrt(bytes / most))
  const latencies = extent(points.map(({ latency }) => latency))
  const log = wantsLog(latencies)
  const unit = text.paretoUnit(latencyName, accuracyName)
  return (
    <ChartFrame
      title={title}
      unit={unit}
      caption={caption ?? text.paretoCaption}
      columns={[text.row, latencyName, accuracyName, text.memory, text.onFront]}
      rows={points.map((point) => [
        point.label,
        point.latency,
        point.accuracy,
        point.memoryBytes,
        point.front ? text.yes : text.no,
      ])}
      formatCell={(cell, column) => {
        if (typeof cell !== 'number') return cell ?? ''
        return [String, formatLatency, formatAccuracy, formatBytes][column]?.(cell) ?? ''
      }}
      showHeader
      height={height}
    >
      <Plot
        title={text.titleWithUnit(title, unit)}
        description={text.pareto(points.filter(({ front }) => front).map(({ label }) => label))}
        height={height}
        x={{
          domain: log ? [latencies[0] * 0.8, latencies[1] * 1.25] : padded(latencies, 0.2),
          log,
          format: formatLatency,
          label: latencyName,
        }}
        y={{
          domain: padded(extent(points.map(({ accuracy }) => accuracy)), 0.25),
          format: formatAccuracy,
          label: accuracyName,
          ...(props.mostAccuracy !== undefined && { most: props.mostAccuracy }),
        }}
      >
        {({ x, y, right }) => (
          <>
            <path
              d={frontPath(points, x.at, y.at)}
              fill="none"
              stroke="var(--line-strong)"
              strokeDasharray="4 3"
            />
            {points.map((point, at) => {
              const { color } = seriesLook(at)
              const [cx, cy, r] = [
                x.at(point.latency),
                y.at(point.accuracy),
                radius(point.memoryBytes),
              ]
              const before = cx + r + 6 + point.label.length * LETTER > right
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: two models may have one name
                <g key={at}>
                  <circle
                    cx={cx}
                    cy={cy}
                    r={r}
                    fill={color}
                    fillOpacity={point.front ? 0.3 : 0}
                    stroke={color}
                    strokeWidth={1.75}
                  >
                    <title>
                      {text.paretoPoint(
                        point.label,
                        formatLatency(point.latency),
                        formatAccuracy(point.accuracy),
                        formatBytes(point.memoryBytes),
                      )}
                    </title>
                  </circle>
                  <circle cx={cx} cy={cy} r={1.5} fill={color} />
                  <text
                    x={before ? cx - r - 6 : cx + r + 6}
                    y={cy + 4}
                    textAnchor={before ? 'end' : 'start'}
                    fill="var(--text)"
                    fontWeight={point.front ? 600 : 400}
                    {...DATA}
                  >
                    {point.label}
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

/** Steps between the models of the front, from the fastest on. */
function frontPath(
  points: readonly ParetoPoint[],
  x: (value: number) => number,
  y: (value: number) => number,
): string {
  return points
    .filter(({ front }) => front)
    .toSorted((a, b) => a.latency - b.latency)
    .map(({ latency, accuracy }, at) =>
      at === 0 ? `M${x(latency)} ${y(accuracy)}` : `H${x(latency)}V${y(accuracy)}`,
    )
    .join('')
}
