// biome-ignore-all lint/a11y/useSemanticElements: a <table> cannot leave rows out and keep its layout
import { useCommand } from '@renderer/app/commands'
import { useTable } from '@tanstack/react-table'
import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual'
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type Ref,
  useCallback,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
} from 'react'
import { cx } from '../cx'
import { useWidth } from '../use-width'
import { columnDefs, type DataColumn, features, type TableSort } from './columns'
import { DataRow } from './DataRow'
import { HEADER_HEIGHT, HeaderRow } from './HeaderRow'
import { rowForKey } from './navigation'
import { type Chosen, toggled, withAll, withRange } from './selection'
import { useColumnWidths } from './use-column-widths'
import { useRowHeight } from './use-table-metrics'
import { resolveTracks, trackOf } from './widths'

/** px of the column with the boxes. */
const BOX_TRACK = '32px'

export interface DataTableHandle<Row> {
  focus(): void
  /** Rows in the order in which they are shown now. */
  shown(): readonly Row[]
}

interface DataTableProps<Row> {
  /** What assistive technology calls the table. */
  label: string
  /** Must keep its identity while nothing changes: the row model is built from it. */
  rows: readonly Row[]
  columns: readonly DataColumn<Row>[]
  rowId: (row: Row) => string
  sort: TableSort | null
  onSort: (sort: TableSort) => void
  activeId: string | null
  onActive: (row: Row) => void
  /** Enter or a double click. */
  onOpen?: (row: Row) => void
  /** Rows chosen for an action, by id; without `onChosen` there is nothing to choose for. */
  chosen?: Chosen
  onChosen?: (chosen: Chosen) => void
  /** Under this name the widths of the columns are kept; without it they cannot be changed. */
  name?: string
  /** Shown in place of rows. */
  empty?: ReactNode
  handle?: Ref<DataTableHandle<Row>>
}

