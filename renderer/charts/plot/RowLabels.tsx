import { LETTER } from './Plot'

/** Names are data, not words of the console. React passes it on; its types for SVG do not know it. */
export const DATA = { translate: 'no' }

/** px from one row of a chart to the next. */
export const ROW = 32
/** px that names of rows may take. */
const MOST_LABEL = 200

export const labelWidth = (labels: readonly string[]): number =>
  Math.min(MOST_LABEL, Math.ceil(Math.max(0, ...labels.map(({ length }) => length)) * LETTER) + 16)

/** Height of a chart with one row a thing, its axis included. */
export const rowsHeight = (rows: number): number => Math.max(2, rows) * ROW + 30

/** Middle of a row, px from the top. */
export const rowMiddle = (row: number): number => 8 + ROW * (row + 0.5)

/** Names of the rows at the left, data as a rule; what is too long ends in an ellipsis. */
export function RowLabels({ labels, width }: { labels: readonly string[]; width: number }) {
  const room = Math.floor((width - 10) / LETTER)
  return (
    <g fill="var(--text)" {...DATA}>
      {labels.map((label, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two rows may have one name; their place tells them apart
        <text key={row} x={width - 10} y={rowMiddle(row) + 4} textAnchor="end">
          {label.length > room ? `${label.slice(0, room - 1)}…` : label}
          <title>{label}</title>
        </text>
      ))}
    </g>
  )
}
