import { formatChange, formatNumber, formatSignificant } from '@renderer/app/intl'
import { IntervalChart, type IntervalRow } from '@renderer/charts/IntervalChart'
import { SectionCard } from '@renderer/ui/Card'
import type { ComparedMeasure, ComparedPair } from '@shared/benchmark/comparison'
import type { Summary } from '@shared/benchmark/figures'
import { formatMeasured, formatMetric } from '../format'
import { text as shared } from '../messages'
import { Table } from '../Table'
import { text } from './messages'
import { VerdictBadge } from './VerdictBadge'

interface PairTableProps {
  pair: ComparedPair
  names: readonly string[]
  summaries: readonly Summary[]
  delta: number
}

const TONE = {
  faster: 'better',
  slower: 'worse',
  equivalent: 'neutral',
  inconclusive: 'neutral',
} as const satisfies Record<ComparedMeasure['verdict'], IntervalRow['tone']>

const verdictWord = ({ measure, verdict }: ComparedMeasure): string =>
  measure === 'memory' ? text.memoryVerdicts[verdict] : text.verdicts[verdict]

/** One candidate against the baseline: effects with intervals, then what stands behind each. */
export function PairTable({ pair, names, summaries, delta }: PairTableProps) {
  const baseline = names[pair.baseline] ?? ''
  const candidate = names[pair.candidate] ?? ''
  const { columns } = text
  const figure = (result: number, { measure }: ComparedMeasure) => {
    const found = summaries[result]?.figures.find((one) => one.measure === measure)
    return found ? formatMeasured(found.estimate, found.unit) : shared.none
  }
  if (pair.measures.length === 0)
    return (
      <SectionCard title={text.against(candidate, baseline)}>
        <Notes notes={pair.notes} />
      </SectionCard>
    )
  return (
    <div className="flex flex-col gap-3">
      <IntervalChart
        title={text.effects(candidate)}
        unit={text.effectUnit(baseline)}
        caption={text.effectCaption(formatDelta(delta))}
        threshold={delta}
        format={formatChange}
        rows={pair.measures.map((measure) => ({
          label: shared.measures[measure.measure],
          estimate: measure.effect,
          lower: measure.lower,
          upper: measure.upper,
          verdict: verdictWord(measure),
          tone: TONE[measure.verdict],
        }))}
      />
      <SectionCard
        title={text.against(candidate, baseline)}
        aside={<span className="truncate text-faint text-small">{testsOf(pair.measures)}</span>}
      >
        <Table
          label={text.against(candidate, baseline)}
          rows={pair.measures}
          rowKey={({ measure }) => measure}
          columns={[
            { header: columns.measure, cell: ({ measure }) => shared.measures[measure] },
            {
              header: columns.baseline,
              align: 'end',
              cell: (measure) => figure(pair.baseline, measure),
            },
            {
              header: columns.candidate,
              align: 'end',
              cell: (measure) => figure(pair.candidate, measure),
            },
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
                  {shared.interval(formatChange(lower), formatChange(upper))}
                </span>
              ),
            },
            {
              header: columns.p,
              why: text.pWhy,
              align: 'end',
              cell: ({ adjustedP }) => <span className="text-muted">{formatP(adjustedP)}</span>,
            },
            {
              header: columns.verdict,
              cell: (measure) => (
                <span className="flex items-center gap-2">
                  <VerdictBadge verdict={measure.verdict} word={verdictWord(measure)} />
                  {measure.moreLaunches !== null && (
                    <span className="text-muted text-small">{text.more(measure.moreLaunches)}</span>
                  )}
                </span>
              ),
            },
          ]}
        />
        <Accuracy pair={pair} />
        <Notes notes={pair.notes} />
      </SectionCard>
    </div>
  )
}

/** Which tests stand behind the table; as a rule it is one. */
const testsOf = (measures: readonly ComparedMeasure[]): string =>
  [...new Set(measures.map(({ test, launches }) => text.tests[test](launches)))].join('; ')

function Notes({ notes }: { notes: readonly string[] }) {
  if (notes.length === 0) return null
  return (
    <ul className="border-line border-t px-3 py-2 text-muted first:border-0" translate="no">
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  )
}

const ACCURACY_VERDICT = {
  better: 'faster',
  worse: 'slower',
  'no-difference-shown': 'inconclusive',
} as const

function Accuracy({ pair }: { pair: ComparedPair }) {
  if (pair.accuracy.length === 0) return null
  const { columns, accuracyColumns } = text
  return (
    <div className="border-line border-t">
      <h3 className="px-3 pt-2 font-semibold text-small">{text.accuracyTitle}</h3>
      <Table
        label={text.accuracyTitle}
        rows={pair.accuracy}
        rowKey={({ metric }) => metric}
        columns={[
          { header: accuracyColumns.metric, cell: ({ metric }) => shared.metrics[metric] },
          {
            header: columns.baseline,
            align: 'end',
            cell: ({ metric, baseline }) => formatMetric(metric, baseline),
          },
          {
            header: columns.candidate,
            align: 'end',
            cell: ({ metric, candidate }) => formatMetric(metric, candidate),
          },
          {
            header: accuracyColumns.difference,
            align: 'end',
            cell: ({ metric, difference }) => (
              <span className="font-semibold">{formatDifference(metric, difference)}</span>
            ),
          },
          {
            header: columns.interval,
            align: 'end',
            cell: ({ metric, lower, upper }) => (
              <span className="text-muted">
                {shared.interval(formatDifference(metric, lower), formatDifference(metric, upper))}
              </span>
            ),
          },
          {
            header: columns.p,
            why: text.pWhy,
            align: 'end',
            cell: ({ adjustedP, p }) => (
              <span className="text-muted">{formatP(adjustedP ?? p)}</span>
            ),
          },
          {
            header: columns.verdict,
            cell: ({ verdict }) => (
              <VerdictBadge
                verdict={ACCURACY_VERDICT[verdict]}
                word={text.accuracyVerdicts[verdict]}
              />
            ),
          },
          {
            header: accuracyColumns.only,
            why: accuracyColumns.onlyWhy,
            align: 'end',
            cell: ({ onlyBaseline, onlyCandidate }) => (
              <span className="text-muted">
                {onlyBaseline === null || onlyCandidate === null
                  ? shared.none
                  : text.only(onlyBaseline, onlyCandidate)}
              </span>
            ),
          },
          {
            header: columns.test,
            cell: ({ test, items }) => (
              <span className="text-muted text-small">
                {text.accuracyTests[test]}, {formatNumber(items)}
              </span>
            ),
          },
        ]}
      />
    </div>
  )
}

const SHARES = ['accuracy', 'top-5', 'exact-match']
/** Shares differ in points of a hundred, other metrics in their own unit. */
const formatDifference = (metric: string, difference: number): string =>
  SHARES.includes(metric) ? formatChange(difference) : formatSignificant(difference)

/** Smaller ones are told apart by nobody. */
const SMALLEST_P = 0.001
function formatP(p: number | null): string {
  if (p === null) return shared.none
  return p < SMALLEST_P ? text.belowP(formatSignificant(SMALLEST_P)) : formatSignificant(p, 2)
}

/** 0.03 is '3 %'. */
export const formatDelta = (delta: number): string =>
  `${formatNumber(Math.round(delta * 1000) / 10)}\u00a0%`
