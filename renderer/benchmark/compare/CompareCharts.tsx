import { formatLatency } from '@renderer/app/intl'
import { orpc } from '@renderer/app/rpc'
import { BoxChart } from '@renderer/charts/BoxChart'
import { EcdfChart } from '@renderer/charts/EcdfChart'
import { ParetoChart } from '@renderer/charts/ParetoChart'
import { axisEnd } from '@renderer/charts/plot/tail'
import { Card } from '@renderer/ui/Card'
import { Skeleton } from '@renderer/ui/Skeleton'
import type { BenchmarkComparison } from '@shared/benchmark/comparison'
import type { Summary } from '@shared/benchmark/figures'
import { HEADLINE } from '@shared/benchmark/measures'
import type { ResultRow } from '@shared/benchmark/result-row'
import { boxSummary } from '@shared/statistics/box-summary'
import { ecdf } from '@shared/statistics/ecdf'
import { useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { formatMeasured, formatMetric, mostOf } from '../format'
import { text as shared } from '../messages'
import { pooledLatencies } from '../result/samples'
import { text } from './messages'

interface CompareChartsProps {
  rows: readonly ResultRow[]
  summaries: readonly Summary[]
  comparison: BenchmarkComparison
  names: readonly string[]
}

/** Raw durations of a launch that a curve is drawn from. */
const SAMPLES = 1000
const FEWEST = 4

/** Distributions side by side, and the front of accuracy, latency and memory. */
export function CompareCharts({ rows, summaries, comparison, names }: CompareChartsProps) {
  const headline = rows[0] ? HEADLINE[rows[0].scenario] : 'latency-p90'
  const boxes = summaries.flatMap(({ figures }, at) => {
    const figure = figures.find(({ measure }) => measure === headline)
    return figure && figure.values.length >= FEWEST
      ? [{ label: names[at] ?? '', values: figure.values, ...boxSummary(figure.values) }]
      : []
  })
  const unit = summaries[0]?.figures.find(({ measure }) => measure === headline)?.unit ?? 'ns'
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Distribution rows={rows} names={names} />
      <div className="flex min-w-0 flex-col gap-4">
        {boxes.length > 0 && (
          <BoxChart
            title={text.boxes}
            unit={shared.measures[headline]}
            rows={boxes}
            format={(value) => formatMeasured(value, unit)}
          />
        )}
        <Front rows={rows} summaries={summaries} comparison={comparison} names={names} />
      </div>
    </div>
  )
}

function Distribution({ rows, names }: Pick<CompareChartsProps, 'rows' | 'names'>) {
  const results = useQueries({
    queries: rows.map(({ id }) =>
      orpc.benchmark.result.queryOptions({
        input: { resultId: id, samples: SAMPLES },
        staleTime: Number.POSITIVE_INFINITY,
      }),
    ),
  })
  const documents = results.map(({ data }) => data?.result)
  const ready = documents.every((document) => document !== undefined)
  // biome-ignore lint/correctness/useExhaustiveDependencies: documents never change once they are here
  const series = useMemo(
    () =>
      documents.flatMap((document, at) => {
        const { nanoseconds } = document ? pooledLatencies(document) : { nanoseconds: [] }
        if (nanoseconds.length === 0) return []
        const { end } = axisEnd(nanoseconds)
        return [{ label: names[at] ?? '', steps: ecdf(nanoseconds), end }]
      }),
    [ready, names],
  )
  if (!ready)
    return (
      <Card className="flex h-[280px] flex-col gap-3 p-3">
        <Skeleton className="w-40" />
        <Skeleton className="h-full!" />
      </Card>
    )
  if (series.length === 0) return null
  return (
    <EcdfChart
      title={text.ecdf}
      unit={text.ecdfUnit}
      caption={text.ecdfCaption}
      series={series}
      end={Math.max(...series.map(({ end }) => end))}
      format={formatLatency}
    />
  )
}

function Front({ rows, summaries, comparison, names }: CompareChartsProps) {
  const metric = rows[0]?.accuracy?.metric
  const points = rows.flatMap((row, at) => {
    const p90 = summaries[at]?.figures.find(({ measure }) => measure === 'latency-p90')
    if (!p90 || row.accuracy === null || row.memoryBytes === null) return []
    return [
      {
        label: names[at] ?? '',
        latency: p90.estimate,
        accuracy: row.accuracy.value,
        memoryBytes: row.memoryBytes,
        front: comparison.paretoFront.includes(at),
      },
    ]
  })
  if (metric === undefined || points.length < 2) return null
  const most = mostOf(metric)
  return (
    <ParetoChart
      title={text.front}
      latencyName={shared.measures['latency-p90']}
      accuracyName={shared.metrics[metric]}
      points={points}
      formatLatency={formatLatency}
      formatAccuracy={(value) => formatMetric(metric, value)}
      {...(most !== undefined && { mostAccuracy: most })}
    />
  )
}
