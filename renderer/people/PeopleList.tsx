import { orpc } from '@renderer/app/rpc'
import { Card } from '@renderer/ui/Card'
import { EmptyState } from '@renderer/ui/EmptyState'
import { Select } from '@renderer/ui/Select'
import { TableList } from '@renderer/ui/table-page/TableList'
import { useTableState } from '@renderer/ui/table-page/use-table-state'
import { useTyped } from '@renderer/ui/table-page/use-typed'
import type { PersonRow } from '@shared/backend/identity'
import { ROLES } from '@shared/backend/words'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Users } from 'lucide-react'
import { useMemo, useRef } from 'react'
import { SplitPane } from '../scan/report/SplitPane'
import { text } from './messages'
import { PersonDetail } from './PersonDetail'
import { peopleColumns } from './people-columns'
import { type PeopleSearch, parsePeopleSearch } from './people-search'

const rowId = (row: PersonRow) => row.id

export function PeopleList({ search }: { search: PeopleSearch }) {
  const { q = '', role } = search
  const navigate = useNavigate()
  const detail = useRef<HTMLElement>(null)
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
  // The server's order is the only one: a page that sorts what it has loaded would mislead.
  const state = useTableState(rows, rowId, null)
  const show = (next: PeopleSearch) =>
    void navigate({
      to: '/people',
      search: { ...parsePeopleSearch({ ...next }) },
      replace: true,
    })
  const [typed, setTyped] = useTyped(q, (next) => show({ q: next, ...(role && { role }) }))
  const columns = useMemo(() => peopleColumns(), [])

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
      onLeaveDetail={() => state.table.current?.focus()}
      detail={<PersonDetail key={state.active?.id} person={state.active} />}
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
              label={text.role}
              value={role ?? 'any'}
              options={(['any', ...ROLES] as const).map((value) => ({
                value,
                label: text.roles[value],
              }))}
              onChange={(value) => show({ q: typed, ...(value !== 'any' && { role: value }) })}
            />
          }
          failed={text.failed}
          filtered={text.filtered}
          onClear={() => {
            setTyped('')
            show({})
            state.search.current?.focus()
          }}
          status={text.shown(rows.length, query.hasNextPage)}
          hints={HINTS}
        />
      }
    />
  )
}

const HINTS = [
  { keys: ['j', 'k'], says: text.keys.move },
  { keys: ['/'], says: text.keys.filter },
]
