import { isDefinedError } from '@orpc/client'
import { formatBytes } from '@renderer/app/intl'
import { Page, PageHeader } from '@renderer/app/page'
import { orpc } from '@renderer/app/rpc'
import { buttonClass } from '@renderer/ui/Button'
import { Card, SectionCard } from '@renderer/ui/Card'
import { EmptyState } from '@renderer/ui/EmptyState'
import { ErrorState } from '@renderer/ui/ErrorState'
import { GradeTile } from '@renderer/ui/GradeTile'
import { RelativeTime } from '@renderer/ui/RelativeTime'
import { Select } from '@renderer/ui/Select'
import { SkeletonRows } from '@renderer/ui/Skeleton'
import type { BenchmarkComparison } from '@shared/benchmark/comparison'
import type { Summary } from '@shared/benchmark/figures'
import type { ResultRow } from '@shared/benchmark/result-row'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { GitCompareArrows } from 'lucide-react'
import { useId, useMemo } from 'react'
import { CompareCharts } from './compare/CompareCharts'
import { type CompareSearch, parseCompareSearch } from './compare/compare-search'
import { text } from './compare/messages'
import { resultNames } from './compare/names'
import { formatDelta, PairTable } from './compare/PairTable'
import { EvidenceChip } from './EvidenceChip'
import { ExportMenu } from './ExportMenu'
import { formatInterval, formatMeasured, formatMetric, formatMetricInterval } from './format'
import { text as shared } from './messages'
import { saveExport } from './save-export'
import { Table } from './Table'

const DELTAS = [0.01, 0.03, 0.05, 0.1]

export function ComparePage() {
  const address: Record<string, unknown> = useSearch({ strict: false })
  const search = parseCompareSearch(address)
  if (search === null)
    return (
      <Page>
        <PageHeader title={text.title} />
        <Card>
          <EmptyState
            icon={<GitCompareArrows aria-hidden="true" />}
            title={text.pick}
            body={text.pickBody}
            action={<ToResults />}
          />
        </Card>
      </Page>
    )
  return <Compared search={search} />
}

function Compared({ search }: { search: CompareSearch }) {
  const { of, delta } = search
  const { data, error, isFetching, refetch } = useQuery(
    orpc.benchmark.compare.queryOptions({
      input: { resultIds: of, ...(delta && { delta }) },
      placeholderData: keepPreviousData,
      staleTime: Number.POSITIVE_INFINITY,
    }),
  )
  if (data) return <Comparison {...data} search={search} />
  const refused = error && isDefinedError(error) ? error : null
  return (
    <Page>
      <PageHeader title={text.title} />
      <Card>
        {error === null && <SkeletonRows rows={8} />}
        {refused && (
          <EmptyState
            icon={<GitCompareArrows aria-hidden="true" />}
            title={refused.code === 'NOT_COMPARABLE' ? text.notComparable : text.gone}
            body={
              refused.code === 'NOT_COMPARABLE' && <span translate="no">{refused.data.reason}</span>
            }
            action={<ToResults />}
          />
        )}
        {error && !refused && (
          <ErrorState error={error} retrying={isFetching} onRetry={() => void refetch()} />
        )}
      </Card>
    </Page>
  )
}

interface ComparisonProps {
  rows: readonly ResultRow[]
  summaries: readonly Summary[]
  comparison: BenchmarkComparison
  search: CompareSearch
}

function Comparison({ rows, summaries, comparison, search }: ComparisonProps) {
  const navigate = useNavigate()
  const names = useMemo(() => resultNames(rows), [rows])
  const show = ({ of, delta }: CompareSearch) =>
    void navigate({
      to: '/benchmarks/compare',
      search: { of: of.join(','), ...(delta && { delta }) },
      replace: true,
    })
  const delta = comparison.practicalDelta
  return (
    <Page>
      <PageHeader
        title={text.title}
        facts={
          rows[0] && (
            <span className="text-muted">
              <span translate="no">
                {shared.suiteVersion(rows[0].suite.title, rows[0].suite.version)}
              </span>
              , {shared.scenarios[rows[0].scenario]}, {text.intro(rows.length)}
            </span>
          )
        }
        actions={
          <ExportMenu
            onSave={(format) =>
              void saveExport({
                format,
                what: {
                  kind: 'comparison',
                  resultIds: search.of,
                  ...(search.delta && { delta: search.delta }),
                },
              })
            }
          />
        }
      />
      <Choices
        search={search}
        names={names}
        suiteDelta={search.delta === undefined ? delta : null}
        onShow={show}
      />
      <Results rows={rows} names={names} front={comparison.paretoFront} />
      {comparison.pairs.map((pair) => (
        <PairTable
          key={pair.candidate}
          pair={pair}
          names={names}
          summaries={summaries}
          delta={delta}
        />
      ))}
      <CompareCharts rows={rows} summaries={summaries} comparison={comparison} names={names} />
    </Page>
  )
}

