import { ChartFrame } from './ChartFrame'
import { text } from './plot/messages'
import { Plot } from './plot/Plot'
import { labelWidth, RowLabels, rowMiddle, rowsHeight } from './plot/RowLabels'
import { padded } from './plot/scale'

export interface IntervalRow {
  label: string
  /** Effects as parts: -0.05 is 5 % less. */
  estimate: number
  lower: number
  upper: number
  verdict: string
  /** Good, bad, or nothing to say: decides the colour; the verdict is written as well. */
  tone: 'better' | 'worse' | 'neutral'
}

interface IntervalChartProps {
  title: string
  unit: string
  caption?: string
  rows: readonly IntervalRow[]
  /** Differences inside ±threshold are not worth a word; drawn as a band. */
  threshold: number
  format: (value: number) => string
}

/** Three times as much; whatever goes on from there ends in an arrow, and its numbers are written. */
const MOST_REACH = 2

const TONE = { better: 'var(--ok)', worse: 'var(--high-fill)', neutral: 'var(--info-fill)' }

/** Effects with their intervals against the band of what does not matter. */
export function IntervalChart(props: IntervalChartProps) {
  const { title, unit, caption, rows, threshold, format } = props
  const height = rowsHeight(rows.length)
  const labels = rows.map(({ label }) => label)
  const left = labelWidth(labels)
  const right = labelWidth(rows.map(({ verdict }) => verdict)) + 8
  // Symmetric around 0, so that equal effects look equal; one wild interval must not hide the band.
  const reach = Math.max(
    threshold * 2,
    ...rows.map(({ lower, upper }) =>
      Math.min(MOST_REACH, Math.max(Math.abs(lower), Math.abs(upper))),
    ),
  )
  const beyond = rows.some(({ lower, upper }) => lower < -reach || upper > reach)
  return (
    <ChartFrame
      title={title}
      unit={unit}
      caption={
        beyond
          ? [caption, text.beyond(format(-MOST_REACH), format(MOST_REACH))]
              .filter(Boolean)
              .join('; ')
          : caption
      }
      columns={[text.measure, text.effect, text.lower, text.upper, text.verdict]}
      rows={rows.map((row) => [row.label, row.estimate, row.lower, row.upper, row.verdict])}
      formatCell={(cell) => (typeof cell === 'number' ? format(cell) : (cell ?? ''))}
      showHeader
      height={height}
    >
      <Plot
        title={text.titleWithUnit(title, unit)}
        description={text.intervals(rows.map((row) => [row.label, row.verdict]))}
        height={height}
        x={{ domain: padded([-reach, reach]), format }}
        margin={{ left, right }}
      >
        {({ x, top, bottom, left: from, right: to }) => (
          <>
            <rect
              x={x.at(-threshold)}
              y={top}
              width={x.at(threshold) - x.at(-threshold)}
              height={bottom - top}
              fill="var(--info-fill)"
              fillOpacity={0.14}
            >
              <title>{text.band(format(threshold))}</title>
            </rect>
            <line x1={x.at(0)} x2={x.at(0)} y1={top} y2={bottom} stroke="var(--line-strong)" />
            <RowLabels labels={labels} width={left} />
            {rows.map((row, at) => {
              const y = rowMiddle(at)
              const inside = (value: number) => Math.min(to, Math.max(from, x.at(value)))
              const left = row.lower < -reach
              const right = row.upper > reach
              const ends = [
                left
                  ? `M${from + 6} ${y - 4}L${from} ${y}l6 4`
                  : `M${inside(row.lower)} ${y - 4}v8`,
                right ? `M${to - 6} ${y - 4}L${to} ${y}l-6 4` : `M${inside(row.upper)} ${y - 4}v8`,
              ]
              const out = Math.abs(row.estimate) > reach
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: two rows may have one name
                <g key={at} stroke={TONE[row.tone]} strokeWidth={2}>
                  <path
                    d={`M${inside(row.lower)} ${y}H${inside(row.upper)}${ends.join('')}`}
                    fill="none"
                  >
                    <title>
                      {text.interval(format(row.estimate), format(row.lower), format(row.upper))}
                    </title>
                  </path>
                  {!out && (
                    <circle cx={inside(row.estimate)} cy={y} r={4} fill={TONE[row.tone]}>
                      <title>
                        {text.interval(format(row.estimate), format(row.lower), format(row.upper))}
                      </title>
                    </circle>
                  )}
                  {(left || right) && (
                    <text
                      x={row.estimate < 0 ? from + 10 : to - 10}
                      y={y - 7}
                      textAnchor={row.estimate < 0 ? 'start' : 'end'}
                      fill="var(--text)"
                      stroke="none"
                    >
                      {format(row.estimate)}
                    </text>
                  )}
                  <text x={to + 12} y={y + 4} fill="var(--text)" stroke="none">
                    {row.verdict}
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