/**
 * A sorted list of any length in constant time per key press. The grid itself holds the focus and
 * names its active row, so the focus survives when that row scrolls out of the page; the row stays
 * mounted, because assistive technology follows the name to an element.
 */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { rows, columns, rowId, sort, activeId, onActive, onOpen, onChosen } = props
  const chosen = onChosen ? (props.chosen ?? NONE) : null
  const scroller = useRef<HTMLDivElement>(null)
  const prefix = useId()
  const height = useRowHeight()
  const width = useWidth(scroller)

  const visible = useMemo(
    () => columns.filter(({ from }) => from === undefined || width === 0 || width >= from),
    [columns, width],
  )
  const { widths, setWidth, remember } = useColumnWidths(props.name)
  const own = visible.map((column) => trackOf(column, widths))
  const boxed = chosen === null ? own : [BOX_TRACK, ...own]
  const tracks = boxed.join(' ')
  const laidOut = resolveTracks(boxed, width).slice(boxed.length - own.length)
  const defs = useMemo(() => columnDefs(columns), [columns])
  const sorting = useMemo(() => (sort ? [{ id: sort.column, desc: sort.descending }] : []), [sort])
  const table = useTable({
    features,
    columns: defs,
    data: rows,
    getRowId: rowId,
    state: { sorting },
  })
  const model = table.getRowModel().rows

  const places = useMemo(() => new Map(model.map((row, index) => [row.id, index])), [model])
  const active = activeId === null ? -1 : (places.get(activeId) ?? -1)

  const virtualizer = useVirtualizer({
    count: model.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    getItemKey: useCallback((index: number) => model[index]?.id ?? index, [model]),
    // The header covers the top of the scroller, so the list sees that much less of it.
    scrollPaddingEnd: HEADER_HEIGHT,
    overscan: 6,
    rangeExtractor: useCallback(
      (range: Range) => {
        const shown = defaultRangeExtractor(range)
        const first = shown[0] ?? 0
        const last = shown.at(-1) ?? -1
        if (active < 0 || active >= range.count) return shown
        if (active < first) return [active, ...shown]
        return active > last ? [...shown, active] : shown
      },
      [active],
    ),
  })

  // biome-ignore lint/correctness/useExhaustiveDependencies: row heights are cached by the virtualizer
  useLayoutEffect(() => virtualizer.measure(), [height])
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new place of the active row scrolls
  useLayoutEffect(() => {
    if (active >= 0) virtualizer.scrollToIndex(active, { align: 'auto' })
  }, [active])

  useImperativeHandle(props.handle, () => ({
    focus: () => scroller.current?.focus(),
    shown: () => model.map((row) => row.original),
  }))

  const activate = (index: number) => {
    const row = model[index]
    if (row && index !== active) onActive(row.original)
  }
  const step = (key: string) => {
    const index = rowForKey(key, active, model.length, 1)
    if (index !== null) activate(index)
  }
  useCommand('table.next', () => step('ArrowDown'), model.length > 0)
  useCommand('table.previous', () => step('ArrowUp'), model.length > 0)

  const anchor = useRef(-1)
  const ids = () => model.map(({ id }) => id)
  const choose = (index: number, range: boolean) => {
    const id = model[index]?.id
    if (id === undefined || chosen === null) return
    onChosen?.(
      range && anchor.current >= 0
        ? withRange(chosen, ids(), anchor.current, index)
        : toggled(chosen, id),
    )
    anchor.current = index
  }
  const extend = (key: 'ArrowDown' | 'ArrowUp') => {
    const index = rowForKey(key, active, model.length, 1)
    if (index === null || chosen === null) return
    onChosen?.(withRange(chosen, ids(), Math.max(active, 0), index))
    anchor.current = index
    activate(index)
  }
  const choosable = chosen !== null && model.length > 0
  useCommand('table.select', () => choose(active, false), choosable)
  useCommand('table.extend-down', () => extend('ArrowDown'), choosable)
  useCommand('table.extend-up', () => extend('ArrowUp'), choosable)
  const chooseAll = () => {
    if (chosen !== null) onChosen?.(withAll(chosen, ids()))
  }

  /** True where the key was one of choosing rows. */
  const onChoosingKey = (event: KeyboardEvent<HTMLDivElement>): boolean => {
    if (chosen === null) return false
    const { key, shiftKey } = event
    if (key === 'Escape' && chosen.size > 0) onChosen?.(NONE)
    else if (shiftKey && (key === 'ArrowDown' || key === 'ArrowUp')) extend(key)
    else if (key === 'a' && (event.ctrlKey || event.metaKey)) chooseAll()
    else return false
    event.preventDefault()
    return true
  }

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.target !== event.currentTarget || onChoosingKey(event)) return
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
    const row = model[active]
    if (event.key === 'Enter' && row) {
      event.preventDefault()
      onOpen?.(row.original)
      return
    }
    const pageRows = Math.floor((event.currentTarget.clientHeight - HEADER_HEIGHT) / height)
    const index = rowForKey(event.key, active, model.length, pageRows)
    if (index === null) return
    event.preventDefault()
    activate(index)
  }

  const closest = (event: MouseEvent, what: string) =>
    event.target instanceof Element ? event.target.closest(what) : null
  const indexAt = (event: MouseEvent): number =>
    Number(closest(event, '[data-index]')?.getAttribute('data-index') ?? -1)

  const empty = model.length === 0
  return (
    <div className="data-table-frame relative flex min-h-0 flex-1 flex-col">
      <div
        ref={scroller}
        role="grid"
        aria-label={props.label}
        aria-rowcount={model.length + 1}
        aria-colcount={boxed.length}
        aria-activedescendant={active >= 0 ? `${prefix}${activeId}` : undefined}
        tabIndex={0}
        className={cx(
          'data-table relative min-h-0 overflow-y-auto overflow-x-hidden',
          !empty && 'flex-1',
        )}
        onKeyDown={onKeyDown}
        onFocus={({ target, currentTarget }) => {
          const arrived = target === currentTarget && target.matches(':focus-visible')
          if (arrived && active < 0) activate(0)
        }}
        onClick={(event) => {
          const row = model[indexAt(event)]
          if (row && closest(event, '[data-box]')) choose(indexAt(event), event.shiftKey)
          else if (row) onActive(row.original)
        }}
        onDoubleClick={(event) => {
          const row = model[indexAt(event)]
          if (row && !closest(event, '[data-box]')) onOpen?.(row.original)
        }}
      >
        <div role="rowgroup" className="sticky top-0 z-10 bg-surface">
          <HeaderRow
            columns={visible}
            tracks={tracks}
            widths={laidOut}
            sort={sort}
            onSort={props.onSort}
            chosen={chosen === null ? null : shareChosen(model, chosen)}
            onChooseAll={chooseAll}
            onWidth={props.name === undefined ? null : setWidth}
            onSettled={remember}
          />
        </div>
        <div role="rowgroup" className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const row = model[index]
            if (!row) return null
            return (
              <DataRow
                key={row.id}
                row={row.original}
                domId={`${prefix}${row.id}`}
                index={index}
                start={start}
                height={height}
                active={index === active}
                chosen={chosen === null ? null : chosen.has(row.id)}
                columns={visible}
                tracks={tracks}
              />
            )
          })}
        </div>
      </div>
      {empty && props.empty}
    </div>
  )
}

const NONE: Chosen = new Set()

/** Whether all, some or none of the shown rows are chosen. Looks no further than it must. */
function shareChosen(model: readonly { id: string }[], chosen: Chosen): boolean | 'mixed' {
  if (chosen.size === 0 || model.length === 0) return false
  return model.every(({ id }) => chosen.has(id)) || 'mixed'
}
