import { orpc } from '@renderer/app/rpc'
import { EvidenceChip } from '@renderer/benchmark/EvidenceChip'
import { text as benchmark } from '@renderer/benchmark/messages'
import { Sure } from '@renderer/benchmark/Sure'
import { Card } from '@renderer/ui/Card'
import type { DataColumn } from '@renderer/ui/data-table/columns'
import { EmptyState } from '@renderer/ui/EmptyState'
import { GradeTile } from '@renderer/ui/GradeTile'
import { RelativeTime } from '@renderer/ui/RelativeTime'
import { TableList } from '@renderer/ui/table-page/TableList'
import { useTableState } from '@renderer/ui/table-page/use-table-state'
import type { PublishedResultRow } from '@shared/backend/results'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Gauge } from 'lucide-react'
import { useMemo, useState } from 'react'
import { MarketError } from '../listings/shown/MarketError'
import { ResultChip } from '../listings/shown/StateChip'
import { headlineOf } from '../model-page/figures'
import { text } from './messages'
import { ResultProof } from './ResultProof'

const rowId = ({ id }: PublishedResultRow) => id

/** What the reader has published, also what counts no more. */
export function MyResults() {
  const query = useInfiniteQuery(
    orpc.listings.results.infiniteOptions({
      input: (after: string | null) => ({ listingId: null, after }),
      initialPageParam: null,
      getNextPageParam: ({ next }) => next,
    }),
  )
  const [filter, setFilter] = useState('')
  const [proof, setProof] = useState<string | null>(null)
  const pages = query.data?.pages
  const all = useMemo(() => pages?.flatMap((page) => page.rows) ?? [], [pages])
  const rows = useMemo(() => {
    const words = filter.toLowerCase().split(/\s+/).filter(Boolean)
    return all.filter(({ name, version, suite, state }) => {
      const hay = [name, version, suite.id, suite.version, state].join(' ').toLowerCase()
      return words.every((word) => hay.includes(word))
    })
  }, [all, filter])
  const state = useTableState(rows, rowId, null)
  const shown = all.find(({ id }) => id === proof)
  if (!query.data && query.error)
    return (
      <Card>
        <MarketError query={query} />
      </Card>
    )
  if (query.data && all.length === 0)
    return (
      <Card>
        <EmptyState
          icon={<Gauge aria-hidden="true" />}
          title={text.mine.empty.title}
          body={text.mine.empty.body}
        />
      </Card>
    )
  return (
    <Card className="flex min-h-0 flex-1 flex-col overflow-hidden">
      <TableList
        state={state}
        query={query}
        rows={rows}
        columns={COLUMNS}
        label={text.mine.list}
        name="my-published-results"
        onOpen={({ id }) => setProof(id)}
        filter={{ label: text.mine.filter, value: filter, onChange: setFilter }}
        filtered={text.mine.filtered}
        onClear={() => {
          setFilter('')
          state.search.current?.focus()
        }}
        status={text.mine.shown(rows.length)}
        hints={HINTS}
      />
      {shown && (
        <ResultProof
          result={shown}
          onClose={() => {
            setProof(null)
            state.table.current?.focus()
          }}
        />
      )}
    </Card>
  )
}

const { columns } = text.mine
const COLUMNS: DataColumn<PublishedResultRow>[] = [
  {
    id: 'model',
    header: text.columns.model,
    track: 'minmax(160px,1.2fr)',
    cell: ({ name, version }) => (
      <span translate="no">
        <span className="font-medium">{name}</span> <span className="text-muted">{version}</span>
      </span>
    ),
  },
  {
    id: 'state',
    header: columns.state,
    track: '136px',
    cell: ({ state }) => <ResultChip state={state} />,
  },
  {
    id: 'suite',
    header: columns.suite,
    track: 'minmax(140px,1fr)',
    cell: ({ suite, scenario }) => (
      <span className="text-muted">
        <span translate="no">{benchmark.suiteVersion(suite.id, suite.version)}</span>,{' '}
        {benchmark.scenarios[scenario]}
      </span>
    ),
    from: 700,
  },
  {
    id: 'headline',
    header: columns.headline,
    track: '212px',
    cell: (row) => {
      const figure = headlineOf(row)
      return figure ? <Sure {...figure} /> : benchmark.none
    },
  },
  {
    id: 'grade',
    header: columns.grade,
    track: '60px',
    cell: ({ grade }) => <GradeTile grade={grade} size="small" />,
    from: 900,
  },
  {
    id: 'evidence',
    header: text.columns.evidence,
    track: '124px',
    cell: ({ level }) => <EvidenceChip evidence={level} />,
  },
  {
    id: 'measured',
    header: columns.measured,
    track: '118px',
    align: 'end',
    cell: ({ measuredAt }) => <RelativeTime date={new Date(measuredAt)} className="text-muted" />,
    from: 560,
  },
]

const HINTS = [
  { keys: ['j', 'k'], says: text.keys.move },
  { keys: ['enter'], says: text.keys.open },
  { keys: ['/'], says: text.keys.filter },
]
