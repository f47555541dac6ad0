import { GonePage } from '@renderer/app/GonePage'
import { formatChange } from '@renderer/app/intl'
import { Page, PageHeader } from '@renderer/app/page'
import { orpc } from '@renderer/app/rpc'
import { HistoryChart } from '@renderer/charts/HistoryChart'
import { buttonClass } from '@renderer/ui/Button'
import { Card, SectionCard } from '@renderer/ui/Card'
import { ErrorState } from '@renderer/ui/ErrorState'
import { GradeTile } from '@renderer/ui/GradeTile'
import { RelativeTime } from '@renderer/ui/RelativeTime'
import { Select } from '@renderer/ui/Select'
import { SkeletonRows } from '@renderer/ui/Skeleton'
import type { BenchmarkHistory, HistoryPoint, HistoryQuery } from '@shared/benchmark/history'
import { MEASURE, MEASURES, type Measure } from '@shared/benchmark/measures'
import type { ResultId, ResultRow } from '@shared/benchmark/result-row'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { History } from 'lucide-react'
import { isResultId } from './compare/compare-search'
import { EvidenceChip } from './EvidenceChip'
import { ExportMenu } from './ExportMenu'
import { formatInterval, formatMeasured } from './format'
import { Claims } from './history/Claims'
import { HistoryEvents } from './history/HistoryEvents'
import { parseHistorySearch } from './history/history-search'
import { text } from './history/messages'
import { ENGINE_NAME, text as shared } from './messages'
import { saveExport } from './save-export'
import { Table } from './Table'

export function HistoryPage() {
  const { resultId } = useParams({ from: '/benchmarks/history/$resultId' })
  return isResultId(resultId) ? <Line key={resultId} resultId={resultId} /> : <Nothing />
}

/** The named result says which line: same model, suite version, scenario and threads. */
function Line({ resultId }: { resultId: ResultId }) {
  const address: Record<string, unknown> = useSearch({ strict: false })
  const { measure } = parseHistorySearch(address)
  const named = useQuery(
    orpc.benchmark.result.queryOptions({ input: { resultId, samples: 0 }, staleTime: 60_000 }),
  )
  const row = named.data?.row
  const query = row && queryOf(row, measure)
  const history = useQuery(
    orpc.benchmark.history.queryOptions({
      input: query ?? NO_QUERY,
      enabled: query !== undefined,
      placeholderData: keepPreviousData,
    }),
  )
  if (row && query && history.data)
    return history.data.points.length === 0 ? (
      <Nothing />
    ) : (
      <Lines row={row} query={query} history={history.data} />
    )
  const error = named.error ?? history.error
  return (
    <Page>
      <PageHeader title={text.plainTitle} />
      <Card>
        {error ? (
          <ErrorState
            error={error}
            onRetry={() => void (named.error ? named.refetch() : history.refetch())}
          />
        ) : (
          <SkeletonRows rows={8} />
        )}
      </Card>
    </Page>
  )
}

const NO_QUERY: HistoryQuery = {
  series: '',
  suiteId: '',
  suiteVersion: '',
  scenario: 'single-stream',
}

function queryOf(row: ResultRow, measure: Measure | undefined): HistoryQuery {
  return {
    series: row.series,
    suiteId: row.suite.id,
    suiteVersion: row.suite.version,
    scenario: row.scenario,
    threads: row.engine.threads,
    ...(measure && { measure }),
  }
}

interface LinesProps {
  row: ResultRow
  query: HistoryQuery
  history: BenchmarkHistory
}

function Lines({ row, query, history }: LinesProps) {
  const navigate = useNavigate()
  const { measure, points, changes } = history
  const { unit } = MEASURE[measure]
  const format = (value: number) => formatMeasured(value, unit)
  return (
    <Page>
      <PageHeader
        title={text.title(row.name)}
        data
        facts={
          <span className="text-muted">
            <span translate="no">{shared.suiteVersion(row.suite.title, row.suite.version)}</span>,{' '}
            {shared.scenarios[row.scenario]}, {shared.threads(row.engine.threads)},{' '}
            {text.runs(points.length)}
          </span>
        }
        actions={
          <>
            <Select
              label={text.measure}
              value={measure}
              options={MEASURES.map((value) => ({ value, label: shared.measures[value] }))}
              onChange={(value) =>
                void navigate({
                  to: '/benchmarks/history/$resultId',
                  params: { resultId: row.id },
                  search: { measure: value },
                  replace: true,
                })
              }
            />
            <ExportMenu
              onSave={(format) => void saveExport({ format, what: { kind: 'history', query } })}
            />
          </>
        }
      />
      <HistoryChart
        title={text.chart(shared.measures[measure])}
        unit={text.chartUnit}
        caption={text.chartCaption}
        format={format}
        points={points.map(({ row: { startedAt, fingerprint, grade }, figure }, at) => {
          const change = changes.find((one) => one.at === at)
          return {
            at: startedAt,
            value: figure.estimate,
            lower: figure.lower,
            upper: figure.upper,
            fingerprint,
            grade,
            change: change ? formatChange(change.effect) : null,
          }
        })}
      />
      <HistoryEvents history={history} />
      <Claims row={row} />
      <Runs points={points} />
    </Page>
  )
}

function Runs({ points }: { points: readonly HistoryPoint[] }) {
  const { columns } = text
  return (
    <SectionCard title={text.table}>
      <Table
        label={text.table}
        rows={points.toReversed()}
        rowKey={({ row }) => row.id}
        columns={[
          {
            header: columns.when,
            cell: ({ row }) => (
              <Link
                to="/benchmarks/result/$resultId"
                params={{ resultId: row.id }}
                search={{}}
                className="hover:underline"
              >
                <RelativeTime date={row.startedAt} />
              </Link>
            ),
          },
          {
            header: columns.value,
            align: 'end',
            cell: ({ figure }) => (
              <span className="font-semibold">{formatMeasured(figure.estimate, figure.unit)}</span>
            ),
          },
          {
            header: columns.interval,
            align: 'end',
            cell: ({ figure }) => (
              <span className="text-muted">{formatInterval(figure) ?? shared.none}</span>
            ),
          },
          {
            header: columns.engine,
            cell: ({ row: { engine } }) => (
              <span translate="no">
                {ENGINE_NAME[engine.name]} {engine.version}
              </span>
            ),
          },
          {
            header: columns.machine,
            cell: ({ row }) => (
              <span className="text-muted" title={row.hardwareClass} translate="no">
                <code>{row.fingerprint.slice(0, 8)}</code>
              </span>
            ),
          },
          {
            header: columns.model,
            cell: ({ row }) => (
              <code className="text-muted" title={row.modelSha256} translate="no">
                {row.modelSha256.slice(0, 8)}
              </code>
            ),
          },
          {
            header: columns.grade,
            cell: ({ row }) => <GradeTile grade={row.grade} size="small" />,
          },
          {
            header: columns.evidence,
            cell: ({ row }) => <EvidenceChip evidence={row.evidence} />,
          },
        ]}
      />
    </SectionCard>
  )
}

function Nothing() {
  return (
    <GonePage
      page={text.plainTitle}
      icon={<History aria-hidden="true" />}
      title={text.empty}
      body={text.emptyBody}
      action={
        <Link to="/benchmarks" search={{}} className={buttonClass()}>
          {text.toList}
        </Link>
      }
    />
  )
}
