import { useCommand } from '@renderer/app/commands'
import { PageHeader } from '@renderer/app/page'
import { orpc } from '@renderer/app/rpc'
import { Button } from '@renderer/ui/Button'
import { Card } from '@renderer/ui/Card'
import type { TableSort } from '@renderer/ui/data-table/columns'
import { DataTable, type DataTableHandle } from '@renderer/ui/data-table/DataTable'
import { FilterField } from '@renderer/ui/data-table/FilterField'
import { KeyHints } from '@renderer/ui/data-table/KeyHints'
import { EmptyState } from '@renderer/ui/EmptyState'
import { ErrorState } from '@renderer/ui/ErrorState'
import { SkeletonRows } from '@renderer/ui/Skeleton'
import type { Limit } from '@shared/backend/operations'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { SearchX, Timer } from 'lucide-react'
import { useCallback, useMemo, useRef, useState } from 'react'
import { RoleGate } from '../administration/RoleGate'
import { useReasonAgainst } from '../administration/roles'
import { SplitPane } from '../scan/report/SplitPane'
import { EditLimit } from './EditLimit'
import { LimitDetail } from './LimitDetail'
import { limitColumns } from './limit-columns'
import { type LimitsSearch, matches, parseLimitsSearch } from './limits-search'
import { text } from './messages'

const rowId = (row: Limit) => row.rpc

export function LimitsPage() {
  return (
    <div className="flex h-full min-h-[400px] flex-col gap-4 p-4">
      <PageHeader title={text.title} />
      <p className="max-w-[80ch] text-muted">{text.about}</p>
      <RoleGate permission="limits.read">
        <Limits />
      </RoleGate>
    </div>
  )
}

function Limits() {
  const navigate = useNavigate()
  const address: Record<string, unknown> = useSearch({ strict: false })
  const search = parseLimitsSearch(address)
  const query = useQuery(orpc.limits.list.queryOptions())
  const table = useRef<DataTableHandle<Limit>>(null)
  const detail = useRef<HTMLElement>(null)
  const [sort, setSort] = useState<TableSort | null>(null)
  const [activeId, setActiveId] = useState<string | null>(null)
  const [editing, setEditing] = useState<Limit | null>(null)
  const against = useReasonAgainst('limits.manage')
  const all = query.data?.rows
  const { q = '', refused } = search
  const rows = useMemo(
    () => all?.filter((limit) => matches({ q, ...(refused && { refused }) }, limit)) ?? [],
    [all, q, refused],
  )
  const active = rows.find((row) => row.rpc === activeId) ?? null
  useCommand(
    'limits.edit',
    () => setEditing(active),
    active !== null && against === null && editing === null,
  )
  const columns = useMemo(() => limitColumns(), [])
  const onActive = useCallback((row: Limit) => setActiveId(row.rpc), [])
  const show = (next: LimitsSearch) =>
    void navigate({
      to: '/limits',
      search: { ...parseLimitsSearch({ ...next }) },
      replace: true,
    })

  if (query.isPending)
    return (
      <Card>
        <SkeletonRows rows={8} />
      </Card>
    )
  if (query.error && !query.data)
    return (
      <Card>
        <ErrorState
          error={query.error}
          title={text.failed}
          retrying={query.isFetching}
          onRetry={() => void query.refetch()}
        />
      </Card>
    )
  if (all?.length === 0)
    return (
      <Card>
        <EmptyState icon={<Timer aria-hidden="true" />} {...text.empty} />
      </Card>
    )
  return (
    <>
      <SplitPane
        detailLabel={text.detail.label}
        detailRef={detail}
        onLeaveDetail={() => table.current?.focus()}
        detail={<LimitDetail key={active?.rpc} limit={active} onEdit={setEditing} />}
        list={
          <>
            <div className="flex flex-wrap items-center gap-3 border-line border-b p-2">
              <FilterField
                label={text.search}
                value={q}
                onChange={(next) => show({ q: next, ...(refused && { refused }) })}
                onLeave={() => table.current?.focus()}
              />
              <label className="inline-flex items-center gap-2">
                <input
                  type="checkbox"
                  className="size-4 accent-accent"
                  checked={refused === true}
                  onChange={({ target }) => show({ q, ...(target.checked && { refused: true }) })}
                />
                {text.refusedOnly}
              </label>
            </div>
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
              onOpen={() => detail.current?.focus()}
              empty={
                <EmptyState
                  icon={<SearchX aria-hidden="true" />}
                  title={text.filtered.title}
                  body={text.filtered.body}
                  action={<Button onClick={() => show({})}>{text.filtered.action}</Button>}
                />
              }
            />
            <div className="flex h-9 shrink-0 items-center gap-3 overflow-hidden border-line border-t px-3 text-muted text-small">
              <span role="status">{text.shown(rows.length, all?.length ?? 0)}</span>
              <KeyHints hints={HINTS} />
            </div>
          </>
        }
      />
      {editing !== null && <EditLimit limit={editing} onClose={() => setEditing(null)} />}
    </>
  )
}

const HINTS = [
  { keys: ['j', 'k'], says: text.keys.move },
  { keys: ['/'], says: text.keys.filter },
  { keys: ['e'], says: text.keys.edit },
]
