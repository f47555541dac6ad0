import { useCommand } from '@renderer/app/commands'
import { PageHeader } from '@renderer/app/page'
import { orpc } from '@renderer/app/rpc'
import { EmptyState } from '@renderer/ui/EmptyState'
import { TableList } from '@renderer/ui/table-page/TableList'
import { TablePage } from '@renderer/ui/table-page/TablePage'
import { useTableState } from '@renderer/ui/table-page/use-table-state'
import type { Limit } from '@shared/backend/operations'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Timer } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
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
    <TablePage
      head={
        <>
          <PageHeader title={text.title} />
          <p className="max-w-[80ch] text-muted">{text.about}</p>
        </>
      }
      body={
        <RoleGate permission="limits.read">
          <Limits />
        </RoleGate>
      }
    />
  )
}

function Limits() {
  const navigate = useNavigate()
  const address: Record<string, unknown> = useSearch({ strict: false })
  const { q = '', refused } = parseLimitsSearch(address)
  const query = useQuery(orpc.limits.list.queryOptions())
  const detail = useRef<HTMLElement>(null)
  const [editing, setEditing] = useState<Limit | null>(null)
  const against = useReasonAgainst('limits.manage')
  const all = query.data?.rows
  const rows = useMemo(
    () => all?.filter((limit) => matches({ q, ...(refused && { refused }) }, limit)) ?? [],
    [all, q, refused],
  )
  const state = useTableState(rows, rowId, null)
  const { active } = state
  useCommand(
    'limits.edit',
    () => setEditing(active),
    active !== null && against === null && editing === null,
  )
  const columns = useMemo(() => limitColumns(), [])
  const show = (next: LimitsSearch) =>
    void navigate({
      to: '/limits',
      search: { ...parseLimitsSearch({ ...next }) },
      replace: true,
    })

  if (all?.length === 0) return <EmptyState icon={<Timer aria-hidden="true" />} {...text.empty} />
  return (
    <>
      <SplitPane
        detailLabel={text.detail.label}
        detailRef={detail}
        onLeaveDetail={() => state.table.current?.focus()}
        detail={<LimitDetail key={active?.rpc} limit={active} onEdit={setEditing} />}
        list={
          <TableList
            state={state}
            query={query}
            rows={rows}
            columns={columns}
            label={text.list}
            onOpen={() => detail.current?.focus()}
            filter={{
              label: text.search,
              value: q,
              onChange: (next) => show({ q: next, ...(refused && { refused }) }),
            }}
            filters={
              <label className="inline-flex items-center gap-2">
                <input
                  type="checkbox"
                  className="size-4 accent-accent"
                  checked={refused === true}
                  onChange={({ target }) => show({ q, ...(target.checked && { refused: true }) })}
                />
                {text.refusedOnly}
              </label>
            }
            failed={text.failed}
            filtered={text.filtered}
            onClear={() => show({})}
            status={text.shown(rows.length, all?.length ?? 0)}
            hints={HINTS}
          />
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
