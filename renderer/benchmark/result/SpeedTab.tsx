import { formatLatency, formatNumber } from '@renderer/app/intl'
import { BarFrame } from '@renderer/charts/BarFrame'
import { BoxChart } from '@renderer/charts/BoxChart'
import { HistogramChart } from '@renderer/charts/HistogramChart'
import { Card, SectionCard } from '@renderer/ui/Card'
import { EmptyState } from '@renderer/ui/EmptyState'
import type { Evidence } from '@shared/benchmark/evidence'
import type { Figure, Summary } from '@shared/benchmark/figures'
import type { BenchmarkResult } from '@shared/benchmark/result'
import { boxSummary } from '@shared/statistics/box-summary'
import { CircleX } from 'lucide-react'
import { type ReactNode, useMemo } from 'react'
import { CheckIcon } from '../CheckIcon'
import { EvidenceChip } from '../EvidenceChip'
import { formatInterval, formatMeasured } from '../format'
import { text as shared } from '../messages'
import { Table } from '../Table'
import { text } from './messages'
import { ServerSteps } from './ServerSteps'
import { batchRates, histogramBars, pooledLatencies } from './samples'

interface SpeedTabProps {
  result: BenchmarkResult
  summary: Summary
  evidence: Evidence
}

/** Latencies of one kind share one axis. */
const BOXED: readonly Figure['measure'][] = ['latency-p50', 'latency-p90', 'latency-p99']
const FEWEST = 4

/** Figures over launches, the distribution they come from, and what could tell a cheat. */
export function SpeedTab({ result, summary, evidence }: SpeedTabProps) {
  const boxes = summary.figures
    .filter(({ measure, values }) => BOXED.includes(measure) && values.length >= FEWEST)
    .map((figure) => ({
      label: shared.measures[figure.measure],
      values: figure.values,
      ...boxSummary(figure.values),
    }))
  if (summary.launches.counted === 0) return <NothingCounted result={result} />
  return (
    <div className="flex flex-col gap-4">
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Column>
          <Latencies result={result} summary={summary} />
          <Batches result={result} />
          <ServerSteps result={result} />
        </Column>
        <Column>
          {boxes.length > 0 && (
            <BoxChart
              title={text.charts.launches}
              unit={text.charts.launchUnit}
              rows={boxes}
              format={formatLatency}
            />
          )}
          <EarlyStopping summary={summary} />
          <CheatChecks summary={summary} />
        </Column>
      </div>
      <Figures summary={summary} evidence={evidence} />
    </div>
  )
}

const Column = ({ children }: { children: ReactNode }) => (
  <div className="flex min-w-0 flex-col gap-4">{children}</div>
)

/** Why there is no number, in the words of the first launch that did not end well. */
function NothingCounted({ result }: { result: BenchmarkResult }) {
  const [launch] = result.launches
  return (
    <Card>
      <EmptyState
        icon={<CircleX aria-hidden="true" />}
        title={text.nothingCounted}
        body={launch && <span translate="no">{launch.ending.sentence}</span>}
      />
    </Card>
  )
}

function Latencies({ result, summary }: Pick<SpeedTabProps, 'result' | 'summary'>) {
  const { bars, beyond, caption } = useMemo(() => {
    const { nanoseconds, queries } = pooledLatencies(result)
    return {
      ...histogramBars(nanoseconds),
      caption: text.charts.sampled(nanoseconds.length, queries),
    }
  }, [result])
  if (bars.length === 0) return null
  const marks = (['latency-p50', 'latency-p90', 'latency-p99'] as const).flatMap((measure) => {
    const figure = summary.figures.find((one) => one.measure === measure)
    return figure ? [{ label: measure.slice('latency-'.length), value: figure.estimate }] : []
  })
  return (
    <HistogramChart
      title={text.charts.histogram}
      unit={text.charts.perBar}
      caption={caption}
      bars={bars}
      beyond={beyond}
      marks={marks}
      format={formatLatency}
    />
  )
}

