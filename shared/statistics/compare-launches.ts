import { standardDeviation, variance } from './describe'
import { hodgesLehmann, hodgesLehmannShift } from './hodges-lehmann'
import { mannWhitneyTest } from './mann-whitney'
import { holm } from './multiple-tests'
import { detectableShift, pairsNeeded } from './power'
import { checkFraction, checkPairs, checkPositive, type Interval } from './sample'
import { signedRankTest } from './signed-rank'

/** What A is, next to B. */
export type ComparisonVerdict = 'faster' | 'slower' | 'equivalent' | 'inconclusive'

export interface ComparisonOptions {
  /** The smallest difference that matters in practice: 0.03 is 3 %. */
  threshold?: number
  confidence?: number
  /** `lower` for times, `higher` for rates. */
  better?: 'lower' | 'higher'
}

/** One metric of A and B, one number a launch: its median time, its throughput, its peak memory. */
export interface LaunchPair extends ComparisonOptions {
  a: readonly number[]
  b: readonly number[]
}

export interface Comparison {
  /** A over B, with its interval: 1.05 is 5 % more. */
  ratio: Interval
  p: number
  verdict: ComparisonVerdict
  /** Launches of each model; the smaller number when they differ. */
  launches: number
  /** Standard deviation of the log ratio from block to block. */
  spread: number
  /** The smallest ratio less 1 that this many launches show in four of five comparisons. */
  detectable: number
  /**
   * For an inconclusive comparison: how many more launches of each model would decide it, if the
   * difference and the spread are what they seem. null: more than anybody would wait for.
   */
  moreLaunches?: number | null
}

/**
 * Compares launches that ran side by side: a[i] and b[i] come from block i, so what slows down a
 * whole block cancels. Differences of logarithms; Hodges–Lehmann estimate with the interval that
 * inverts the exact signed-rank test, which gives p.
 *
 * The launch is the unit: iterations of one launch share its memory layout and its clock, and a
 * test over them finds differences between a model and itself.
 *
 * @throws RangeError for lists of unlike length, fewer than two blocks, or a number that is not
 *   finite and above 0.
 */
export function comparePaired(pair: LaunchPair): Comparison {
  checkPositive(pair.a, 'The list of launches of A', 2)
  checkPositive(pair.b, 'The list of launches of B', 2)
  checkPairs(pair.a, pair.b, 'Launches of A and B')
  const differences = pair.a.map((value, i) => Math.log(value) - Math.log(pair.b[i] ?? value))
  return judged(
    pair,
    hodgesLehmann(differences, confidenceOf(pair)),
    signedRankTest(differences).p,
    pair.a.length,
    standardDeviation(differences),
  )
}

/**
 * Compares launches that did not run side by side, from two runs on the same machine: Mann–Whitney
 * and the Hodges–Lehmann shift. Weaker: what changed between the runs is part of the difference.
 */
export function compareUnpaired(pair: LaunchPair): Comparison {
  checkPositive(pair.a, 'The list of launches of A', 2)
  checkPositive(pair.b, 'The list of launches of B', 2)
  const a = pair.a.map(Math.log)
  const b = pair.b.map(Math.log)
  return judged(
    pair,
    hodgesLehmannShift(a, b, confidenceOf(pair)),
    mannWhitneyTest(a, b).p,
    Math.min(a.length, b.length),
    Math.sqrt(variance(a) + variance(b)),
  )
}

/**
 * Several comparisons that are read together (metrics, or pairs of models), each with its p-value
 * adjusted by Holm's method and its verdict decided anew.
 */
export function compareTogether<Key extends string>(
  pairs: Readonly<Record<Key, LaunchPair>>,
  compare: (pair: LaunchPair) => Comparison = comparePaired,
): Record<Key, Comparison> {
  const single = (Object.entries(pairs) as [Key, LaunchPair][]).map(([key, pair]) => ({
    key,
    pair,
    ...compare(pair),
  }))
  const adjusted = holm(single.map(({ p }) => p))
  return Object.fromEntries(
    single.map(({ key, pair, ratio, launches, spread }, i) => {
      const log = {
        estimate: Math.log(ratio.estimate),
        lower: Math.log(ratio.lower),
        upper: Math.log(ratio.upper),
        confidence: ratio.confidence,
      }
      return [key, judged(pair, log, adjusted[i] ?? 1, launches, spread)]
    }),
  ) as Record<Key, Comparison>
}

const confidenceOf = ({ confidence = 0.95 }: ComparisonOptions) => confidence

function judged(
  { threshold = 0.03, confidence = 0.95, better = 'lower' }: ComparisonOptions,
  log: Interval,
  p: number,
  launches: number,
  spread: number,
): Comparison {
  checkFraction(threshold, 'The threshold')
  const alpha = 1 - confidence
  const delta = Math.log1p(threshold)
  const verdict = decide(log, p, { alpha, delta, better })
  const comparison: Comparison = {
    ratio: {
      estimate: Math.exp(log.estimate),
      lower: Math.exp(log.lower),
      upper: Math.exp(log.upper),
      confidence: log.confidence,
    },
    p,
    verdict,
    launches,
    spread,
    detectable: Math.expm1(detectableShift(spread, launches, { alpha })),
  }
  if (verdict !== 'inconclusive') return comparison
  // Beyond the threshold the test has to see the difference; within, the interval has to fit.
  const size = Math.abs(log.estimate)
  const needed = pairsNeeded(spread, size > delta ? size : delta - size, { alpha })
  return { ...comparison, moreLaunches: needed && Math.max(1, needed - launches) }
}

function decide(
  log: Interval,
  p: number,
  { alpha, delta, better }: { alpha: number; delta: number; better: 'lower' | 'higher' },
): ComparisonVerdict {
  if (p <= alpha && Math.abs(log.estimate) > delta)
    return log.estimate < 0 === (better === 'lower') ? 'faster' : 'slower'
  // A handful of launches cannot reach the confidence, however alike they are.
  const sure = log.confidence >= 1 - alpha - 1e-9
  return sure && log.lower >= -delta && log.upper <= delta ? 'equivalent' : 'inconclusive'
}
