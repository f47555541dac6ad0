import { mannWhitneyTest } from './mann-whitney'
import { median } from './quantile'
import { createRandom, deriveSeed } from './random'
import { checkCount, checkFraction, checkPositive } from './sample'

export interface ChangePoint {
  /** The first run of the new level, from 0. */
  index: number
  p: number
  /** Median of the new level over that of the old: 1.05 is 5 % more. */
  ratio: number
}

export interface ChangePointOptions {
  /** The smallest change that matters: 0.03 is 3 %. */
  threshold?: number
  significance?: number
  /** Runs a level has to last. */
  shortest?: number
  permutations?: number
  seed?: number
}

/**
 * Where the level of a history changed: one number a run, its median over launches, oldest first.
 *
 * E-divisive (Matteson and James 2014): the split with the largest energy distance between both
 * sides, tested by permuting the runs of the segment; then both sides again. On logarithms, so a
 * change is a ratio. Changes below the threshold are left out of the answer.
 */
export function changePoints(
  history: readonly number[],
  {
    threshold = 0.03,
    significance = 0.01,
    shortest = 5,
    permutations = 499,
    seed = 1,
  }: ChangePointOptions = {},
): ChangePoint[] {
  checkPositive(history, 'The history', 0)
  checkFraction(threshold, 'The threshold')
  checkCount(shortest, 'The shortest level', 2)
  const logs = history.map(Math.log)
  const random = createRandom(deriveSeed(seed, 'change points'))
  const found: { index: number; p: number }[] = []
  const open: [start: number, end: number][] = [[0, logs.length]]
  for (let segment = open.pop(); segment; segment = open.pop()) {
    const [start, end] = segment
    if (end - start < 2 * shortest) continue
    const values = logs.slice(start, end)
    const split = bestSplit(values, shortest)
    let asLarge = 0
    for (let i = 0; i < permutations; i++)
      if (bestSplit(random.shuffle(values), shortest).energy >= split.energy) asLarge++
    const p = (asLarge + 1) / (permutations + 1)
    if (p > significance) continue
    found.push({ index: start + split.at, p })
    open.push([start, start + split.at], [start + split.at, end])
  }
  found.sort((a, b) => a.index - b.index)
  return found
    .map(({ index, p }, i) => {
      const before = logs.slice(found[i - 1]?.index ?? 0, index)
      const after = logs.slice(index, found[i + 1]?.index ?? logs.length)
      return { index, p, ratio: Math.exp(median(after) - median(before)) }
    })
    .filter(({ ratio }) => Math.abs(Math.log(ratio)) > Math.log1p(threshold))
}

/**
 * The split with the largest scaled energy distance
 * mn/(m + n) (2 E|X − Y| − E|X − X'| − E|Y − Y'|), all splits in O(n²).
 */
function bestSplit(values: readonly number[], shortest: number): { at: number; energy: number } {
  const n = values.length
  const distance = (i: number, j: number) => Math.abs((values[i] ?? 0) - (values[j] ?? 0))
  let inside = 0
  let across = 0
  let beyond = 0
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) beyond += distance(i, j)
  let best = { at: shortest, energy: Number.NEGATIVE_INFINITY }
  for (let at = 1; at <= n - shortest; at++) {
    // Run at − 1 changes sides.
    let toLeft = 0
    let toRight = 0
    for (let j = 0; j < at - 1; j++) toLeft += distance(at - 1, j)
    for (let j = at; j < n; j++) toRight += distance(at - 1, j)
    inside += toLeft
    across += toRight - toLeft
    beyond -= toRight
    if (at < shortest) continue
    const m = at
    const k = n - at
    const energy =
      ((m * k) / n) *
      ((2 * across) / (m * k) - (2 * inside) / (m * (m - 1)) - (2 * beyond) / (k * (k - 1)))
    if (energy > best.energy) best = { at, energy }
  }
  return best
}

export interface ChangeAlertOptions {
  threshold?: number
  significance?: number
  recent?: number
  previous?: number
  /** Runs in a row that have to agree. */
  confirmations?: number
}

/**
 * The alert for a history that grows: is the level now another one? At each run the last `recent`
 * runs are tested against the `previous` before them (Mann–Whitney), the medians have to differ
 * by more than the threshold, and that on consecutive runs in the same direction. Every run is
 * tested, so the level of one test has to be far below that of an alert: .001.
 *
 * @returns the runs at which an alert is raised, from 0: one for each change, not one a run.
 */
export function changeAlerts(
  history: readonly number[],
  {
    threshold = 0.03,
    significance = 0.001,
    recent = 5,
    previous = 20,
    confirmations = 2,
  }: ChangeAlertOptions = {},
): ChangePoint[] {
  checkPositive(history, 'The history', 0)
  checkFraction(threshold, 'The threshold')
  const logs = history.map(Math.log)
  const alerts: ChangePoint[] = []
  let agreeing = 0
  for (let end = recent + previous; end <= logs.length; end++) {
    const now = logs.slice(end - recent, end)
    const before = logs.slice(end - recent - previous, end - recent)
    const shift = median(now) - median(before)
    const { p } = mannWhitneyTest(now, before)
    const changed = p <= significance && Math.abs(shift) > Math.log1p(threshold)
    const direction = changed ? Math.sign(shift) : 0
    agreeing =
      direction === 0 ? 0 : Math.sign(agreeing) === direction ? agreeing + direction : direction
    if (Math.abs(agreeing) === confirmations)
      alerts.push({ index: end - 1, p, ratio: Math.exp(shift) })
  }
  return alerts
}
