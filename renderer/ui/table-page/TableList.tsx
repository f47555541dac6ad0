import { SearchX } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '../Button'
import { cx } from '../cx'
import type { DataColumn } from '../data-table/columns'
import { DataTable } from '../data-table/DataTable'
import { FilterField } from '../data-table/FilterField'
import { type Hint, KeyHints } from '../data-table/KeyHints'
import type { Chosen } from '../data-table/selection'
import { EmptyState } from '../EmptyState'
import { ErrorState } from '../ErrorState'
import { text } from '../messages'
import { SkeletonRows } from '../Skeleton'
import type { TableState } from './use-table-state'

/** As much of a query of react-query as a list shows; paging where it has pages. */
export interface ListQuery {
  data: unknown
  error: unknown
  isFetching: boolean
  refetch(): unknown
  hasNextPage?: boolean
  isFetchingNextPage?: boolean
  fetchNextPage?(): unknown
}

export interface TableListProps<Row extends object> {
  state: TableState<Row>
  query: ListQuery
  rows: readonly Row[]
  columns: readonly DataColumn<Row>[]
  label: string
  /** Under this name the widths of the columns are kept. */
  name?: string
  onOpen?: (row: Row) => void
  chosen?: Chosen
  onChosen?: (chosen: Chosen) => void
  filter: { label: string; value: string; onChange(value: string): void }
  /** Right of the filter field. */
  filters?: ReactNode
  /** At the right end of the bar: views, height of rows. */
  tools?: ReactNode
  /** Title of an error; without one it is the common sentence. */
  failed?: string
  /** Where the filters leave nothing. */
  filtered: { title: string; body?: string; action: string }
  onClear: () => void
  /** How many rows, or how many are chosen. */
  status: string
  /** Beside the status: what acts on the chosen rows. */
  actions?: ReactNode
  hints: readonly Hint[]
}

/** Filters, a table with its four states, and a footer: the inside of every page that is a list. */
export function TableList<Row extends object>(props: TableListProps<Row>) {
  const { state, query, rows, filtered, filter } = props
  const choosing = (props.chosen?.size ?? 0) > 0
  const loaded = query.data !== undefined
  return (
    <>
      <div className="flex flex-wrap items-center gap-2 border-line border-b p-2">
        <FilterField
          handle={state.search}
          label={filter.label}
          value={filter.value}
          onChange={filter.onChange}
          onLeave={() => state.table.current?.focus()}
        />
        {props.filters}
        {props.tools && (
          <span className="ml-auto flex flex-wrap items-center gap-1">{props.tools}</span>
        )}
      </div>
      {!loaded && !query.error && <SkeletonRows rows={10} />}
      {!loaded && Boolean(query.error) && (
        <ErrorState
          error={query.error}
          {...(props.failed !== undefined && { title: props.failed })}
          retrying={query.isFetching}
          onRetry={() => void query.refetch()}
        />
      )}
      {loaded && (
        <>
          <DataTable
            handle={state.table}
            label={props.label}
            rows={rows}
            columns={props.columns}
            rowId={state.rowId}
            sort={state.sort}
            onSort={state.setSort}
            activeId={state.activeId}
            onActive={state.onActive}
            {...(props.onOpen && { onOpen: props.onOpen })}
            {...(props.chosen && { chosen: props.chosen })}
            {...(props.onChosen && { onChosen: props.onChosen })}
            {...(props.name !== undefined && { name: props.name })}
            empty={
              <EmptyState
                icon={<SearchX aria-hidden="true" />}
                title={filtered.title}
                body={filtered.body}
                action={<Button onClick={props.onClear}>{filtered.action}</Button>}
              />
            }
          />
          <div
            className={cx(
              'flex h-9 shrink-0 items-center gap-3 overflow-hidden border-line border-t px-3 text-muted text-small',
              choosing && 'bg-selected',
            )}
          >
            <span role="status" className="whitespace-nowrap">
              {props.status}
            </span>
            {props.actions}
            {query.hasNextPage && (
              <Button
                size="small"
                variant="link"
                disabled={query.isFetchingNextPage}
                onClick={() => void query.fetchNextPage?.()}
              >
                {query.isFetchingNextPage ? text.loadingMore : text.loadMore}
              </Button>
            )}
            <KeyHints hints={props.hints} />
          </div>
        </>
      )}
    </>
  )
}
