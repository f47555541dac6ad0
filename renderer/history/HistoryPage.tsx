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
import { Select } from '@renderer/ui/Select'
import { SkeletonRows } from '@renderer/ui/Skeleton'
import { verdictName } from '@renderer/ui/VerdictBadge'
import { ViewsMenu } from '@renderer/views/ViewsMenu'
import type { ReportRow } from '@shared/contract/scan'
import { VERDICTS } from '@shared/scan-report/scales'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { History, SearchX } from 'lucide-react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { RemoveReport } from '../scan/report/RemoveReport'
import { historyColumns } from './history-columns'
import { type HistorySearch, parseHistorySearch } from './history-search'
import { text } from './messages'

const PAGE = 200
const SEARCH_AFTER_MS = 150
const NEWEST_FIRST: TableSort = { column: 'startedAt', descending: true }
const rowId = (row: ReportRow) => row.id

export function HistoryPage() {
  const navigate = useNavigate()
  const address: Record<string, unknown> = useSearch({ strict: false })
  const { q = '', verdict } = parseHistorySearch(address)
  const table = useRef<DataTableHandle<ReportRow>>(null)
  const search = useRef<{ focus(): void }>(null)
  const [typed, setTyped] = useState(q)
  const [sort, setSort] = useState(NEWEST_FIRST)
  const [activeId, setActiveId] = useState<string | null>(null)
  const [removing, setRemoving] = useState<ReportRow | null>(null)
  const [chosen, setChosen] = useState<Chosen>(NOTHING)
  const [saving, setSaving] = useState(false)

  const query = useInfiniteQuery(
    orpc.scan.history.infiniteOptions({
      input: (offset: number) => ({ limit: PAGE, offset, search: q, ...(verdict && { verdict }) }),
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
    (next: HistorySearch) =>
      void navigate({
        to: '/history',
        search: { ...parseHistorySearch({ ...next }) },
        replace: true,
      }),
    [navigate],
  )
  useEffect(() => {
    if (typed === q) return
    const timer = setTimeout(() => show({ q: typed, ...(verdict && { verdict }) }), SEARCH_AFTER_MS)
    return () => clearTimeout(timer)
  }, [typed, q, verdict, show])

  const columns = useMemo(() => historyColumns(setRemoving), [])
  const onActive = useCallback((row: ReportRow) => setActiveId(row.id), [])
  const onOpen = useCallback(
    (row: ReportRow) =>
      void navigate({ to: '/scan/report/$reportId', params: { reportId: row.id }, search: {} }),
    [navigate],
  )
  const clear = () => {
    setTyped('')
    show({})
    search.current?.focus()
  }
  const pair = rows
    .filter(({ id }) => chosen.has(id))
    .toSorted((a, b) => b.startedAt.getTime() - a.startedAt.getTime())
  const [newer = active, older] = pair
  const comparable = pair.length === 2 || (pair.length === 0 && active !== null)
  const compare = () => {
    if (!comparable || !newer) return
    void navigate({
      to: '/compare/$reportId',
      params: { reportId: newer.id },
      search: older ? { with: older.id } : {},
    })
  }
  useCommand('history.compare', compare, comparable)
  useCommand('history.remove', () => setRemoving(active), active !== null)

  const filtered = q !== '' || verdict !== undefined
  const nothing = query.data !== undefined && rows.length === 0
  return (
    <div className="flex h-full min-h-[400px] flex-col gap-4 p-4">
      <PageHeader title={text.title} />
      {nothing && !filtered ? (
        <Card>
          <EmptyState
            icon={<History aria-hidden="true" />}
            title={text.empty.title}
            body={text.empty.body}
            action={
              <Link to="/scan" search={{}} className={buttonClass('primary')}>
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
            <Select
              label={text.verdict}
              value={verdict ?? 'any'}
              options={[
                { value: 'any', label: text.anyVerdict },
                ...VERDICTS.map((value) => ({ value, label: verdictName(value) })),
              ]}
              onChange={(value) => show({ q: typed, ...(value !== 'any' && { verdict: value }) })}
            />
            <span className="ml-auto flex items-center gap-1">
              <ViewsMenu
                page="history"
                search={{ ...parseHistorySearch({ q, verdict }) }}
                onApply={(search) => {
                  const next = parseHistorySearch(search)
                  setTyped(next.q ?? '')
                  show(next)
                }}
                saving={saving}
                onSaving={setSaving}
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
                name="history"
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
                  pair.length > 0 && 'bg-selected',
                )}
              >
                <span role="status" className="whitespace-nowrap">
                  {pair.length > 0 ? text.chosen(pair.length) : text.shown(rows.length, total)}
                </span>
                {pair.length > 0 && (
                  <Button
                    size="small"
                    keys="c"
                    disabledReason={comparable ? null : text.chooseTwo}
                    onClick={compare}
                  >
                    {text.compare}
                  </Button>
                )}
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
      <RemoveReport
        report={removing}
        onClose={() => setRemoving(null)}
        onRemoved={() => table.current?.focus()}
      />
    </div>
  )
}

const NOTHING: Chosen = new Set()
const HINTS = [
  { keys: ['j', 'k'], says: text.keys.move },
  { keys: ['enter'], says: text.keys.open },
  { keys: ['x'], says: text.keys.select },
  { keys: ['c'], says: text.keys.compare },
  { keys: ['/'], says: text.keys.filter },
  { keys: ['delete'], says: text.keys.remove },
]
