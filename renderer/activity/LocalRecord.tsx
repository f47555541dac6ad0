import { orpc } from '@renderer/app/rpc'
import { Button } from '@renderer/ui/Button'
import { Card } from '@renderer/ui/Card'
import { DataTable, type DataTableHandle } from '@renderer/ui/data-table/DataTable'
import { FilterField } from '@renderer/ui/data-table/FilterField'
import { KeyHints } from '@renderer/ui/data-table/KeyHints'
import { EmptyState } from '@renderer/ui/EmptyState'
import { ErrorState } from '@renderer/ui/ErrorState'
import { Select } from '@renderer/ui/Select'
import { SkeletonRows } from '@renderer/ui/Skeleton'
import { ViewsMenu } from '@renderer/views/ViewsMenu'
import type { Activity } from '@shared/contract/activity'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { ScrollText, SearchX } from 'lucide-react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { SplitPane } from '../scan/report/SplitPane'
import { activityColumns } from './activity-columns'
import { type ActivitySearch, kindsAbout, parseActivitySearch, SUBJECTS } from './activity-search'
import { EventDetail } from './EventDetail'
import { text } from './messages'

const PAGE = 200
const SEARCH_AFTER_MS = 150
const rowId = (row: Activity) => String(row.sequence)
/** The host's order is the only one: a page that sorts what it has loaded would mislead. */
const noSort = () => {}

/** What this console did, out of its own data folder. */
export function LocalRecord() {
  const navigate = useNavigate()
  const address: Record<string, unknown> = useSearch({ strict: false })
  const { q = '', about = 'any' } = parseActivitySearch(address)
  const search = useRef<{ focus(): void }>(null)
  const table = useRef<DataTableHandle<Activity>>(null)
  const detail = useRef<HTMLElement>(null)
  const [typed, setTyped] = useState(q)
  const [activeId, setActiveId] = useState<string | null>(null)
  const [saving, setSaving] = useState(false)

  const query = useInfiniteQuery(
    orpc.activity.list.infiniteOptions({
      input: (before: number | undefined) => ({
        limit: PAGE,
        search: q,
        ...(before !== undefined && { before }),
        ...(about !== 'any' && { kinds: kindsAbout(about) }),
      }),
      initialPageParam: undefined,
      getNextPageParam: (last, pages) => {
        const loaded = pages.reduce((sum, page) => sum + page.events.length, 0)
        return loaded < last.total ? last.events.at(-1)?.sequence : undefined
      },
      placeholderData: keepPreviousData,
    }),
  )
  const pages = query.data?.pages
  const rows = useMemo(() => pages?.flatMap((page) => page.events) ?? [], [pages])
  // The total counts what is older than the page's start, so the first page's is the whole.
  const total = pages?.[0]?.total ?? 0
  const active = rows.find((row) => rowId(row) === activeId) ?? null

  const show = useCallback(
    (next: ActivitySearch) =>
      void navigate({
        to: '/activity',
        search: { ...parseActivitySearch({ ...next }) },
        replace: true,
      }),
    [navigate],
  )
  useEffect(() => {
    if (typed === q) return
    const timer = setTimeout(() => show({ q: typed, about }), SEARCH_AFTER_MS)
    return () => clearTimeout(timer)
  }, [typed, q, about, show])

  const clear = () => {
    setTyped('')
    show({})
    search.current?.focus()
  }
  const columns = useMemo(() => activityColumns(), [])
  const onActive = useCallback((row: Activity) => setActiveId(rowId(row)), [])

  const filtered = q !== '' || about !== 'any'
  return (
    <>
      <p className="text-muted">{text.about}</p>
      {query.data && rows.length === 0 && !filtered ? (
        <Card>
          <EmptyState
            icon={<ScrollText aria-hidden="true" />}
            title={text.empty.title}
            body={text.empty.body}
          />
        </Card>
      ) : (
        <SplitPane
          detailLabel={text.detail.label}
          detailRef={detail}
          onLeaveDetail={() => table.current?.focus()}
          detail={<EventDetail event={active} />}
          list={
            <>
              <div className="flex flex-wrap items-center gap-2 border-line border-b p-2">
                <FilterField
                  handle={search}
                  label={text.search}
                  value={typed}
                  onChange={setTyped}
                  onLeave={() => table.current?.focus()}
                />
                <Select
                  label={text.subject}
                  value={about}
                  options={SUBJECTS.map((value) => ({ value, label: text.subjects[value] }))}
                  onChange={(value) => show({ q: typed, about: value })}
                />
                <span className="ml-auto">
                  <ViewsMenu
                    page="activity"
                    search={{ ...parseActivitySearch({ q, about }) }}
                    onApply={(search) => {
                      const next = parseActivitySearch(search)
                      setTyped(next.q ?? '')
                      show(next)
                    }}
                    saving={saving}
                    onSaving={setSaving}
                  />
                </span>
              </div>
              {query.isPending && <SkeletonRows rows={10} />}
              {query.error && !query.data && (
                <ErrorState
                  error={query.error}
                  title={text.failed}
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
                    sort={null}
                    onSort={noSort}
                    activeId={activeId}
                    onActive={onActive}
                    onOpen={() => detail.current?.focus()}
                    empty={
                      <EmptyState
                        icon={<SearchX aria-hidden="true" />}
                        title={text.filtered.title}
                        body={text.filtered.body}
                        action={<Button onClick={clear}>{text.filtered.action}</Button>}
                      />
                    }
                  />
                  <div className="flex h-9 shrink-0 items-center gap-3 overflow-hidden border-line border-t px-3 text-muted text-small">
                    <span role="status">{text.shown(rows.length, total)}</span>
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
            </>
          }
        />
      )}
    </>
  )
}

const HINTS = [
  { keys: ['j', 'k'], says: text.keys.move },
  { keys: ['/'], says: text.keys.filter },
]
