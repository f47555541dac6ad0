import { useCommand } from '@renderer/app/commands'
import { PageHeader } from '@renderer/app/page'
import { orpc } from '@renderer/app/rpc'
import { Button } from '@renderer/ui/Button'
import { Choices } from '@renderer/ui/Choices'
import { DensityMenu } from '@renderer/ui/data-table/DensityMenu'
import { EmptyState } from '@renderer/ui/EmptyState'
import { Select } from '@renderer/ui/Select'
import { TableList } from '@renderer/ui/table-page/TableList'
import { TablePage } from '@renderer/ui/table-page/TablePage'
import { useTableState } from '@renderer/ui/table-page/use-table-state'
import { useTyped } from '@renderer/ui/table-page/use-typed'
import { ViewsMenu } from '@renderer/views/ViewsMenu'
import type { ListingRow } from '@shared/backend/listings'
import { CATEGORIES, LISTING_STATES } from '@shared/backend/words'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Plus, Store } from 'lucide-react'
import { useCallback, useId, useMemo, useState } from 'react'
import { listingColumns } from './list/listing-columns'
import { type ListingsSearch, parseListingsSearch, SCOPES, SORTS } from './list/listings-search'
import { text } from './list/messages'
import { MarketError } from './shown/MarketError'
import { text as shared } from './shown/messages'
import { may, useMe } from './shown/use-me'

const PAGE = 50
const rowId = (row: ListingRow) => row.id

/** Listings of the reader, or of everybody; from here a model's page is opened. */
export function ListingsPage() {
  const navigate = useNavigate()
  const me = useMe()
  const address: Record<string, unknown> = useSearch({ strict: false })
  const search = parseListingsSearch(address)
  const { q = '', scope = 'mine', sort = 'updated', state: listingState, category } = search
  const scopeLabel = useId()
  const [saving, setSaving] = useState(false)

  const query = useInfiniteQuery(
    orpc.listings.list.infiniteOptions({
      input: (after: string | null) => ({
        scope,
        state: listingState ?? null,
        category: category ?? null,
        text: q,
        sort,
        after,
        limit: PAGE,
      }),
      initialPageParam: null,
      getNextPageParam: ({ next }) => next,
      placeholderData: keepPreviousData,
    }),
  )
  const pages = query.data?.pages
  const rows = useMemo(() => pages?.flatMap((page) => page.rows) ?? [], [pages])
  const state = useTableState(rows, rowId, null)

  const show = useCallback(
    (next: ListingsSearch) =>
      void navigate({
        to: '/listings',
        search: { ...parseListingsSearch({ ...next }) },
        replace: true,
      }),
    [navigate],
  )
  const [typed, setTyped] = useTyped(q, (q) => show({ ...search, q }))
  const set = (change: ListingsSearch) => show({ ...search, q: typed, ...change })
  const without = (key: 'state' | 'category') => {
    const { [key]: _, ...rest } = search
    show({ ...rest, q: typed })
  }

  const columns = useMemo(() => listingColumns(scope), [scope])
  const onOpen = useCallback(
    (row: ListingRow) =>
      void navigate({ to: '/models/$listingId', params: { listingId: row.id }, search: {} }),
    [navigate],
  )
  const create = () => void navigate({ to: '/listings/new' })
  const mayWrite = may(me, 'listings.write')
  useCommand('listings.create', create, mayWrite)

  const scopes = SCOPES.filter(
    (one) => one !== 'all' || may(me, 'listings.review') || scope === one,
  )
  const filtered = q !== '' || listingState !== undefined || category !== undefined
  const newListing = mayWrite && (
    <Button
      variant="primary"
      keys="n"
      icon={<Plus aria-hidden="true" className="size-4" />}
      onClick={create}
    >
      {text.create}
    </Button>
  )
  return (
    <TablePage
      head={
        <PageHeader
          title={text.title}
          facts={
            <>
              <span id={scopeLabel} hidden>
                {text.scope}
              </span>
              <Choices
                labelledBy={scopeLabel}
                value={scope}
                options={scopes.map((value) => ({ value, label: text.scopes[value] }))}
                onChange={(value) => set({ scope: value })}
              />
            </>
          }
          actions={newListing}
        />
      }
      empty={
        !query.data && query.error ? (
          <MarketError query={query} />
        ) : (
          query.data &&
          rows.length === 0 &&
          !filtered && (
            <EmptyState
              icon={<Store aria-hidden="true" />}
              title={text.empty[scope].title}
              body={text.empty[scope].body}
              action={scope === 'mine' && newListing}
            />
          )
        )
      }
      list={
        <TableList
          state={state}
          query={query}
          rows={rows}
          columns={columns}
          label={text.list}
          name="listings"
          onOpen={onOpen}
          filter={{ label: text.search, value: typed, onChange: setTyped }}
          filters={
            <>
              {scope !== 'published' && (
                <Select
                  label={text.state}
                  value={listingState ?? 'any'}
                  options={[
                    { value: 'any', label: text.anyState },
                    ...LISTING_STATES.map((value) => ({ value, label: shared.states[value] })),
                  ]}
                  onChange={(value) => (value === 'any' ? without('state') : set({ state: value }))}
                />
              )}
              <Select
                label={text.category}
                value={category ?? 'any'}
                options={[
                  { value: 'any', label: text.anyCategory },
                  ...CATEGORIES.map((value) => ({ value, label: shared.categories[value] })),
                ]}
                onChange={(value) =>
                  value === 'any' ? without('category') : set({ category: value })
                }
              />
              <Select
                label={text.sort}
                value={sort}
                options={SORTS.map((value) => ({ value, label: text.sorts[value] }))}
                onChange={(value) => set({ sort: value })}
              />
            </>
          }
          tools={
            <>
              <ViewsMenu
                page="listings"
                search={{ ...search }}
                onApply={(saved) => {
                  const next = parseListingsSearch(saved)
                  setTyped(next.q ?? '')
                  show(next)
                }}
                saving={saving}
                onSaving={setSaving}
              />
              <DensityMenu />
            </>
          }
          filtered={text.filtered}
          onClear={() => {
            setTyped('')
            show({ scope })
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
  { keys: ['enter'], says: text.keys.open },
  { keys: ['/'], says: text.keys.filter },
]