function Batches({ result }: { result: BenchmarkResult }) {
  const rates = useMemo(() => batchRates(result), [result])
  if (rates.length === 0) return null
  return (
    <BarFrame
      title={text.charts.batches}
      unit={text.charts.batchUnit}
      dimension={text.charts.batch}
      bars={rates.map(({ batch, rate }) => ({
        label: text.charts.batchLabel(batch),
        value: Math.round(rate ?? 0),
        color: 'var(--chart-1)',
      }))}
      height={21 * rates.length + 4}
    />
  )
}

function Figures({ summary, evidence }: Pick<SpeedTabProps, 'summary' | 'evidence'>) {
  const { columns } = text.figures
  const confidence = summary.figures.find((figure) => figure.confidence !== null)?.confidence
  return (
    <SectionCard
      title={text.figures.title}
      aside={
        <span className="truncate text-faint text-small">
          {text.figures.note(confidence ? text.figures.intervals(confidence) : text.figures.none)}
        </span>
      }
    >
      <Table
        label={text.figures.title}
        rows={summary.figures}
        rowKey={({ measure }) => measure}
        columns={[
          { header: columns.measure, cell: ({ measure }) => shared.measures[measure] },
          {
            header: columns.estimate,
            align: 'end',
            cell: ({ estimate, unit }) => (
              <span className="font-semibold">{formatMeasured(estimate, unit)}</span>
            ),
          },
          {
            header: columns.interval,
            align: 'end',
            cell: (figure) => <Muted>{formatInterval(figure) ?? shared.none}</Muted>,
          },
          {
            header: columns.spread,
            why: text.figures.spreadWhy,
            align: 'end',
            cell: ({ spread }) => <Muted>{spread === null ? shared.none : percent(spread)}</Muted>,
          },
          {
            header: columns.outliers,
            align: 'end',
            cell: ({ outliers }) => <Muted>{formatNumber(outliers)}</Muted>,
          },
          { header: columns.evidence, cell: () => <EvidenceChip evidence={evidence} /> },
        ]}
      />
      {!summary.figures.some(({ measure }) => measure === 'energy') && (
        <p className="flex gap-2 border-line border-t px-3 py-2 text-muted">
          <span className="font-medium text-text">{text.figures.energy}</span>
          {text.figures.energyUnknown}
        </p>
      )}
    </SectionCard>
  )
}

function EarlyStopping({ summary: { earlyStopping } }: Pick<SpeedTabProps, 'summary'>) {
  if (earlyStopping === null) return null
  const { percentile, estimateNs, moreQueries, queries, tolerated, needed } = earlyStopping
  return (
    <SectionCard title={text.early.title}>
      <div className="flex flex-col gap-1 p-3">
        <p className="font-medium">
          {estimateNs === null
            ? text.early.more(percentile, moreQueries)
            : text.early.estimate(percentile, formatLatency(estimateNs))}
        </p>
        <p className="text-muted">{text.early.counts(queries, tolerated, needed)}</p>
      </div>
    </SectionCard>
  )
}

/** Below this part of the time a repeated item was probably answered from a cache (MLPerf TEST04). */
const CACHED_BELOW = 0.9

function CheatChecks({ summary: { repeatedItemRatio, outputs } }: Pick<SpeedTabProps, 'summary'>) {
  const compared = outputs !== null && outputs.compared > 0 ? outputs : null
  return (
    <SectionCard title={text.checks.title}>
      <ul className="flex flex-col gap-1.5 p-3">
        {repeatedItemRatio !== null && (
          <li className="flex items-start gap-2">
            <CheckIcon state={repeatedItemRatio < CACHED_BELOW ? 'bad' : 'ok'} className="mt-0.5" />
            {text.checks.caching(repeatedItemRatio)}
          </li>
        )}
        <li className="flex items-start gap-2">
          <CheckIcon
            state={compared === null ? 'unknown' : compared.different > 0 ? 'bad' : 'ok'}
            className="mt-0.5"
          />
          {compared === null
            ? text.checks.unknown
            : text.checks.outputs(compared.different, compared.compared)}
        </li>
      </ul>
    </SectionCard>
  )
}

const Muted = ({ children }: { children: string }) => <span className="text-muted">{children}</span>
/** A spread is no share of a whole: 1.25 % is rounded as usual. */
const percent = (part: number) => `${formatNumber(Math.round(part * 1000) / 10)}\u00a0%`
