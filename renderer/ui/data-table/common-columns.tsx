import { Trash2 } from 'lucide-react'
import { RelativeTime } from '../RelativeTime'
import type { DataColumn } from './columns'

interface TimeColumn<Row> {
  header: string
  track: string
  /** px of the table from which it is shown. */
  from: number
  of: (row: Row) => Date
}

/** When something was, as how long ago; newest first when it is sorted. */
export const timeColumn = <Row,>({ of, ...column }: TimeColumn<Row>): DataColumn<Row> => ({
  ...column,
  id: 'startedAt',
  align: 'end',
  compare: (a, b) => of(a).getTime() - of(b).getTime(),
  descendingFirst: true,
  cell: (row) => <RelativeTime date={of(row)} className="text-muted" />,
})

interface RemoveColumn<Row> {
  /** Heard, not seen. */
  header: string
  label: (row: Row) => string
  /** Says the key that does the same. */
  title: string
  onRemove: (row: Row) => void
}

/** A bin in each row. The keyboard has the Delete key; a tab stop in every row would be in its way. */
export const removeColumn = <Row,>(column: RemoveColumn<Row>): DataColumn<Row> => ({
  id: 'actions',
  header: column.header,
  headerHidden: true,
  track: '44px',
  align: 'end',
  cell: (row) => (
    <button
      type="button"
      tabIndex={-1}
      aria-label={column.label(row)}
      title={column.title}
      className="inline-flex size-6 items-center justify-center rounded-chip align-middle text-faint hover:bg-sev-critical-tint hover:text-sev-critical-text group-aria-selected/row:text-muted"
      onClick={(event) => {
        event.stopPropagation()
        column.onRemove(row)
      }}
    >
      <Trash2 aria-hidden="true" className="size-3.5" />
    </button>
  ),
})
