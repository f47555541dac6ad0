import { formatDateTime, formatDay } from '../app/intl'
import { ChartFrame } from './ChartFrame'
import { text } from './plot/messages'
import { Plot } from './plot/Plot'
import { extent, padded, type Scale } from './plot/scale'
import { seriesLook } from './plot/series'

export interface HistoryPoint {
  at: Date
  value: number
  lower: number
  upper: number
  /** Of the environment; numbers of different machines are not one line. */
  fingerprint: string
  /** The level changed here, in words: '+4.2 %'. */
  change: string | null
  grade: 'A' | 'B' | 'C'
}

interface HistoryChartProps {
  title: string
  unit: string
  caption?: string
  /** Oldest first. */
  points: readonly HistoryPoint[]
  format: (value: number) => string
  height?: number
}

/** One number over the runs of a model: intervals, changes of level, and switches of machine. */
export function HistoryChart(props: HistoryChartProps) {
  const { title, unit, caption, points, format, height = 240 } = props
  const lines = linesOf(points)
  const bounds = extent(points.flatMap(({ lower, upper, value }) => [lower, upper, value]))
  const last = points.length - 1
  return (
    <ChartFrame
      title={title}
      unit={unit}
      caption={caption}
      columns={[text.when, text.value, text.lower, text.upper, text.change, text.machine]}
      rows={points.map((point) => [
        point.at.toISOString(),
        point.value,
        point.lower,
        point.upper,
        point.change ?? '',
        point.fingerprint.slice(0, 8),
      ])}
      formatCell={(cell, column) => {
        if (typeof cell === 'number') return format(cell)
        return column === 0 ? formatDateTime(new Date(String(cell))) : (cell ?? '')
      }}
      showHeader
      height={height}
    >
      <Plot
        title={text.titleWithUnit(title, unit)}
        description={text.history(
          points.length,
          points.filter(({ change }) => change !== null).length,
          lines.length - 1,
        )}
        height={height}
        x={{
          domain: last > 0 ? padded([0, last], 0.03) : [-0.5, 0.5],
          format: (run) => dayOf(points, run),
          whole: true,
        }}
        y={{ domain: padded(bounds, 0.15), format }}
        margin={{ top: 24 }}
      >
        {({ x, y, top, bottom }) => (
          <>
            {lines.map((line, segment) => (
              <Segment key={line[0]?.run} line={line} x={x} y={y} segment={segment} />
            ))}
            {lines.slice(1).map(([first]) => {
              const at = x.at((first?.run ?? 0) - 0.5)
              return (
                <g key={first?.run}>
                  <line
                    x1={at}
                    x2={at}
                    y1={top}
                    y2={bottom}
                    stroke="var(--muted)"
                    strokeDasharray="3 3"
                  />
                  <text x={at + 4} y={top - 8} fill="var(--muted)">
                    {text.otherMachine}
                  </text>
                </g>
              )
            })}
            {points.map(({ change }, run) => {
              if (change === null) return null
              const at = x.at(run - 0.5)
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: a run is named by its place
                <g key={run}>
                  <line x1={at} x2={at} y1={top} y2={bottom} stroke="var(--high-fill)" />
                  <text x={at + 4} y={top + 6} fill="var(--high-text)" fontWeight={600}>
                    {change}
                  </text>
                </g>
              )
            })}
            {points.map((point, run) => (
              <circle
                // biome-ignore lint/suspicious/noArrayIndexKey: a run is named by its place
                key={run}
                cx={x.at(run)}
                cy={y.at(point.value)}
                r={3.5}
                fill={point.grade === 'C' ? 'var(--surface)' : seriesLook(0).color}
                stroke={seriesLook(0).color}
                strokeWidth={1.5}
              >
                <title>
                  {text.historyPoint(formatDateTime(point.at), format(point.value), point.grade)}
                </title>
              </circle>
            ))}
          </>
        )}
      </Plot>
    </ChartFrame>
  )
}

type Line = readonly { run: number; point: HistoryPoint }[]

/** Runs on one machine each; a line never crosses from one to another. */
function linesOf(points: readonly HistoryPoint[]): Line[] {
  const lines: { run: number; point: HistoryPoint }[][] = []
  points.forEach((point, run) => {
    const line = lines.at(-1)
    if (line?.at(-1)?.point.fingerprint === point.fingerprint) line.push({ run, point })
    else lines.push([{ run, point }])
  })
  return lines
}

function Segment({ line, x, y }: { line: Line; x: Scale; y: Scale; segment: number }) {
  const { color } = seriesLook(0)
  const path = line.map(
    ({ run, point }, at) => `${at ? 'L' : 'M'}${x.at(run)} ${y.at(point.value)}`,
  )
  return (
    <g stroke={color} fill="none">
      {line.map(({ run, point }) => (
        <line
          key={run}
          x1={x.at(run)}
          x2={x.at(run)}
          y1={y.at(point.lower)}
          y2={y.at(point.upper)}
          strokeWidth={5}
          strokeOpacity={0.25}
        />
      ))}
      <path d={path.join('')} strokeWidth={1.5} />
    </g>
  )
}

function dayOf(points: readonly HistoryPoint[], run: number): string {
  const point = points[run]
  return point ? formatDay(point.at) : ''
}
