import { z } from 'zod'
import { MEASURES } from './measures'
import { METRICS } from './scales'

/**
 * Of the candidate against the baseline. Equivalent: the whole interval lies within the practical
 * threshold. Inconclusive: neither is shown yet.
 */
export const VERDICTS = ['faster', 'slower', 'equivalent', 'inconclusive'] as const
export const ComparisonVerdict = z.enum(VERDICTS)
export type ComparisonVerdict = z.infer<typeof ComparisonVerdict>

/**
 * One measure of two models. "Faster" is "better" for every measure: for memory it means less. The
 * unit of the test is the launch, never the query.
 */
export const ComparedMeasure = z.object({
  measure: z.enum(MEASURES),
  /** Blocks of one interleaved job are pairs; results of different jobs are two samples. */
  test: z.enum(['wilcoxon', 'mann-whitney']),
  /** Pairs, or launches of the smaller side. */
  launches: z.number().int(),
  /** Candidate over baseline minus 1 (Hodges–Lehmann on logarithms): 0.05 is 5 % more. */
  effect: z.number(),
  lower: z.number(),
  upper: z.number(),
  p: z.number(),
  /** After Holm, over all measures and candidates of this comparison. */
  adjustedP: z.number(),
  verdict: ComparisonVerdict,
  /** How many more launches of each would probably decide; null where it is decided, or no number would. */
  moreLaunches: z.number().int().nullable(),
})
export type ComparedMeasure = z.infer<typeof ComparedMeasure>

/** Two models on the same items. */
export const ComparedAccuracy = z.object({
  metric: z.enum(METRICS),
  test: z.enum(['mcnemar', 'delong', 'paired-bootstrap']),
  items: z.number().int(),
  baseline: z.number(),
  candidate: z.number(),
  /** Candidate minus baseline, in the unit of the metric. */
  difference: z.number(),
  lower: z.number(),
  upper: z.number(),
  p: z.number().nullable(),
  adjustedP: z.number().nullable(),
  /** Right only in the baseline, right only in the candidate; null where nothing is right or wrong. */
  onlyBaseline: z.number().int().nullable(),
  onlyCandidate: z.number().int().nullable(),
  verdict: z.enum(['better', 'worse', 'no-difference-shown']),
})
export type ComparedAccuracy = z.infer<typeof ComparedAccuracy>

export const ComparedPair = z.object({
  /** Positions in `Comparison.results`. */
  baseline: z.number().int(),
  candidate: z.number().int(),
  measures: z.array(ComparedMeasure),
  accuracy: z.array(ComparedAccuracy),
  /** Why something was not compared: other machines, other data, no common blocks. */
  notes: z.array(z.string()),
})
export type ComparedPair = z.infer<typeof ComparedPair>

export const BenchmarkComparison = z.object({
  schemaVersion: z.literal(1),
  /** The first is the baseline. */
  results: z
    .array(z.object({ resultId: z.string(), name: z.string() }))
    .min(2)
    .max(5),
  /** Differences below this part are not worth a word: 0.03 is 3 %. */
  practicalDelta: z.number(),
  /** Each other result against the first. */
  pairs: z.array(ComparedPair),
  /** Results nobody beats in accuracy, p90 and memory at once; positions in `results`. */
  paretoFront: z.array(z.number().int()),
})
export type BenchmarkComparison = z.infer<typeof BenchmarkComparison>
