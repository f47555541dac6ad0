// biome-ignore-all lint/a11y/useSemanticElements: a <table> cannot leave rows out and keep its layout
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
import { memo } from 'react'
import type { DataColumn } from './columns'
import { text } from './messages'
import { RowBox } from './RowBox'

interface DataRowProps<Row> {
  row: Row
  domId: string
  /** 0-based place in the sorted list; the header is row 1 for assistive technology. */
  index: number
  /** Distance from the top of the list, px. */
  start: number
  height: number
  active: boolean
  /** Null where rows are not chosen at all. */
  chosen: boolean | null
  columns: readonly DataColumn<Row>[]
  tracks: string
}

function Row<T>(props: DataRowProps<T>) {
  const { row, domId, index, start, height, active, chosen, columns, tracks } = props
  const first = chosen === null ? 1 : 2
  return (
    <div
      role="row"
      id={domId}
      aria-rowindex={index + 2}
      aria-selected={active}
      data-index={index}
      className={`group/row absolute inset-x-0 top-0 grid items-center border-line border-b text-text hover:bg-sunken aria-selected:bg-selected ${chosen ? 'bg-selected/60' : ''}`}
      style={{ height, transform: `translateY(${start}px)`, gridTemplateColumns: tracks }}
    >
      {chosen !== null && (
        <div role="gridcell" aria-colindex={1} className="flex items-center pl-2">
          <RowBox label={text.selectRow} checked={chosen} />
        </div>
      )}
      {columns.map((column, at) => (
        <div
          key={column.id}
          role="gridcell"
          aria-colindex={at + first}
          className={`min-w-0 truncate px-2 last:pr-3 ${chosen === null ? 'first:pl-3' : ''} ${column.align === 'end' ? 'text-end' : ''}`}
        >
          {column.cell(row)}
        </div>
      ))}
    </div>
  )
}

/** Moving the selection renders two rows, not thirty. */
export const DataRow = memo(Row) as typeof Row
