import { useCommand } from '@renderer/app/commands'
import { PageHeader } from '@renderer/app/page'
import { orpc } from '@renderer/app/rpc'
import { Button, buttonClass } from '@renderer/ui/Button'
import type { TableSort } from '@renderer/ui/data-table/columns'
import { DensityMenu } from '@renderer/ui/data-table/DensityMenu'
import type { Chosen } from '@renderer/ui/data-table/selection'
import { EmptyState } from '@renderer/ui/EmptyState'
import { Switch } from '@renderer/ui/Switch'
import { TableList } from '@renderer/ui/table-page/TableList'
import { TablePage } from '@renderer/ui/table-page/TablePage'
import { useTableState } from '@renderer/ui/table-page/use-table-state'
import { useTyped } from '@renderer/ui/table-page/use-typed'
import type { ResultRow } from '@shared/benchmark/result-row'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Gauge, Plus } from 'lucide-react'
import { useCallback, useId, useMemo, useState } from 'react'
import { BenchmarkNav } from './BenchmarkNav'
import { MOST_COMPARED } from './compare/compare-search'
import { text } from './list/messages'
import { RemoveResult } from './list/RemoveResult'
import { RunsWithoutResult } from './list/RunsWithoutResult'
import { resultColumns } from './list/result-columns'
import { parseResultsSearch, type ResultsSearch } from './list/results-search'
import { text as shared } from './messages'
import { RunsUnderWay } from './RunsUnderWay'

const PAGE = 200
const NEWEST_FIRST: TableSort = { column: 'startedAt', descending: true }
const NOTHING: Chosen = new Set()
const rowId = (row: ResultRow) => row.id

/** Every stored result; from here they are opened, compared and deleted. */
export function ResultsPage() {
  const navigate = useNavigate()
  const address: Record<string, unknown> = useSearch({ strict: false })
  const { q = '', references = false } = parseResultsSearch(address)
  const withReferences = useId()
  const [removing, setRemoving] = useState<ResultRow | null>(null)
  const [chosen, setChosen] = useState<Chosen>(NOTHING)

  const query = useInfiniteQuery(
    orpc.benchmark.results.infiniteOptions({
      input: (offset: number) => ({ limit: PAGE, offset, search: q, references }),
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
    (next: ResultsSearch) =>
      void navigate({
        to: '/benchmarks',
        search: { ...parseResultsSearch({ ...next }) },
        replace: true,
      }),
    [navigate],
  )
  const [typed, setTyped] = useTyped(q, (q) => show({ q, references }))

  const columns = useMemo(() => resultColumns(setRemoving), [])
  const onOpen = useCallback(
    (row: ResultRow) =>
      void navigate({
        to: '/benchmarks/result/$resultId',
        params: { resultId: row.id },
        search: {},
      }),
    [navigate],
  )

  const picked = rows
    .filter(({ id }) => chosen.has(id))
    .toSorted((a, b) => a.startedAt.getTime() - b.startedAt.getTime())
  const obstacle = whyNotCompared(picked)
  const compare = () => {
    if (obstacle === null)
      void navigate({
        to: '/benchmarks/compare',
        search: { of: picked.map(({ id }) => id).join(',') },
      })
  }
  useCommand('benchmark.compare', compare, obstacle === null)
  useCommand('benchmark.remove', () => setRemoving(state.active), state.active !== null)

  const filtered = q !== '' || references
  const nothing = query.data !== undefined && rows.length === 0
  return (
    <TablePage
      head={
        <>
          <PageHeader
            title={text.title}
            facts={<span className="text-muted">{text.intro}</span>}
            actions={
              <Link to="/benchmarks/run" search={{}} className={buttonClass('primary')}>
                <Plus aria-hidden="true" className="size-4" />
                {shared.run}
              </Link>
            }
          />
          <BenchmarkNav />
          <RunsUnderWay />
          <RunsWithoutResult />
        </>
      }
      empty={
        nothing &&
        !filtered && (
          <EmptyState
            icon={<Gauge aria-hidden="true" />}
            title={text.empty.title}
            body={text.empty.body}
            action={
              <Link to="/benchmarks/run" search={{}} className={buttonClass('primary')}>
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
          name="benchmark-results"
          onOpen={onOpen}
          chosen={chosen}
          onChosen={setChosen}
          filter={{ label: text.search, value: typed, onChange: setTyped }}
          tools={
            <>
              <label htmlFor={withReferences} className="mr-1 text-muted">
                {text.references}
              </label>
              <Switch
                id={withReferences}
                checked={references}
                onChange={(on) => show({ q: typed, references: on })}
              />
              <DensityMenu />
            </>
          }
          filtered={text.filtered}
          onClear={() => {
            setTyped('')
            show({})
            state.search.current?.focus()
          }}
          status={picked.length > 0 ? text.chosen(picked.length) : text.shown(rows.length, total)}
          actions={
            picked.length > 0 && (
              <>
                <Button size="small" keys="c" disabledReason={obstacle} onClick={compare}>
                  {text.compare}
                </Button>
                {obstacle && <span className="truncate">{obstacle}</span>}
              </>
            )
          }
          hints={HINTS}
        />
      }
    >
      <RemoveResult
        result={removing}
        onClose={() => setRemoving(null)}
        onRemoved={() => state.table.current?.focus()}
      />
    </TablePage>
  )
}

/** Why the chosen rows make no comparison, in a sentence; null where they do. */
function whyNotCompared(picked: readonly ResultRow[]): string | null {
  if (picked.length < 2 || picked.length > MOST_COMPARED) return text.chooseSome
  const line = ({ suite, scenario }: ResultRow) => `${suite.id} ${suite.version} ${scenario}`
  return new Set(picked.map(line)).size === 1 ? null : text.notAlike
}

const HINTS = [
  { keys: ['j', 'k'], says: text.keys.move },
  { keys: ['enter'], says: text.keys.open },
  { keys: ['x'], says: text.keys.select },
  { keys: ['c'], says: text.keys.compare },
  { keys: ['/'], says: text.keys.filter },
  { keys: ['delete'], says: text.keys.remove },
]
