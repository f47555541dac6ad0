import { orpc } from '@renderer/app/rpc'
import { Card } from '@renderer/ui/Card'
import { EmptyState } from '@renderer/ui/EmptyState'
import { Select } from '@renderer/ui/Select'
import { TableList } from '@renderer/ui/table-page/TableList'
import { useTableState } from '@renderer/ui/table-page/use-table-state'
import { useTyped } from '@renderer/ui/table-page/use-typed'
import { ViewsMenu } from '@renderer/views/ViewsMenu'
import type { Activity } from '@shared/contract/activity'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { ScrollText } from 'lucide-react'
import { useCallback, useMemo, useRef, useState } from 'react'
import { SplitPane } from '../scan/report/SplitPane'
import { activityColumns } from './activity-columns'
import { type ActivitySearch, kindsAbout, parseActivitySearch, SUBJECTS } from './activity-search'
import { EventDetail } from './EventDetail'
import { text } from './messages'

const PAGE = 200
const rowId = (row: Activity) => String(row.sequence)

/** What this console did, out of its own data folder. */
export function LocalRecord() {
  const navigate = useNavigate()
  const address: Record<string, unknown> = useSearch({ strict: false })
  const { q = '', about = 'any' } = parseActivitySearch(address)
  const detail = useRef<HTMLElement>(null)
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
  // The host's order is the only one: a page that sorts what it has loaded would mislead.
  const state = useTableState(rows, rowId, null)

  const show = useCallback(
    (next: ActivitySearch) =>
      void navigate({
        to: '/activity',
        search: { ...parseActivitySearch({ ...next }) },
        replace: true,
      }),
    [navigate],
  )
  const [typed, setTyped] = useTyped(q, (q) => show({ q, about }))
  const apply = (next: ActivitySearch) => {
    setTyped(next.q ?? '')
    show(next)
  }
  const columns = useMemo(() => activityColumns(), [])

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
          onLeaveDetail={() => state.table.current?.focus()}
          detail={<EventDetail event={state.active} />}
          list={
            <TableList
              state={state}
              query={query}
              rows={rows}
              columns={columns}
              label={text.list}
              onOpen={() => detail.current?.focus()}
              filter={{ label: text.search, value: typed, onChange: setTyped }}
              filters={
                <Select
                  label={text.subject}
                  value={about}
                  options={SUBJECTS.map((value) => ({ value, label: text.subjects[value] }))}
                  onChange={(value) => show({ q: typed, about: value })}
                />
              }
              tools={
                <ViewsMenu
                  page="activity"
                  search={{ ...parseActivitySearch({ q, about }) }}
                  onApply={(search) => apply(parseActivitySearch(search))}
                  saving={saving}
                  onSaving={setSaving}
                />
              }
              failed={text.failed}
              filtered={text.filtered}
              onClear={() => {
                apply({})
                state.search.current?.focus()
              }}
              status={text.shown(rows.length, total)}
              hints={HINTS}
            />
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