interface ChoicesProps {
  search: CompareSearch
  names: readonly string[]
  /** Known while the suite's own threshold is in force. */
  suiteDelta: number | null
  onShow: (search: CompareSearch) => void
}

function Choices({ search, names, suiteDelta, onShow }: ChoicesProps) {
  const baseline = useId()
  const threshold = useId()
  const { of, delta } = search
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
      <span className="flex items-center gap-2">
        <label htmlFor={baseline} className="text-muted">
          {text.baseline}
        </label>
        <Select
          id={baseline}
          className="max-w-72"
          value={of[0] ?? ''}
          options={of.map((id, at) => ({ value: id, label: names[at] ?? id, data: true }))}
          onChange={(first) =>
            onShow({
              ...search,
              of: of.toSorted((a, b) => Number(b === first) - Number(a === first)),
            })
          }
        />
      </span>
      <span className="flex items-center gap-2">
        <label htmlFor={threshold} className="text-muted">
          {text.threshold}
        </label>
        <Select
          id={threshold}
          value={String(delta ?? 'suite')}
          options={[
            {
              value: 'suite',
              label: text.suiteDelta(suiteDelta === null ? null : formatDelta(suiteDelta)),
            },
            ...DELTAS.map((value) => ({
              value: String(value),
              label: text.delta(formatDelta(value)),
            })),
          ]}
          onChange={(value) => onShow({ of, ...(value !== 'suite' && { delta: Number(value) }) })}
        />
        <span className="text-faint text-small">{text.thresholdWhy}</span>
      </span>
    </div>
  )
}

interface ResultsProps {
  rows: readonly ResultRow[]
  names: readonly string[]
  front: readonly number[]
}

function Results({ rows, names, front }: ResultsProps) {
  const { columns } = text.summary
  const numbered = rows.map((row, at) => ({ row, at }))
  return (
    <SectionCard title={text.summary.title}>
      <Table
        label={text.summary.title}
        rows={numbered}
        rowKey={({ row }) => row.id}
        columns={[
          {
            header: columns.model,
            cell: ({ row, at }) => (
              <span className="flex items-center gap-2">
                <Link
                  to="/benchmarks/result/$resultId"
                  params={{ resultId: row.id }}
                  search={{}}
                  translate="no"
                  className="hover:underline"
                >
                  {names[at]}
                </Link>
                {at === 0 && <Tag>{text.baseline}</Tag>}
                {front.includes(at) && row.accuracy !== null && <Tag>{text.onFront}</Tag>}
              </span>
            ),
          },
          {
            header: columns.headline,
            align: 'end',
            cell: ({ row: { headline } }) =>
              headline && (
                <Sure
                  value={formatMeasured(headline.estimate, headline.unit)}
                  interval={formatInterval(headline)}
                />
              ),
          },
          {
            header: columns.accuracy,
            align: 'end',
            cell: ({ row: { accuracy } }) =>
              accuracy === null ? (
                shared.none
              ) : (
                <Sure
                  value={formatMetric(accuracy.metric, accuracy.value)}
                  interval={formatMetricInterval(accuracy.metric, accuracy.lower, accuracy.upper)}
                />
              ),
          },
          {
            header: columns.memory,
            align: 'end',
            cell: ({ row: { memoryBytes } }) =>
              memoryBytes === null ? shared.unknown : formatBytes(memoryBytes),
          },
          {
            header: columns.grade,
            cell: ({ row: { grade } }) => <GradeTile grade={grade} size="small" />,
          },
          {
            header: columns.evidence,
            cell: ({ row: { evidence } }) => <EvidenceChip evidence={evidence} />,
          },
          {
            header: columns.when,
            align: 'end',
            cell: ({ row: { startedAt } }) => (
              <RelativeTime date={startedAt} className="text-muted" />
            ),
          },
        ]}
      />
    </SectionCard>
  )
}

function Sure({ value, interval }: { value: string; interval: string | null }) {
  return (
    <>
      <span className="font-semibold">{value}</span>
      {interval && <span className="ml-2 text-muted text-small">{interval}</span>}
    </>
  )
}

const Tag = ({ children }: { children: string }) => (
  <span className="rounded-chip border border-line px-1 font-normal text-meta text-muted">
    {children}
  </span>
)

function ToResults() {
  return (
    <Link to="/benchmarks" search={{}} className={buttonClass('primary')}>
      {text.toList}
    </Link>
  )
}
