import { useCommand } from '@renderer/app/commands'
import { PageHeader } from '@renderer/app/page'
import { orpc } from '@renderer/app/rpc'
import { Button, buttonClass } from '@renderer/ui/Button'
import type { TableSort } from '@renderer/ui/data-table/columns'
import { DensityMenu } from '@renderer/ui/data-table/DensityMenu'
import type { Chosen } from '@renderer/ui/data-table/selection'
import { EmptyState } from '@renderer/ui/EmptyState'
import { Select } from '@renderer/ui/Select'
import { TableList } from '@renderer/ui/table-page/TableList'
import { TablePage } from '@renderer/ui/table-page/TablePage'
import { useTableState } from '@renderer/ui/table-page/use-table-state'
import { useTyped } from '@renderer/ui/table-page/use-typed'
import { verdictName } from '@renderer/ui/VerdictBadge'
import { ViewsMenu } from '@renderer/views/ViewsMenu'
import type { ReportRow } from '@shared/contract/scan'
import { VERDICTS } from '@shared/scan-report/scales'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { History } from 'lucide-react'
import { useCallback, useMemo, useState } from 'react'
import { RemoveReport } from '../scan/report/RemoveReport'
import { historyColumns } from './history-columns'
import { type HistorySearch, parseHistorySearch } from './history-search'
import { text } from './messages'

const PAGE = 200
const NEWEST_FIRST: TableSort = { column: 'startedAt', descending: true }
const rowId = (row: ReportRow) => row.id

export function HistoryPage() {
  const navigate = useNavigate()
  const address: Record<string, unknown> = useSearch({ strict: false })
  const { q = '', verdict } = parseHistorySearch(address)
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
  const state = useTableState(rows, rowId, NEWEST_FIRST)

  const show = useCallback(
    (next: HistorySearch) =>
      void navigate({
        to: '/history',
        search: { ...parseHistorySearch({ ...next }) },
        replace: true,
      }),
    [navigate],
  )
  const [typed, setTyped] = useTyped(q, (q) => show({ q, ...(verdict && { verdict }) }))
  const apply = (next: HistorySearch) => {
    setTyped(next.q ?? '')
    show(next)
  }

  const columns = useMemo(() => historyColumns(setRemoving), [])
  const onOpen = useCallback(
    (row: ReportRow) =>
      void navigate({ to: '/scan/report/$reportId', params: { reportId: row.id }, search: {} }),
    [navigate],
  )
  const pair = rows
    .filter(({ id }) => chosen.has(id))
    .toSorted((a, b) => b.startedAt.getTime() - a.startedAt.getTime())
  const [newer = state.active, older] = pair
  const comparable = pair.length === 2 || (pair.length === 0 && state.active !== null)
  const compare = () => {
    if (!comparable || !newer) return
    void navigate({
      to: '/compare/$reportId',
      params: { reportId: newer.id },
      search: older ? { with: older.id } : {},
    })
  }
  useCommand('history.compare', compare, comparable)
  useCommand('history.remove', () => setRemoving(state.active), state.active !== null)

  const filtered = q !== '' || verdict !== undefined
  const nothing = query.data !== undefined && rows.length === 0
  return (
    <TablePage
      head={<PageHeader title={text.title} />}
      empty={
        nothing &&
        !filtered && (
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
        )
      }
      list={
        <TableList
          state={state}
          query={query}
          rows={rows}
          columns={columns}
          label={text.list}
          name="history"
          onOpen={onOpen}
          chosen={chosen}
          onChosen={setChosen}
          filter={{ label: text.search, value: typed, onChange: setTyped }}
          filters={
            <Select
              label={text.verdict}
              value={verdict ?? 'any'}
              options={[
                { value: 'any', label: text.anyVerdict },
                ...VERDICTS.map((value) => ({ value, label: verdictName(value) })),
              ]}
              onChange={(value) => show({ q: typed, ...(value !== 'any' && { verdict: value }) })}
            />
          }
          tools={
            <>
              <ViewsMenu
                page="history"
                search={{ ...parseHistorySearch({ q, verdict }) }}
                onApply={(search) => apply(parseHistorySearch(search))}
                saving={saving}
                onSaving={setSaving}
              />
              <DensityMenu />
            </>
          }
          filtered={text.filtered}
          onClear={() => {
            apply({})
            state.search.current?.focus()
          }}
          status={pair.length > 0 ? text.chosen(pair.length) : text.shown(rows.length, total)}
          actions={
            pair.length > 0 && (
              <Button
                size="small"
                keys="c"
                disabledReason={comparable ? null : text.chooseTwo}
                onClick={compare}
              >
                {text.compare}
              </Button>
            )
          }
          hints={HINTS}
        />
      }
    >
      <RemoveReport
        report={removing}
        onClose={() => setRemoving(null)}
        onRemoved={() => state.table.current?.focus()}
      />
    </TablePage>
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
