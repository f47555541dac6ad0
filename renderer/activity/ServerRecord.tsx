import { orpc } from '@renderer/app/rpc'
import { Button } from '@renderer/ui/Button'
import { Card } from '@renderer/ui/Card'
import { DataTable, type DataTableHandle } from '@renderer/ui/data-table/DataTable'
import { EmptyState } from '@renderer/ui/EmptyState'
import { ErrorState } from '@renderer/ui/ErrorState'
import { text as ui } from '@renderer/ui/messages'
import { Select } from '@renderer/ui/Select'
import { SkeletonRows } from '@renderer/ui/Skeleton'
import type { AuditEvent } from '@shared/backend/operations'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { ScrollText, SearchX, X } from 'lucide-react'
import { useCallback, useMemo, useRef, useState } from 'react'
import { SplitPane } from '../scan/report/SplitPane'
import { parseServerSearch, type ServerSearch } from './activity-search'
import { text } from './messages'
import { ServerEventDetail } from './ServerEventDetail'
import { actorName, serverColumns } from './server-columns'
import { SERVER_KINDS } from './server-kinds'

const rowId = (row: AuditEvent) => String(row.id)
const noSort = () => {}

/** The record that the server keeps, filtered by what, who and about what. */
export function ServerRecord() {
  const navigate = useNavigate()
  const address: Record<string, unknown> = useSearch({ strict: false })
  const search = parseServerSearch(address)
  const { kind, actor, subject } = search
  const table = useRef<DataTableHandle<AuditEvent>>(null)
  const detail = useRef<HTMLElement>(null)
  const [activeId, setActiveId] = useState<string | null>(null)
  const query = useInfiniteQuery(
    orpc.activity.server.infiniteOptions({
      input: (after: string | null) => ({
        kind: kind ?? null,
        actor: actor ?? null,
        subject: subject ?? null,
        after,
      }),
      initialPageParam: null,
      getNextPageParam: (last) => last.next ?? undefined,
      placeholderData: keepPreviousData,
    }),
  )
  const pages = query.data?.pages
  const rows = useMemo(() => pages?.flatMap((page) => page.rows) ?? [], [pages])
  const active = rows.find((row) => rowId(row) === activeId) ?? null
  const show = (next: Partial<ServerSearch>) =>
    void navigate({
      to: '/activity',
      search: { ...parseServerSearch({ ...next }) },
      replace: true,
    })
  const columns = useMemo(() => serverColumns(), [])
  const onActive = useCallback((row: AuditEvent) => setActiveId(rowId(row)), [])
  const kinds = useMemo(
    () => [
      { value: '', label: text.server.every },
      ...Object.entries(SERVER_KINDS).map(([value, label]) => ({ value, label })),
      ...(kind !== undefined && SERVER_KINDS[kind] === undefined
        ? [{ value: kind, label: kind, data: true }]
        : []),
    ],
    [kind],
  )
  const person = rows.find((row) => row.actor?.id === actor)?.actor
  const filtered = kind !== undefined || actor !== undefined || subject !== undefined

  if (query.data && rows.length === 0 && !filtered)
    return (
      <Card>
        <EmptyState icon={<ScrollText aria-hidden="true" />} {...text.server.empty} />
      </Card>
    )
  return (
    <>
      <p className="text-muted">{text.server.about}</p>
      <SplitPane
        detailLabel={text.server.detail.label}
        detailRef={detail}
        onLeaveDetail={() => table.current?.focus()}
        detail={
          <ServerEventDetail event={active} onFilter={(more) => show({ ...search, ...more })} />
        }
        list={
          <>
            <div className="flex flex-wrap items-center gap-2 border-line border-b p-2">
              <Select
                label={text.server.kind}
                value={kind ?? ''}
                options={kinds}
                onChange={(value) => {
                  const { kind: _, ...rest } = search
                  show(value === '' ? rest : { ...rest, kind: value })
                }}
              />
              {actor !== undefined && (
                <OnlyChip
                  label={text.server.only.actor(person ? actorName(person) : actor)}
                  onRemove={() => {
                    const { actor: _, ...rest } = search
                    show(rest)
                  }}
                />
              )}
              {subject !== undefined && (
                <OnlyChip
                  label={text.server.only.subject(subject)}
                  onRemove={() => {
                    const { subject: _, ...rest } = search
                    show(rest)
                  }}
                />
              )}
            </div>
            {query.isPending && <SkeletonRows rows={10} />}
            {query.error && !query.data && (
              <ErrorState
                error={query.error}
                title={text.server.failed}
                retrying={query.isFetching}
                onRetry={() => void query.refetch()}
              />
            )}
            {query.data && (
              <>
                <DataTable
                  handle={table}
                  label={text.server.list}
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
                      title={text.server.filtered.title}
                      body={text.server.filtered.body}
                      action={
                        <Button onClick={() => show({})}>{text.server.filtered.action}</Button>
                      }
                    />
                  }
                />
                <div className="flex h-9 shrink-0 items-center gap-3 border-line border-t px-3 text-muted text-small">
                  <span role="status">{text.server.shown(rows.length, query.hasNextPage)}</span>
                  {query.hasNextPage && (
                    <Button
                      size="small"
                      variant="link"
                      disabled={query.isFetchingNextPage}
                      onClick={() => void query.fetchNextPage()}
                    >
                      {query.isFetchingNextPage ? ui.loadingMore : ui.loadMore}
                    </Button>
                  )}
                </div>
              </>
            )}
          </>
        }
      />
    </>
  )
}

function OnlyChip({ label, onRemove }: { label: string; onRemove(): void }) {
  return (
    <Button
      size="small"
      aria-label={text.server.only.remove(label)}
      icon={<X aria-hidden="true" className="size-3.5" />}
      className="max-w-64"
      onClick={onRemove}
    >
      <span translate="no" className="truncate">
        {label}
      </span>
    </Button>
  )
}
