import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { z } from 'zod'
import { canonicalBytes, type Json } from '../model/canonical'
import type { MeasurementFigure, MeasurementKind } from '../model/measurement'
import { inOneGo, type Pieces } from '../model/pieces'
import { Sha256 } from './digest'
import { type Figure, Summary } from './figures'
import { BatchMeasure, LatencyMeasure, Launch, Measured, type RawSamples } from './launch'
import { HEADLINE } from './measures'
import { packDurations, unpackDurations } from './packed-durations'
import { recomputing } from './recompute'
import { BenchmarkResult } from './result'
import { asStated, rounded } from './stated'
import { summarise } from './summarise'
import { figureText, MEASURE_NAMES, metricText } from './words'

/** The kept durations of a launch, `step` as in RawSamples; packed-durations.ts reads and writes them. */
const PackedSamples = z.object({
  step: z.number().int().positive(),
  ascending: z.string().max(2_000_000),
})

/** A result without the histograms, which no figure is of, and with its durations packed. */
const PublishedResult = BenchmarkResult.extend({
  launches: z
    .array(
      Launch.extend({
        measured: Measured.extend({
          latency: LatencyMeasure.omit({ histogram: true })
            .extend({ raw: PackedSamples })
            .nullable(),
          batches: z
            .array(BatchMeasure.extend({ raw: PackedSamples.nullable() }))
            .max(16)
            .nullable(),
        }).nullable(),
      }),
    )
    .min(1)
    .max(1000),
})
type PublishedResult = z.infer<typeof PublishedResult>

/** What of a result is in a passport: what was measured, and what that says. */
export const PublishedBenchmark = z.object({
  result: PublishedResult,
  /** Numbers to 12 digits: the last bits of a logarithm differ between browsers. */
  summary: Summary,
  /** Of `result` in its canonical form: names it, and finds a change of what nothing is computed from. */
  wholeSha256: Sha256,
})
export type PublishedBenchmark = z.infer<typeof PublishedBenchmark>

/** The document about a stored result, as a measurement of a passport. */
export function publishResult(result: BenchmarkResult): { schema: string; document: Json } {
  const packed = pack(withRoundedMetrics(result))
  const document: PublishedBenchmark = {
    result: packed,
    summary: rounded(summarise(result)),
    wholeSha256: digestOf(packed),
  }
  // Without what only JavaScript knows: undefined, and objects of classes.
  return { schema: BENCHMARK_RESULT.schema, document: JSON.parse(JSON.stringify(document)) as Json }
}

/** The result of a document, as far as it is in one: its durations in ascending order, no histograms. */
export const publishedResult = (document: unknown): BenchmarkResult =>
  unpack(parse(document).result)

function* recomputingDocument(document: Json): Pieces<Json> {
  const stated = parse(document)
  yield
  const given = yield* unpacking(stated.result)
  const again = yield* recomputing(given)
  if (again.accuracy !== null && given.accuracy !== null)
    again.accuracy.metrics = asStated(given.accuracy.metrics, again.accuracy.metrics)
  const result = yield* packing(again)
  const summary = asStated(stated.summary, summarise(again))
  yield
  const wholeSha256 = yield* digesting(result)
  return { result, summary, wholeSha256 } satisfies PublishedBenchmark as unknown as Json
}

/** A benchmark result as a measurement of a passport: nothing in it is taken on trust that follows from the rest. */
export const BENCHMARK_RESULT: MeasurementKind = {
  schema: 'https://console.prometheus.store/benchmark-result/v1',

  recompute: (document) => inOneGo(recomputingDocument(document)),
  recomputing: recomputingDocument,

  measured: (document) => parse(document).result.model.files.map(({ sha256 }) => sha256),

  refusal(document) {
    const { grade, scan } = parse(document).result
    if (grade === 'C')
      return 'It was measured on a machine that was not quiet (grade C), which is never published.'
    if (scan.override !== null)
      return 'The model ran without a complete and clean scan, and such a result is never published.'
    return undefined
  },

  headline(document) {
    const { result, summary } = parse(document)
    const { suite, engine, grade, scenario } = result
    const figure = summary.figures.find(({ measure }) => measure === HEADLINE[scenario.kind])
    const said =
      figure === undefined
        ? 'no launch ended well'
        : `${MEASURE_NAMES[figure.measure]} ${figureText(figure)}`
    const accuracy = summary.accuracy.map((one) => `, ${one.metric} ${metricText(one)}`).join('')
    return `${suite.id} ${suite.version}, ${scenario.kind}, on ${engine.name} ${engine.version}: ${said}${accuracy}, ${summary.launches.counted} launches, grade ${grade}`
  },

  figures(document) {
    const { summary } = parse(document)
    return [
      ...summary.figures.map(
        (figure): MeasurementFigure => ({
          name: MEASURE_NAMES[figure.measure],
          value: figureText(figure),
          basis: launchesOf(figure),
        }),
      ),
      ...summary.accuracy.map(
        (one): MeasurementFigure => ({
          name: one.metric,
          value: metricText(one),
          basis: `${one.items} items`,
        }),
      ),
    ]
  },
}

