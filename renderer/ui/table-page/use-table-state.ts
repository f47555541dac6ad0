import { useCallback, useRef, useState } from 'react'
import type { TableSort } from '../data-table/columns'
import type { DataTableHandle } from '../data-table/DataTable'

/** What a page with a table keeps of it: its order, its active row, and where the keyboard goes. */
export function useTableState<Row extends object>(
  rows: readonly Row[],
  rowId: (row: Row) => string,
  /** Null where the host's order is the only one. */
  firstSort: TableSort | null,
) {
  const table = useRef<DataTableHandle<Row>>(null)
  const search = useRef<{ focus(): void }>(null)
  const [sort, setSort] = useState(firstSort)
  const [activeId, setActiveId] = useState<string | null>(null)
  const onActive = useCallback((row: Row) => setActiveId(rowId(row)), [rowId])
  const active = rows.find((row) => rowId(row) === activeId) ?? null
  return { table, search, sort, setSort, activeId, onActive, active, rowId }
}
export type TableState<Row extends object> = ReturnType<typeof useTableState<Row>>
