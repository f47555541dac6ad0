import { useCommand } from '@renderer/app/commands'
import { PageHeader } from '@renderer/app/page'
import { orpc } from '@renderer/app/rpc'
import { Button, buttonClass } from '@renderer/ui/Button'
import { Card } from '@renderer/ui/Card'
import { cx } from '@renderer/ui/cx'
import type { TableSort } from '@renderer/ui/data-table/columns'
import { DataTable, type DataTableHandle } from '@renderer/ui/data-table/DataTable'
import { DensityMenu } from '@renderer/ui/data-table/DensityMenu'
import { FilterField } from '@renderer/ui/data-table/FilterField'
import { KeyHints } from '@renderer/ui/data-table/KeyHints'
import type { Chosen } from '@renderer/ui/data-table/selection'
import { EmptyState } from '@renderer/ui/EmptyState'
import { ErrorState } from '@renderer/ui/ErrorState'
import { SkeletonRows } from '@renderer/ui/Skeleton'
import { Switch } from '@renderer/ui/Switch'
import type { ResultRow } from '@shared/benchmark/result-row'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Gauge, Plus, SearchX } from 'lucide-react'
import { useCallback, useEffect, useId, useMemo, useRef, useState } from 'react'
import { BenchmarkNav } from './BenchmarkNav'
import { MOST_COMPARED } from './compare/compare-search'
import { text } from './list/messages'
import { RemoveResult } from './list/RemoveResult'
import { RunsWithoutResult } from './list/RunsWithoutResult'
import { resultColumns } from './list/result-columns'
import { parseResultsSearch, type ResultsSearch } from './list/results-search'
import { text as shared } from './messages'
import { RunsUnderWay } from './RunsUnderWay'

const PAGE = 200
const SEARCH_AFTER_MS = 150
const NEWEST_FIRST: TableSort = { column: 'startedAt', descending: true }
const NOTHING: Chosen = new Set()
const rowId = (row: ResultRow) => row.id

