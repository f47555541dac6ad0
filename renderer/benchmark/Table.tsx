import type { ReactNode } from 'react'
import { cx } from '../ui/cx'
import { SidewaysBox } from './SidewaysBox'

export interface TableColumn<Row> {
  header: string
  /** Said on hover of the header. */
  why?: string
  align?: 'end'
  cell: (row: Row) => ReactNode
}

interface TableProps<Row> {
  columns: readonly TableColumn<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row, at: number) => string | number
  /** The first column names the row. */
  label: string
}

/** A short table that is read, not worked with; long ones that are sorted are a DataTable. */
export function Table<Row>({ columns, rows, rowKey, label }: TableProps<Row>) {
  return (
    <SidewaysBox label={label}>
      <table className="w-full">
        <thead className="text-muted text-small">
          <tr className="h-8 border-line border-b">
            {columns.map(({ header, why, align }) => (
              <th
                key={header}
                scope="col"
                title={why}
                className={cx(
                  'px-3 font-medium whitespace-nowrap',
                  align === 'end' ? 'text-right' : 'text-left',
                )}
              >
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={rowKey(row, at)} className="h-8 border-line border-b last:border-0">
              {columns.map(({ header, align, cell }, column) => {
                const look = cx(
                  'px-3 py-1 tabular-nums whitespace-nowrap',
                  align === 'end' ? 'text-right' : 'text-left',
                )
                return column === 0 ? (
                  <th key={header} scope="row" className={cx(look, 'font-medium')}>
                    {cell(row)}
                  </th>
                ) : (
                  <td key={header} className={look}>
                    {cell(row)}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </SidewaysBox>
  )
}