/** A few launches promise less than 95 %. */
function launchesOf({ values, confidence }: Figure): string {
  if (confidence === null) return 'one launch, no interval'
  return `${values.length} launches, ${(confidence * 100).toFixed(1)} % interval`
}

function parse(document: unknown): PublishedBenchmark {
  const parsed = PublishedBenchmark.safeParse(document)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Error(`${issue?.path.join('.') || 'the document'}: ${issue?.message}`)
}

const digestOf = (result: PublishedResult) => inOneGo(digesting(result))

const HASHED_AT_ONCE = 256 * 1024

function* digesting(result: PublishedResult): Pieces<string> {
  const bytes = canonicalBytes(result)
  yield
  const hash = sha256.create()
  for (let at = 0; at < bytes.length; at += HASHED_AT_ONCE) {
    hash.update(bytes.subarray(at, at + HASHED_AT_ONCE))
    yield
  }
  return bytesToHex(hash.digest())
}

function withRoundedMetrics(result: BenchmarkResult): BenchmarkResult {
  const { accuracy } = result
  return { ...result, accuracy: accuracy && { ...accuracy, metrics: rounded(accuracy.metrics) } }
}

const pack = (result: BenchmarkResult): PublishedResult => inOneGo(packing(result))

function* packing(result: BenchmarkResult): Pieces<PublishedResult> {
  const launches: PublishedResult['launches'] = []
  for (const launch of result.launches) {
    launches.push(packLaunch(launch))
    yield
  }
  return { ...result, launches }
}

function packLaunch({ measured, ...launch }: Launch): PublishedResult['launches'][number] {
  const packed = ({ step, nanoseconds }: RawSamples) => ({
    step,
    ascending: packDurations(nanoseconds),
  })
  if (measured === null) return { ...launch, measured }
  const { latency, batches } = measured
  const { histogram: _, ...kept } = latency ?? { histogram: null }
  return {
    ...launch,
    measured: {
      ...measured,
      latency: latency && {
        ...(kept as Omit<typeof latency, 'histogram'>),
        raw: packed(latency.raw),
      },
      batches: batches?.map((one) => ({ ...one, raw: one.raw && packed(one.raw) })) ?? null,
    },
  }
}

const NO_HISTOGRAM = { relativeError: 0.005, zeros: 0, buckets: [] }

const unpack = (result: PublishedResult): BenchmarkResult => inOneGo(unpacking(result))

function* unpacking(result: PublishedResult): Pieces<BenchmarkResult> {
  const launches: Launch[] = []
  for (const launch of result.launches) {
    launches.push(unpackLaunch(launch))
    yield
  }
  return { ...result, launches }
}

function unpackLaunch({ measured, ...launch }: PublishedResult['launches'][number]): Launch {
  const unpacked = ({ step, ascending }: z.infer<typeof PackedSamples>): RawSamples => ({
    step,
    nanoseconds: unpackDurations(ascending),
  })
  if (measured === null) return { ...launch, measured }
  const { latency, batches } = measured
  const raw = latency && unpacked(latency.raw)
  return {
    ...launch,
    measured: {
      ...measured,
      latency: latency && raw && { ...latency, raw, histogram: NO_HISTOGRAM },
      batches: batches?.map((one) => ({ ...one, raw: one.raw && unpacked(one.raw) })) ?? null,
    },
  }
}