/** Every stored result; from here they are opened, compared and deleted. */
export function ResultsPage() {
  const navigate = useNavigate()
  const address: Record<string, unknown> = useSearch({ strict: false })
  const { q = '', references = false } = parseResultsSearch(address)
  const table = useRef<DataTableHandle<ResultRow>>(null)
  const search = useRef<{ focus(): void }>(null)
  const withReferences = useId()
  const [typed, setTyped] = useState(q)
  const [sort, setSort] = useState(NEWEST_FIRST)
  const [activeId, setActiveId] = useState<string | null>(null)
  const [removing, setRemoving] = useState<ResultRow | null>(null)
  const [chosen, setChosen] = useState<Chosen>(NOTHING)

  const query = useInfiniteQuery(
    orpc.benchmark.results.infiniteOptions({
      input: (offset: number) => ({ limit: PAGE, offset, search: q, references }),
      initialPageParam: 0,
      getNextPageParam: (last, pages) => {
        const loaded = pages.reduce((sum, page) => sum + page.rows.length, 0)
        return last.rows.length > 0 && loaded < last.total ? loaded : undefined
      },
      placeholderData: keepPreviousData,
    }),
  )
  const pages = query.data?.pages
  const rows = useMemo(() => pages?.flatMap((page) => page.rows) ?? [], [pages])
  const total = pages?.at(-1)?.total ?? 0
  const active = rows.find((row) => row.id === activeId) ?? null

  const show = useCallback(
    (next: ResultsSearch) =>
      void navigate({
        to: '/benchmarks',
        search: { ...parseResultsSearch({ ...next }) },
        replace: true,
      }),
    [navigate],
  )
  useEffect(() => {
    if (typed === q) return
    const timer = setTimeout(() => show({ q: typed, references }), SEARCH_AFTER_MS)
    return () => clearTimeout(timer)
  }, [typed, q, references, show])

  const columns = useMemo(() => resultColumns(setRemoving), [])
  const onActive = useCallback((row: ResultRow) => setActiveId(row.id), [])
  const onOpen = useCallback(
    (row: ResultRow) =>
      void navigate({
        to: '/benchmarks/result/$resultId',
        params: { resultId: row.id },
        search: {},
      }),
    [navigate],
  )
  const clear = () => {
    setTyped('')
    show({})
    search.current?.focus()
  }

  const picked = rows
    .filter(({ id }) => chosen.has(id))
    .toSorted((a, b) => a.startedAt.getTime() - b.startedAt.getTime())
  const obstacle = whyNotCompared(picked)
  const compare = () => {
    if (obstacle === null)
      void navigate({
        to: '/benchmarks/compare',
        search: { of: picked.map(({ id }) => id).join(',') },
      })
  }
  useCommand('benchmark.compare', compare, obstacle === null)
  useCommand('benchmark.remove', () => setRemoving(active), active !== null)

  const filtered = q !== '' || references
  const nothing = query.data !== undefined && rows.length === 0
  return (
    <div className="flex h-full min-h-[400px] flex-col gap-4 p-4">
      <PageHeader
        title={text.title}
        facts={<span className="text-muted">{text.intro}</span>}
        actions={
          <Link to="/benchmarks/run" search={{}} className={buttonClass('primary')}>
            <Plus aria-hidden="true" className="size-4" />
            {shared.run}
          </Link>
        }
      />
      <BenchmarkNav />
      <RunsUnderWay />
      <RunsWithoutResult />
      {nothing && !filtered ? (
        <Card>
          <EmptyState
            icon={<Gauge aria-hidden="true" />}
            title={text.empty.title}
            body={text.empty.body}
            action={
              <Link to="/benchmarks/run" search={{}} className={buttonClass('primary')}>
                {text.empty.action}
              </Link>
            }
          />
        </Card>
      ) : (
        <Card className="flex min-h-0 flex-1 flex-col overflow-hidden">
          <div className="flex flex-wrap items-center gap-2 border-line border-b p-2">
            <FilterField
              handle={search}
              label={text.search}
              value={typed}
              onChange={setTyped}
              onLeave={() => table.current?.focus()}
            />
            <span className="ml-auto flex items-center gap-2">
              <label htmlFor={withReferences} className="text-muted">
                {text.references}
              </label>
              <Switch
                id={withReferences}
                checked={references}
                onChange={(on) => show({ q: typed, references: on })}
              />
              <DensityMenu />
            </span>
          </div>
          {query.isPending && <SkeletonRows rows={10} />}
          {query.error && !query.data && (
            <ErrorState
              error={query.error}
              retrying={query.isFetching}
              onRetry={() => void query.refetch()}
            />
          )}
          {query.data && (
            <>
              <DataTable
                handle={table}
                label={text.list}
                rows={rows}
                columns={columns}
                rowId={rowId}
                sort={sort}
                onSort={setSort}
                activeId={activeId}
                onActive={onActive}
                onOpen={onOpen}
                chosen={chosen}
                onChosen={setChosen}
                name="benchmark-results"
                empty={
                  <EmptyState
                    icon={<SearchX aria-hidden="true" />}
                    title={text.filtered.title}
                    body={text.filtered.body}
                    action={<Button onClick={clear}>{text.filtered.action}</Button>}
                  />
                }
              />
              <div
                className={cx(
                  'flex h-9 shrink-0 items-center gap-3 overflow-hidden border-line border-t px-3 text-muted text-small',
                  picked.length > 0 && 'bg-selected',
                )}
              >
                <span role="status" className="whitespace-nowrap">
                  {picked.length > 0 ? text.chosen(picked.length) : text.shown(rows.length, total)}
                </span>
                {picked.length > 0 && (
                  <Button size="small" keys="c" disabledReason={obstacle} onClick={compare}>
                    {text.compare}
                  </Button>
                )}
                {picked.length > 0 && obstacle && <span className="truncate">{obstacle}</span>}
                {query.hasNextPage && (
                  <Button
                    size="small"
                    variant="link"
                    disabled={query.isFetchingNextPage}
                    onClick={() => void query.fetchNextPage()}
                  >
                    {query.isFetchingNextPage ? text.loadingMore : text.more}
                  </Button>
                )}
                <KeyHints hints={HINTS} />
              </div>
            </>
          )}
        </Card>
      )}
      <RemoveResult
        result={removing}
        onClose={() => setRemoving(null)}
        onRemoved={() => table.current?.focus()}
      />
    </div>
  )
}

/** Why the chosen rows make no comparison, in a sentence; null where they do. */
function whyNotCompared(picked: readonly ResultRow[]): string | null {
  if (picked.length < 2 || picked.length > MOST_COMPARED) return text.chooseSome
  const line = ({ suite, scenario }: ResultRow) => `${suite.id} ${suite.version} ${scenario}`
  return new Set(picked.map(line)).size === 1 ? null : text.notAlike
}

const HINTS = [
  { keys: ['j', 'k'], says: text.keys.move },
  { keys: ['enter'], says: text.keys.open },
  { keys: ['x'], says: text.keys.select },
  { keys: ['c'], says: text.keys.compare },
  { keys: ['/'], says: text.keys.filter },
  { keys: ['delete'], says: text.keys.remove },
]
