import { gradeOf } from './grade'
import { earlyStopping, summaryOf } from './latency-summary'
import type { Launch, Measured } from './launch'
import { HEADLINE } from './measures'
import { confusionOf, metricValue } from './metrics'
import { isNoisy } from './noisy'
import { BenchmarkResult } from './result'
import { figureOf } from './summarise'
import { figureText, MEASURE_NAMES } from './words'

/**
 * A benchmark result as a measurement of a passport (MeasurementKind of shared/model): every figure
 * in it is derived again from what was measured, so that whoever changes one is found out.
 */
export const BENCHMARK_RESULT = {
  schema: 'https://console.prometheus.store/benchmark-result/v1',

  /** The document with everything that follows from its raw launches computed anew. */
  recompute(document: unknown): BenchmarkResult {
    const result = parse(document)
    const launches = result.launches.map((launch) => recomputedLaunch(launch, result))
    const { accuracy } = result
    return {
      ...result,
      launches,
      accuracy: accuracy && {
        ...accuracy,
        metrics: accuracy.metrics.map(({ metric }) => ({
          metric,
          value: metricValue(metric, accuracy.predictions),
        })),
        confusion: accuracy.confusion && confusionOf(accuracy.predictions),
      },
      grade: gradeOf(launches, result.quiet),
    }
  },

  measured: (document: unknown): readonly string[] =>
    parse(document).model.files.map(({ sha256 }) => sha256),

  /** Why it must not leave this workspace; undefined when it may. */
  refusal(document: unknown): string | undefined {
    const { grade, scan } = parse(document)
    if (grade === 'C')
      return 'It was measured on a machine that was not quiet (grade C), which is never published.'
    if (scan.override !== null)
      return 'The model ran without a complete and clean scan, and such a result is never published.'
    return undefined
  },

  headline(document: unknown): string {
    const { suite, engine, grade, launches, scenario } = parse(document)
    const measure = HEADLINE[scenario.kind]
    const figure = figureOf(launches, measure)
    const said =
      figure === undefined
        ? 'no launch ended well'
        : `${MEASURE_NAMES[measure]} ${figureText(figure)}`
    return `${suite.id} ${suite.version} on ${engine.name} ${engine.version}: ${said}, ${launches.length} launches, grade ${grade}`
  },
}

function parse(document: unknown): BenchmarkResult {
  const parsed = BenchmarkResult.safeParse(document)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Error(`${issue?.path.join('.') || 'the document'}: ${issue?.message}`)
}

function recomputedLaunch(
  launch: Launch,
  { scenario, engine }: Pick<BenchmarkResult, 'scenario' | 'engine'>,
): Launch {
  const { measured } = launch
  if (measured === null) return { ...launch, noisy: false }
  return {
    ...launch,
    noisy: isNoisy(measured, scenario.kind, engine.threads),
    measured: recomputedFigures(measured),
  }
}

function recomputedFigures(measured: Measured): Measured {
  const { latency, batches, generation } = measured
  return {
    ...measured,
    latency: latency && {
      ...latency,
      summary: summaryOf(latency.raw.nanoseconds),
      earlyStopping: earlyStopping(latency.raw.nanoseconds, latency.earlyStopping.percentile),
    },
    batches:
      batches?.map((batch) =>
        batch.raw === null ? batch : { ...batch, summary: summaryOf(batch.raw.nanoseconds) },
      ) ?? null,
    generation: generation && {
      ...generation,
      ttft: summaryOf(generation.queries.map(({ ttftNs }) => ttftNs)),
      tpot: summaryOf(generation.queries.map(({ tpotNs }) => Math.round(tpotNs ?? 0))),
    },
  }
}
