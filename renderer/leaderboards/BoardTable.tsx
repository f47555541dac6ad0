import { formatSignificant } from '@renderer/app/intl'
import { orpc } from '@renderer/app/rpc'
import { Card } from '@renderer/ui/Card'
import { DensityMenu } from '@renderer/ui/data-table/DensityMenu'
import { lazyComponent } from '@renderer/ui/lazy-component'
import { Select } from '@renderer/ui/Select'
import { TableList } from '@renderer/ui/table-page/TableList'
import { useTableState } from '@renderer/ui/table-page/use-table-state'
import type { Board } from '@shared/backend/results'
import type { LeaderboardTable } from '@shared/benchmark/leaderboard'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactNode, useMemo, useState } from 'react'
import { MarketError } from '../listings/shown/MarketError'
import { boardColumns, type RankedModel } from './board-columns'
import { text } from './messages'

const RankChart = lazyComponent(
  async () => (await import('@renderer/charts/RankChart')).RankChart,
  () => <div className="h-40 rounded-card border border-line bg-surface" />,
)
const ResultProof = lazyComponent(async () => (await import('./ResultProof')).ResultProof)

interface BoardTableProps {
  board: Board
  /** Null: all machines, adjusted. */
  hardware: string | null
  name: string
  filters: ReactNode
}

/** Models that a picture can hold; the table has all. */
const MOST_DRAWN = 24
const rowId = ({ modelSha256 }: RankedModel) => modelSha256
const NOBODY: readonly LeaderboardTable[] = []

/** One board: its ranks as intervals, those of the reader pinned to the top. */
export function BoardTable({ board, hardware, name, filters }: BoardTableProps) {
  const { suiteId, suiteVersion, scenario, threads } = board
  const query = useQuery(
    orpc.listings.leaderboard.queryOptions({
      input: { suiteId, suiteVersion, scenario, threads, hardwareClass: hardware },
      placeholderData: keepPreviousData,
    }),
  )
  const [group, setGroup] = useState(0)
  const [filter, setFilter] = useState('')
  const [proof, setProof] = useState<string | null>(null)
  const tables = query.data?.tables ?? NOBODY
  const table = tables[group] ?? tables[0]
  const all = useMemo(() => modelsOf(table, query.data), [table, query.data])
  const rows = useMemo(() => {
    const words = filter.toLowerCase().split(/\s+/).filter(Boolean)
    return all.filter(({ name, seller }) => {
      const hay = [name, seller?.handle, seller?.displayName].join(' ').toLowerCase()
      return words.every((word) => hay.includes(word))
    })
  }, [all, filter])
  const state = useTableState(rows, rowId, null)
  const columns = useMemo(() => boardColumns(table?.measure), [table?.measure])
  const shown = query.data?.results.find(({ id }) => id === proof)
  if (!query.data && query.error)
    return (
      <Card>
        <MarketError query={query} />
      </Card>
    )
  return (
    <div className="grid min-h-0 flex-1 grid-rows-[minmax(280px,1fr)] gap-3 min-[1600px]:grid-cols-[minmax(0,8fr)_minmax(0,4fr)]">
      <Card className="flex min-h-0 flex-col overflow-hidden">
        <TableList
          state={state}
          query={query}
          rows={rows}
          columns={columns}
          label={text.list(name)}
          name="leaderboard"
          onOpen={({ resultId }) => setProof(resultId)}
          filter={{ label: text.filter, value: filter, onChange: setFilter }}
          filters={
            <>
              {filters}
              {tables.length > 1 && (
                <Select
                  label={text.machines}
                  className="max-w-58"
                  value={String(group)}
                  options={tables.map(({ hardwareClasses }, at) => ({
                    value: String(at),
                    label: hardwareClasses.join(', '),
                    data: true,
                  }))}
                  onChange={(value) => setGroup(Number(value))}
                />
              )}
            </>
          }
          tools={<DensityMenu />}
          filtered={text.filtered}
          onClear={() => {
            setFilter('')
            state.search.current?.focus()
          }}
          status={text.shown(rows.length, all.length)}
          hints={HINTS}
        />
        <Notes table={table} />
      </Card>
      {all.length > 1 && (
        <div className="hidden min-h-0 overflow-y-auto min-[1600px]:block">
          <RankChart
            title={text.chart}
            caption={text.chartCaption}
            rows={byRank(all)
              .slice(0, MOST_DRAWN)
              .map(({ name, version, rank }) => ({ label: `${name} ${version}`, ...rank }))}
          />
        </div>
      )}
      {shown && (
        <ResultProof
          result={shown}
          onClose={() => {
            setProof(null)
            state.table.current?.focus()
          }}
        />
      )}
    </div>
  )
}

interface BoardData {
  results: readonly {
    id: string
    listingId: string
    version: string
    seller: RankedModel['seller'] & object
    modelSha256: string
  }[]
  me: string
}

const byRank = (rows: readonly RankedModel[]) =>
  rows.toSorted((a, b) => a.rank.best - b.rank.best || a.rank.worst - b.rank.worst)

/** Rows of the table with whose they are; those of the reader first. */
function modelsOf(table: LeaderboardTable | undefined, data: BoardData | undefined): RankedModel[] {
  if (!table || !data) return []
  const rows = table.rows.map((row): RankedModel => {
    const own = data.results.filter(({ modelSha256 }) => modelSha256 === row.modelSha256)
    const newest = own.find(({ id }) => id === row.resultId)
    return {
      ...row,
      version: newest?.version ?? '',
      seller: newest?.seller ?? null,
      mine: own.some(({ seller }) => seller.id === data.me),
    }
  })
  return rows.toSorted((a, b) => Number(b.mine) - Number(a.mine))
}

function Notes({ table }: { table: LeaderboardTable | undefined }) {
  return (
    <div className="border-line border-t px-3 py-2 text-muted text-small">
      <p>{text.apart}</p>
      {table && table.machines.length > 1 && (
        <p>
          {text.adjusted(
            table.machines.map(({ hardwareClass, factor }) =>
              text.factor(hardwareClass, formatSignificant(factor)),
            ),
          )}
        </p>
      )}
      {table?.notes.map((note) => (
        <p key={note} translate="no">
          {note}
        </p>
      ))}
    </div>
  )
}

const HINTS = [
  { keys: ['j', 'k'], says: text.keys.move },
  { keys: ['enter'], says: text.keys.open },
  { keys: ['/'], says: text.keys.filter },
]
