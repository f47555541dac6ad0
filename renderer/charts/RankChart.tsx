import { formatNumber } from '../app/intl'
import { ChartFrame } from './ChartFrame'
import { text } from './plot/messages'
import { Plot } from './plot/Plot'
import { labelWidth, RowLabels, rowMiddle, rowsHeight } from './plot/RowLabels'

export interface RankRow {
  label: string
  /** Ranks it may have: 1 is the best. */
  best: number
  worst: number
}

interface RankChartProps {
  title: string
  caption?: string
  /** In the order of the table. */
  rows: readonly RankRow[]
}

/** Ranks as the intervals that they are: who overlaps cannot be told apart. */
export function RankChart({ title, caption, rows }: RankChartProps) {
  const height = rowsHeight(rows.length)
  const labels = rows.map(({ label }) => label)
  const left = labelWidth(labels)
  const last = Math.max(2, ...rows.map(({ worst }) => worst))
  return (
    <ChartFrame
      title={title}
      unit={text.rankUnit}
      caption={caption}
      columns={[text.row, text.bestRank, text.worstRank]}
      rows={rows.map(({ label, best, worst }) => [label, best, worst])}
      formatCell={(cell) => (typeof cell === 'number' ? formatNumber(cell) : (cell ?? ''))}
      showHeader
      height={height}
    >
      <Plot
        title={text.titleWithUnit(title, text.rankUnit)}
        description={text.ranks(rows.map(({ label, best, worst }) => [label, best, worst]))}
        height={height}
        x={{ domain: [0.5, last + 0.5], format: formatNumber, whole: true }}
        margin={{ left }}
      >
        {({ x }) => (
          <>
            <RowLabels labels={labels} width={left} />
            {rows.map(({ best, worst }, at) => (
              <rect
                // biome-ignore lint/suspicious/noArrayIndexKey: two rows may have one name
                key={at}
                x={x.at(best) - 6}
                y={rowMiddle(at) - 6}
                width={x.at(worst) - x.at(best) + 12}
                height={12}
                rx={6}
                fill="var(--chart-1)"
                fillOpacity={best === worst ? 1 : 0.55}
              >
                <title>{text.rankOf(best, worst)}</title>
              </rect>
            ))}
          </>
        )}
      </Plot>
    </ChartFrame>
  )
}
