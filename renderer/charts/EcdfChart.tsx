import { formatPercent } from '../app/intl'
import { ChartFrame } from './ChartFrame'
import { text } from './plot/messages'
import { Plot } from './plot/Plot'
import { extent, padded, wantsLog } from './plot/scale'
import { seriesLook } from './plot/series'

export interface EcdfSeries {
  label: string
  /** One step for each different value, ascending; `share` is 0..1. */
  steps: readonly { value: number; share: number }[]
}

interface EcdfChartProps {
  title: string
  unit: string
  caption?: string
  series: readonly EcdfSeries[]
  format: (value: number) => string
  /** Where the axis ends; the slowest queries may lie far beyond. */
  end: number
  height?: number
}

/** Steps that are drawn, a curve: more than there are pixels to see. */
const MOST_STEPS = 400
/** Shares that the table lists. */
const LISTED = [0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1]

/** Share of queries that were at most this slow, a curve for each model; further left is faster. */
export function EcdfChart(props: EcdfChartProps) {
  const { title, unit, caption, series, format, end, height = 240 } = props
  const values = series.flatMap(({ steps }) => steps.map(({ value }) => value))
  const range = extent(values.filter((value) => value <= end))
  const log = wantsLog(range)
  const labels = series.map(({ label }) => label)
  return (
    <ChartFrame
      title={title}
      unit={unit}
      caption={log ? text.withLog(caption) : caption}
      legend={series.map(({ label }, at) => ({ label, color: seriesLook(at).color, data: true }))}
      columns={[text.share, ...labels]}
      rows={LISTED.map((share) => [share, ...series.map(({ steps }) => quantileOf(steps, share))])}
      formatCell={(cell, column) =>
        typeof cell !== 'number' ? '' : column === 0 ? formatPercent(cell) : format(cell)
      }
      showHeader
      height={height}
    >
      <Plot
        title={text.titleWithUnit(title, unit)}
        description={text.ecdf(
          series.map(({ label, steps }) => [label, format(quantileOf(steps, 0.5) ?? 0)]),
        )}
        height={height}
        x={{ domain: log ? range : padded(range, 0.02), log, format }}
        y={{ domain: [0, 1], format: formatPercent }}
        margin={{ top: 8 }}
      >
        {({ x, y }) =>
          series.map(({ label, steps }, at) => {
            const { color, dash } = seriesLook(at)
            return (
              <path
                key={label}
                d={stepPath(thinned(steps.filter(({ value }) => value <= end)), x.at, y.at)}
                fill="none"
                stroke={color}
                strokeWidth={1.75}
                strokeDasharray={dash}
              />
            )
          })
        }
      </Plot>
    </ChartFrame>
  )
}

type Steps = EcdfSeries['steps']

/** The smallest value that at least this share does not exceed. */
function quantileOf(steps: Steps, share: number): number | null {
  return steps.find((step) => step.share >= share - 1e-12)?.value ?? null
}

/** Steps at even distances of share; the first and the last stay. */
function thinned(steps: Steps): Steps {
  if (steps.length <= MOST_STEPS) return steps
  const kept: { value: number; share: number }[] = []
  let next = 0
  steps.forEach((step, at) => {
    if (step.share < next && at < steps.length - 1) return
    kept.push(step)
    next = step.share + 1 / MOST_STEPS
  })
  return kept
}

function stepPath(steps: Steps, x: (value: number) => number, y: (value: number) => number) {
  const first = steps[0]
  if (!first) return ''
  const parts = [`M${round(x(first.value))} ${round(y(0))}`]
  for (const { value, share } of steps) parts.push(`H${round(x(value))}V${round(y(share))}`)
  return parts.join('')
}

const round = (px: number) => Math.round(px * 10) / 10
