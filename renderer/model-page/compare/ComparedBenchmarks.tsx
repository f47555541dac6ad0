import { formatChange } from '@renderer/app/intl'
import { text as verdicts } from '@renderer/benchmark/compare/messages'
import { VerdictBadge } from '@renderer/benchmark/compare/VerdictBadge'
import { EvidenceChip } from '@renderer/benchmark/EvidenceChip'
import { formatMetric, formatMetricInterval } from '@renderer/benchmark/format'
import { text as benchmark } from '@renderer/benchmark/messages'
import { Table } from '@renderer/benchmark/Table'
import { IntervalChart, type IntervalRow } from '@renderer/charts/IntervalChart'
import { SectionCard } from '@renderer/ui/Card'
import type { ModelVersion } from '@shared/backend/listings'
import type { ComparedMeasure } from '@shared/benchmark/comparison'
import type { PublishedPair } from '@shared/listings/compare-published'
import { text } from '../compare-messages'

interface ComparedBenchmarksProps {
  pairs: readonly PublishedPair[]
  from: ModelVersion
  to: ModelVersion
}

const TONE = {
  faster: 'better',
  slower: 'worse',
  equivalent: 'neutral',
  inconclusive: 'neutral',
} as const satisfies Record<ComparedMeasure['verdict'], IntervalRow['tone']>

/** As the comparison of the core has it: smaller differences are not worth a word. */
const DELTA = 0.03

const wordOf = ({ measure, verdict }: ComparedMeasure): string =>
  measure === 'memory' ? verdicts.memoryVerdicts[verdict] : verdicts.verdicts[verdict]

/** Numbers of the two versions that were measured alike, with the verdict of each difference. */
export function ComparedBenchmarks({ pairs, from, to }: ComparedBenchmarksProps) {
  const words = text.benchmarks
  if (pairs.length === 0)
    return (
      <SectionCard title={words.title}>
        <p className="px-3 py-2 text-muted">{words.none}</p>
      </SectionCard>
    )
  return pairs.map((pair) => (
    <Pair key={`${pair.from.resultId} ${pair.to.resultId}`} pair={pair} from={from} to={to} />
  ))
}

interface PairProps {
  pair: PublishedPair
  from: ModelVersion
  to: ModelVersion
}

function Pair({ pair, from, to }: PairProps) {
  const words = text.benchmarks
  const { columns } = verdicts
  const title = words.effects(
    `${benchmark.suiteVersion(pair.suite.id, pair.suite.version)}, ${benchmark.scenarios[pair.scenario]}`,
    pair.hardwareClass,
  )
  return (
    <div className="flex flex-col gap-3">
      {pair.measures.length > 0 && (
        <IntervalChart
          title={title}
          unit={words.effectUnit(from.number)}
          caption={words.band(formatChange(DELTA).replace('+', ''))}
          threshold={DELTA}
          format={formatChange}
          rows={pair.measures.map((measure) => ({
            label: benchmark.measures[measure.measure],
            estimate: measure.effect,
            lower: measure.lower,
            upper: measure.upper,
            verdict: wordOf(measure),
            tone: TONE[measure.verdict],
          }))}
        />
      )}
      <SectionCard
        title={title}
        aside={
          <span className="flex items-center gap-2 text-faint text-small">
            {pair.measures[0] && words.test(pair.measures[0].launches)}
            <EvidenceChip evidence={pair.from.level} />
            <span aria-hidden="true">→</span>
            <EvidenceChip evidence={pair.to.level} />
          </span>
        }
      >
        {pair.measures.length === 0 ? (
          <p className="px-3 py-2 text-muted">
            {pair.sameEnvironment ? words.tooFew : words.otherEnvironment}
          </p>
        ) : (
          <Table
            label={title}
            rows={pair.measures}
            rowKey={({ measure }) => measure}
            columns={[
              { header: columns.measure, cell: ({ measure }) => benchmark.measures[measure] },
              {
                header: columns.effect,
                align: 'end',
                cell: ({ effect }) => <span className="font-semibold">{formatChange(effect)}</span>,
              },
              {
                header: columns.interval,
                align: 'end',
                cell: ({ lower, upper }) => (
                  <span className="text-muted">
                    {benchmark.interval(formatChange(lower), formatChange(upper))}
                  </span>
                ),
              },
              {
                header: columns.verdict,
                cell: (measure) => (
                  <span className="flex items-center gap-2">
                    <VerdictBadge verdict={measure.verdict} word={wordOf(measure)} />
                    {measure.moreLaunches !== null && (
                      <span className="text-muted text-small">
                        {verdicts.more(measure.moreLaunches)}
                      </span>
                    )}
                  </span>
                ),
              },
            ]}
          />
        )}
        {pair.from.accuracy && pair.to.accuracy && (
          <p className="flex flex-wrap gap-x-3 border-line border-t px-3 py-2 tabular-nums">
            <span>{benchmark.metrics[pair.to.accuracy.metric]}</span>
            <Accuracy of={pair.from.accuracy} version={from.number} />
            <Accuracy of={pair.to.accuracy} version={to.number} />
          </p>
        )}
      </SectionCard>
    </div>
  )
}

interface AccuracyProps {
  of: NonNullable<PublishedPair['from']['accuracy']>
  version: string
}

function Accuracy({ of, version }: AccuracyProps) {
  return (
    <span>
      <span className="text-muted" translate="no">
        {version}
      </span>{' '}
      <span className="font-semibold">{formatMetric(of.metric, of.value)}</span>{' '}
      <span className="text-muted text-small">
        {formatMetricInterval(of.metric, of.lower, of.upper)}
      </span>
    </span>
  )
}
