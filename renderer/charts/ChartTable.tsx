import { cx } from '../ui/cx'
import type { CsvCell } from './csv'

interface ChartTableProps {
  columns: readonly string[]
  rows: readonly (readonly CsvCell[])[]
  formatCell: (cell: CsvCell, column: number) => string
  showHeader: boolean
}

/** The data of a chart in place of its drawing. */
export function ChartTable({ columns, rows, formatCell, showHeader }: ChartTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by key
    <div className="h-full overflow-auto" tabIndex={0}>
      <table className="w-full text-small">
        <thead className={showHeader ? 'sticky top-0 bg-surface text-muted' : 'sr-only'}>
          <tr>
            {columns.map((column, at) => (
              <th
                key={column}
                scope="col"
                className={cx('font-normal', at > 0 ? 'pl-3 text-end' : 'text-start')}
              >
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows are a snapshot and may be alike
            <tr key={at} className="border-line border-b last:border-0">
              {row.map((cell, column) => (
                <td
                  key={columns[column]}
                  className={cx('py-0.5', column > 0 && 'pl-3 text-end text-muted')}
                >
                  {formatCell(cell, column)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
