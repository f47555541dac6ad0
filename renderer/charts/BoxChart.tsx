import { ChartFrame } from './ChartFrame'
import { text } from './plot/messages'
import { Plot } from './plot/Plot'
import { labelWidth, RowLabels, rowMiddle, rowsHeight } from './plot/RowLabels'
import { extent, padded, wantsLog } from './plot/scale'
import { seriesLook } from './plot/series'

/** Quartiles and Tukey's fences; outliers are drawn, never dropped. */
export interface BoxRow {
  label: string
  /** One number a launch. */
  values: readonly number[]
  lowerQuartile: number
  median: number
  upperQuartile: number
  lowerWhisker: number
  upperWhisker: number
  /** Beyond 1.5 interquartile ranges. */
  mild: readonly number[]
  /** Beyond 3 interquartile ranges. */
  severe: readonly number[]
}

interface BoxChartProps {
  title: string
  unit: string
  caption?: string
  rows: readonly BoxRow[]
  format: (value: number) => string
}

const BOX = 16

/** One box a model over the medians of its launches, and every launch as a dot. */
export function BoxChart({ title, unit, caption, rows, format }: BoxChartProps) {
  const height = rowsHeight(rows.length)
  const labels = rows.map(({ label }) => label)
  const left = labelWidth(labels)
  const range = extent(rows.flatMap(({ values }) => values))
  const log = wantsLog(range)
  return (
    <ChartFrame
      title={title}
      unit={unit}
      caption={log ? text.withLog(caption) : caption}
      columns={[
        text.row,
        text.lowerWhisker,
        text.lowerQuartile,
        text.median,
        text.upperQuartile,
        text.upperWhisker,
        text.outliers,
      ]}
      rows={rows.map((row) => [
        row.label,
        row.lowerWhisker,
        row.lowerQuartile,
        row.median,
        row.upperQuartile,
        row.upperWhisker,
        [...row.mild, ...row.severe].map(format).join(', '),
      ])}
      formatCell={(cell) => (typeof cell === 'number' ? format(cell) : (cell ?? ''))}
      showHeader
      height={height}
    >
      <Plot
        title={text.titleWithUnit(title, unit)}
        description={text.boxes(rows.map(({ label, median }) => [label, format(median)]))}
        height={height}
        x={{ domain: log ? [range[0] * 0.9, range[1] * 1.1] : padded(range), log, format }}
        margin={{ left }}
      >
        {({ x }) => (
          <>
            <RowLabels labels={labels} width={left} />
            {rows.map((row, at) => (
              <Box
                // biome-ignore lint/suspicious/noArrayIndexKey: two rows may have one name
                key={at}
                row={row}
                color={seriesLook(at).color}
                middle={rowMiddle(at)}
                x={x.at}
                format={format}
              />
            ))}
          </>
        )}
      </Plot>
    </ChartFrame>
  )
}

interface BoxProps {
  row: BoxRow
  color: string
  middle: number
  x: (value: number) => number
  format: (value: number) => string
}

function Box({ row, color, middle, x, format }: BoxProps) {
  const from = x(row.lowerQuartile)
  const to = x(row.upperQuartile)
  const outliers = new Set([...row.mild, ...row.severe])
  const severe = new Set(row.severe)
  return (
    <g stroke={color} strokeWidth={1.5} fill="none">
      <path
        d={`M${x(row.lowerWhisker)} ${middle}H${from}M${to} ${middle}H${x(row.upperWhisker)}M${x(row.lowerWhisker)} ${middle - 4}v8M${x(row.upperWhisker)} ${middle - 4}v8`}
      />
      <rect
        x={from}
        y={middle - BOX / 2}
        width={Math.max(1, to - from)}
        height={BOX}
        rx={2}
        fill={color}
        fillOpacity={0.14}
      >
        <title>{text.quartiles(format(row.lowerQuartile), format(row.upperQuartile))}</title>
      </rect>
      {row.values.map((value, launch) => {
        // Spread over the height of the box in a fixed order, so that equal launches stay visible.
        const y = middle + (((launch * 7) % 11) - 5)
        return (
          <circle
            // biome-ignore lint/suspicious/noArrayIndexKey: a launch is named by its place
            key={launch}
            cx={x(value)}
            cy={outliers.has(value) ? middle : y}
            r={outliers.has(value) ? 3.5 : 2}
            fill={outliers.has(value) ? 'var(--surface)' : color}
            strokeWidth={outliers.has(value) ? 1.5 : 0}
            strokeDasharray={severe.has(value) ? '2 1' : undefined}
            fillOpacity={0.7}
          >
            <title>{text.launchValue(launch + 1, format(value))}</title>
          </circle>
        )
      })}
      <path d={`M${x(row.median)} ${middle - BOX / 2}v${BOX}`} strokeWidth={2.5} />
    </g>
  )
}
