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
import type { PersonRow } from '@shared/backend/identity'
import { ROLES } from '@shared/backend/words'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { SearchX, Users } from 'lucide-react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { SplitPane } from '../scan/report/SplitPane'
import { text } from './messages'
import { PersonDetail } from './PersonDetail'
import { peopleColumns } from './people-columns'
import { type PeopleSearch, parsePeopleSearch } from './people-search'

const SEARCH_AFTER_MS = 200
const rowId = (row: PersonRow) => row.id
/** The server's order is the only one: a page that sorts what it has loaded would mislead. */
const noSort = () => {}

export function PeopleList({ search }: { search: PeopleSearch }) {
  const { q = '', role } = search
  const navigate = useNavigate()
  const field = useRef<{ focus(): void }>(null)
  const table = useRef<DataTableHandle<PersonRow>>(null)
  const detail = useRef<HTMLElement>(null)
  const [typed, setTyped] = useState(q)
  const [activeId, setActiveId] = useState<string | null>(null)
  const query = useInfiniteQuery(
    orpc.people.list.infiniteOptions({
      input: (after: string | null) => ({ search: q, role: role ?? null, after }),
      initialPageParam: null,
      getNextPageParam: (last) => last.next ?? undefined,
      placeholderData: keepPreviousData,
    }),
  )
  const pages = query.data?.pages
  const rows = useMemo(() => pages?.flatMap((page) => page.rows) ?? [], [pages])
  const active = rows.find((row) => row.id === activeId) ?? null
  const show = useCallback(
    (next: PeopleSearch) =>
      void navigate({
        to: '/people',
        search: { ...parsePeopleSearch({ ...next }) },
        replace: true,
      }),
    [navigate],
  )
  useEffect(() => {
    if (typed === q) return
    const timer = setTimeout(
      () => show({ q: typed, ...(role && { role }) }),
      SEARCH_AFTER_MS,
    )
    return () => clearTimeout(timer)
  }, [typed, q, role, show])
  const clear = () => {
    setTyped('')
    show({})
    field.current?.focus()
  }
  const columns = useMemo(() => peopleColumns(), [])
  const onActive = useCallback((row: PersonRow) => setActiveId(row.id), [])

  if (query.data && rows.length === 0 && q === '' && role === undefined)
    return (
      <Card>
        <EmptyState icon={<Users aria-hidden="true" />} {...text.empty} />
      </Card>
    )
  return (
    <SplitPane
      detailLabel={text.detail.label}
      detailRef={detail}
      onLeaveDetail={() => table.current?.focus()}
      detail={<PersonDetail key={active?.id} person={active} />}
      list={
        <>
          <div className="flex flex-wrap items-center gap-2 border-line border-b p-2">
            <FilterField
              handle={field}
              label={text.search}
              value={typed}
              onChange={setTyped}
              onLeave={() => table.current?.focus()}
            />
            <Select
              label={text.role}
              value={role ?? 'any'}
              options={(['any', ...ROLES] as const).map((value) => ({
                value,
                label: text.roles[value],
              }))}
              onChange={(value) => show({ q: typed, ...(value !== 'any' && { role: value }) })}
            />
          </div>
          {query.isPending && <SkeletonRows rows={8} />}
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
                <span role="status">{text.shown(rows.length, query.hasNextPage)}</span>
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
  )
}

const HINTS = [
  { keys: ['j', 'k'], says: text.keys.move },
  { keys: ['/'], says: text.keys.filter },
]
