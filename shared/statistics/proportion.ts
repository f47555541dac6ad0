import { binomialPmf, binomialTails, hypergeometricPmf, normalWidth } from './distributions'
import { checkCount, checkFraction, type Interval } from './sample'

/** Wilson's score interval of a proportion; holds near 0 and 1, where ± 2 errors does not. 1927. */
export function wilsonInterval(successes: number, trials: number, confidence = 0.95): Interval {
  checkCount(trials, 'The number of trials', 1)
  checkCount(successes, 'The number of successes')
  checkFraction(confidence, 'The confidence')
  if (successes > trials)
    throw new RangeError(`There are ${successes} successes in only ${trials} trials.`)
  const z = normalWidth(confidence)
  const estimate = successes / trials
  const factor = 1 / (1 + (z * z) / trials)
  const centre = factor * (estimate + (z * z) / (2 * trials))
  const half =
    factor * z * Math.sqrt((estimate * (1 - estimate)) / trials + (z * z) / (4 * trials * trials))
  return {
    estimate,
    lower: successes === 0 ? 0 : Math.max(0, centre - half),
    upper: successes === trials ? 1 : Math.min(1, centre + half),
    confidence,
  }
}

export interface McNemarOptions {
  /** Counts the observed split half: less conservative, still close to its level (Fagerland 2013). */
  midP?: boolean
}

/**
 * McNemar's exact test for two models on the same items, two-sided. Only items on which exactly
 * one of the two is right say anything.
 * @param onlyA items that A alone has right. @param onlyB items that B alone has right.
 */
export function mcnemarTest(
  onlyA: number,
  onlyB: number,
  { midP = false }: McNemarOptions = {},
): { p: number; discordant: number } {
  checkCount(onlyA, 'The number of items only A has right')
  checkCount(onlyB, 'The number of items only B has right')
  const discordant = onlyA + onlyB
  const fewer = Math.min(onlyA, onlyB)
  const tail = binomialTails(fewer, discordant, 0.5).lower
  const p = midP ? 2 * tail - binomialPmf(fewer, discordant, 0.5) : 2 * tail
  return { p: Math.min(1, p), discordant }
}

/** Some of many: 45 right answers of 50. */
export interface Share {
  successes: number
  trials: number
}

/**
 * Difference of two independent proportions, first less second, with Newcombe's hybrid score
 * interval (Newcombe 1998, method 10). For the same items use McNemar and the paired bootstrap.
 */
export function proportionDifference(first: Share, second: Share, confidence = 0.95): Interval {
  const a = wilsonInterval(first.successes, first.trials, confidence)
  const b = wilsonInterval(second.successes, second.trials, confidence)
  const estimate = a.estimate - b.estimate
  return {
    estimate,
    lower: estimate - Math.hypot(a.estimate - a.lower, b.upper - b.estimate),
    upper: estimate + Math.hypot(a.upper - a.estimate, b.estimate - b.lower),
    confidence,
  }
}

/**
 * Fisher's exact test that two independent proportions are equal, two-sided: the chance of every
 * table no more likely than the one observed, totals fixed.
 */
export function fisherExactTest(first: Share, second: Share): number {
  for (const { successes, trials } of [first, second]) wilsonInterval(successes, trials)
  const marked = first.successes + second.successes
  const unmarked = first.trials + second.trials - marked
  const mass = (k: number) => hypergeometricPmf(k, marked, unmarked, first.trials)
  // Tables equally likely may differ in their last digits.
  const observed = mass(first.successes) * (1 + 1e-7)
  let p = 0
  for (let k = 0; k <= Math.min(marked, first.trials); k++) if (mass(k) <= observed) p += mass(k)
  return Math.min(1, p)
}
