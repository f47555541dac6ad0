import {
  type ColumnDef,
  createSortedRowModel,
  rowSortingFeature,
  tableFeatures,
} from '@tanstack/react-table'
import type { ReactNode } from 'react'

export interface DataColumn<Row> {
  id: string
  header: string
  /** Only read out: the column speaks for itself. */
  headerHidden?: boolean
  /** A track of CSS grid, such as '96px' or 'minmax(160px, 2fr)'. */
  track: string
  align?: 'end'
  /** Ascending; without it the column does not sort. Must be the same function on every render. */
  compare?: (a: Row, b: Row) => number
  /** What the first click does; most counts are wanted largest first. */
  descendingFirst?: boolean
  cell: (row: Row) => ReactNode
  /** Left out while the table is narrower than this, px. */
  from?: number
}

export interface TableSort {
  column: string
  descending: boolean
}

export const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
})

export function columnDefs<Row extends object>(
  columns: readonly DataColumn<Row>[],
): ColumnDef<typeof features, Row>[] {
  return columns.map(({ id, header, compare, descendingFirst }) => ({
    id,
    header,
    accessorFn: (row: Row) => row,
    enableSorting: compare !== undefined,
    sortDescFirst: descendingFirst ?? false,
    ...(compare && { sortFn: (a, b) => compare(a.original, b.original) }),
  }))
}
