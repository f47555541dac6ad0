import { isDefinedError } from '@orpc/client'
import { GonePage } from '@renderer/app/GonePage'
import { Page, PageHeader } from '@renderer/app/page'
import { orpc } from '@renderer/app/rpc'
import { buttonClass } from '@renderer/ui/Button'
import { Card } from '@renderer/ui/Card'
import { ErrorState } from '@renderer/ui/ErrorState'
import { GradeTile } from '@renderer/ui/GradeTile'
import { lazyComponent, whenIdle } from '@renderer/ui/lazy-component'
import { RelativeTime } from '@renderer/ui/RelativeTime'
import { Skeleton, SkeletonRows } from '@renderer/ui/Skeleton'
import { Tabs } from '@renderer/ui/Tabs'
import type { Figure, Summary } from '@shared/benchmark/figures'
import type { BenchmarkResult } from '@shared/benchmark/result'
import type { ResultId, ResultRow } from '@shared/benchmark/result-row'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { CircleSlash, ShieldAlert } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { isResultId } from './compare/compare-search'
import { FigureTile } from './FigureTile'
import { formatInterval, formatMeasured, formatMetric, formatMetricInterval } from './format'
import { text as shared } from './messages'
import { headlineFigures } from './result/headline'
import { text } from './result/messages'
import { parseResultSearch, type ResultTab } from './result/result-search'
import { SpeedTab } from './result/SpeedTab'

const ResultActions = lazyComponent(
  async () => (await import('./result/ResultActions')).ResultActions,
  // As high as the buttons, so that nothing moves when they come.
  () => <span className="h-8" />,
)
const AccuracyTab = lazyComponent(async () => (await import('./result/AccuracyTab')).AccuracyTab)
const LaunchesTab = lazyComponent(async () => (await import('./result/LaunchesTab')).LaunchesTab)
const ConditionsTab = lazyComponent(
  async () => (await import('./result/ConditionsTab')).ConditionsTab,
)

void ResultActions.preload()

/** Raw durations of a launch that charts are drawn from. */
const SAMPLES = 2000

export function ResultPage() {
  const { resultId } = useParams({ from: '/benchmarks/result/$resultId' })
  return isResultId(resultId) ? <Loaded key={resultId} resultId={resultId} /> : <NotFound />
}

function Loaded({ resultId }: { resultId: ResultId }) {
  const { data, error, refetch, isFetching } = useQuery(
    orpc.benchmark.result.queryOptions({
      input: { resultId, samples: SAMPLES },
      staleTime: Number.POSITIVE_INFINITY,
    }),
  )
  if (data) return <Result {...data} />
  if (error && isDefinedError(error)) return <NotFound />
  return (
    <Page>
      <PageHeader title={text.title} />
      {error ? (
        <Card>
          <ErrorState error={error} retrying={isFetching} onRetry={() => void refetch()} />
        </Card>
      ) : (
        <>
          <div className="grid grid-cols-4 gap-3 max-[1000px]:grid-cols-2">
            {['p50', 'p90', 'accuracy', 'memory'].map((figure) => (
              <Card key={figure} className="flex h-[92px] flex-col gap-3 p-3">
                <Skeleton className="w-24" />
                <Skeleton className="h-6 w-20" />
              </Card>
            ))}
          </div>
          <Card>
            <SkeletonRows rows={8} />
          </Card>
        </>
      )}
    </Page>
  )
}

interface ResultProps {
  row: ResultRow
  summary: Summary
  result: BenchmarkResult
}

function Result({ row, summary, result }: ResultProps) {
  const navigate = useNavigate()
  const address: Record<string, unknown> = useSearch({ strict: false })
  const { tab = 'speed' } = parseResultSearch(address)
  useEffect(() => {
    whenIdle(() => {
      for (const other of [AccuracyTab, LaunchesTab, ConditionsTab]) void other.preload()
    })
  }, [])
  const show = (next: ResultTab) =>
    void navigate({
      to: '/benchmarks/result/$resultId',
      params: { resultId: row.id },
      search: parseResultSearch({ tab: next }),
      replace: true,
    })
  const panels: Record<ResultTab, ReactNode> = {
    speed: <SpeedTab result={result} summary={summary} evidence={row.evidence} />,
    accuracy: <AccuracyTab accuracy={result.accuracy} summary={summary} evidence={row.evidence} />,
    launches: <LaunchesTab result={result} summary={summary} />,
    conditions: <ConditionsTab result={result} />,
  }
  return (
    <Page>
      <PageHeader
        title={row.name}
        data
        facts={
          <>
            <span title={shared.grade[row.grade]} className="inline-flex">
              <GradeTile grade={row.grade} />
            </span>
            <span className="text-muted">
              <span translate="no">{shared.suiteVersion(row.suite.title, row.suite.version)}</span>,{' '}
              {shared.scenarios[row.scenario]}, <RelativeTime date={row.startedAt} />
            </span>
          </>
        }
        actions={<ResultActions row={row} reportId={result.scan.reportId} />}
      />
      {row.override !== null && <Warning>{text.override(row.override)}</Warning>}
      {row.grade === 'C' && <Warning>{text.local}</Warning>}
      <Headline row={row} summary={summary} />
      <Tabs
        label={text.tabs.label}
        value={tab}
        onChange={show}
        tabs={(['speed', 'accuracy', 'launches', 'conditions'] as const).map((value) => ({
          value,
          label: text.tabs[value],
          panel: <div className="pt-4">{panels[value]}</div>,
        }))}
      />
    </Page>
  )
}

function Headline({ row, summary }: Pick<ResultProps, 'row' | 'summary'>) {
  const figures = headlineFigures(row.scenario, summary)
  const [accuracy] = summary.accuracy
  if (figures.length === 0) return null
  return (
    <section
      aria-label={text.headline}
      className="grid grid-cols-[repeat(auto-fit,minmax(210px,1fr))] gap-3"
    >
      {figures.map((figure) => (
        <FigureTile
          key={figure.measure}
          title={shared.measures[figure.measure]}
          value={formatMeasured(figure.estimate, figure.unit)}
          interval={intervalOf(figure)}
          evidence={row.evidence}
        />
      ))}
      {accuracy && (
        <FigureTile
          title={shared.metrics[accuracy.metric]}
          value={formatMetric(accuracy.metric, accuracy.value)}
          interval={
            formatMetricInterval(accuracy.metric, accuracy.lower, accuracy.upper) ?? shared.none
          }
          evidence={row.evidence}
        />
      )}
    </section>
  )
}

/** The interval with what it achieves: a few launches promise less than 95 %. */
function intervalOf(figure: Figure): string {
  const interval = formatInterval(figure)
  return interval === null || figure.confidence === null
    ? text.noInterval(figure.values.length)
    : text.intervalAt(interval, figure.confidence)
}

function Warning({ children }: { children: string }) {
  return (
    <p className="flex gap-2 rounded-card border border-sev-medium bg-sev-medium-tint px-3 py-2 text-sev-medium-text">
      <ShieldAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <span className="min-w-0 wrap-anywhere">{children}</span>
    </p>
  )
}

function NotFound() {
  return (
    <GonePage
      page={text.title}
      icon={<CircleSlash aria-hidden="true" />}
      title={text.notFound}
      body={text.notFoundBody}
      action={
        <Link to="/benchmarks" search={{}} className={buttonClass()}>
          {text.toList}
        </Link>
      }
    />
  )
}
