// biome-ignore-all lint/a11y/useSemanticElements: a <table> cannot leave rows out and keep its layout
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
import { ArrowDown, ArrowUp } from 'lucide-react'
import { ColumnGrip } from './ColumnGrip'
import type { DataColumn, TableSort } from './columns'
import { text } from './messages'
import { RowBox } from './RowBox'

interface HeaderRowProps<Row> {
  columns: readonly DataColumn<Row>[]
  tracks: string
  /** px of each column as laid out. */
  widths: readonly number[]
  sort: TableSort | null
  onSort: (sort: TableSort) => void
  /** How much of what is shown is chosen; null where rows are not chosen at all. */
  chosen: boolean | 'mixed' | null
  onChooseAll: () => void
  /** Absent: the columns keep their widths. */
  onWidth: ((column: string, px: number | null) => void) | null
  onSettled: () => void
}

export const HEADER_HEIGHT = 32

export function HeaderRow<Row>(props: HeaderRowProps<Row>) {
  const { columns, tracks, widths, sort, onSort, chosen, onWidth } = props
  const first = chosen === null ? 1 : 2
  return (
    <div
      role="row"
      aria-rowindex={1}
      className="group/header grid items-center border-line border-b text-muted text-small"
      style={{ height: HEADER_HEIGHT, gridTemplateColumns: tracks }}
    >
      {chosen !== null && (
        // biome-ignore lint/a11y/useKeyWithClickEvents: Ctrl+A does the same
        <div
          role="columnheader"
          aria-colindex={1}
          className="flex h-full items-center pl-2"
          onClick={props.onChooseAll}
        >
          <RowBox label={text.selectAll} checked={chosen} />
        </div>
      )}
      {columns.map((column, at) => {
        const direction = sort?.column === column.id ? (sort.descending ? 'desc' : 'asc') : null
        const Arrow = direction === 'desc' ? ArrowDown : ArrowUp
        return (
          <div
            key={column.id}
            role="columnheader"
            aria-colindex={at + first}
            aria-label={column.header}
            {...(column.compare && { 'aria-sort': ARIA_SORT[direction ?? 'none'] })}
            className={`relative flex h-full min-w-0 items-center px-2 last:pr-3 ${chosen === null ? 'first:pl-3' : ''} ${column.align === 'end' ? 'justify-end' : ''}`}
          >
            {column.compare ? (
              <button
                type="button"
                className="-mx-1 flex h-6 min-w-0 items-center gap-1 rounded-chip px-1 font-medium hover:text-text"
                onClick={() => onSort(nextSort(column, sort))}
              >
                <span className="truncate">{column.header}</span>
                {direction && <Arrow aria-hidden size={12} className="shrink-0" />}
              </button>
            ) : (
              <span className={column.headerHidden ? 'sr-only' : 'truncate font-medium'}>
                {column.header}
              </span>
            )}
            {onWidth && at < columns.length - 1 && (
              <ColumnGrip
                header={column.header}
                width={widths[at] ?? 0}
                onWidth={(px) => onWidth(column.id, px)}
                onSettled={props.onSettled}
              />
            )}
          </div>
        )
      })}
    </div>
  )
}

const ARIA_SORT = { asc: 'ascending', desc: 'descending', none: 'none' } as const

function nextSort<Row>(column: DataColumn<Row>, sort: TableSort | null): TableSort {
  const first = column.descendingFirst ?? false
  return {
    column: column.id,
    descending: sort?.column === column.id ? !sort.descending : first,
  }
}
