// `npm run sim:statistics [-- --seed N]`: what the statistics of benchmarks say about worlds in which
// the truth is known. Seeded; prints every figure with its bar, exit 1 when one is missed.
import { parseArgs } from 'node:util'
import { minimumQueries } from '@shared/statistics/early-stopping'
import {
  INDEPENDENT,
  LOADED,
  QUIET,
  STORM,
  simulateComparisons,
  simulateEarlyStopping,
  simulateHistory,
  simulateLeaderboard,
} from '../fixtures/statistics/simulations'

const { values } = parseArgs({ options: { seed: { type: 'string', default: '20261129' } } })
const seed = Number(values.seed)
if (!Number.isSafeInteger(seed)) throw new RangeError(`--seed ${values.seed} is no whole number.`)

let missed = 0

function figure(name: string, value: string, bar?: { met: boolean; says: string }): void {
  const verdict = bar ? `${bar.met ? 'ok    ' : 'MISSED'} ${bar.says}` : ''
  console.log(`  ${name.padEnd(58)} ${value.padStart(18)}   ${verdict}`.trimEnd())
  if (bar && !bar.met) missed++
}

const percent = (share: number, digits = 1) => `${(100 * share).toFixed(digits)} %`
const atMost = (value: number, limit: number) => ({
  met: value <= limit,
  says: `<= ${percent(limit)}`,
})
const atLeast = (value: number, limit: number) => ({
  met: value >= limit,
  says: `>= ${percent(limit)}`,
})

console.log(`Seed ${seed}\n\n(a) A model against itself, 10 launches, 4000 comparisons each`)
for (const noise of [QUIET, INDEPENDENT, LOADED, STORM]) {
  const result = simulateComparisons(noise, { ratio: 1, trials: 4000, seed })
  figure(`${noise.name}: p <= .05`, percent(result.significant), atMost(result.significant, 0.08))
  figure(`${noise.name}: interval holds 1`, percent(result.covered), atLeast(result.covered, 0.94))
  // Bars are for the 200 comparisons of launches as they are.
  figure(`${noise.name}: called faster or slower`, percent(result.different, 2))
  figure(`${noise.name}: called equivalent`, percent(result.equivalent))
}
const twoHundred = simulateComparisons(QUIET, { ratio: 1, trials: 200, seed: seed + 1 })
figure('200 comparisons, quiet: a difference beyond the threshold', percent(twoHundred.different), {
  met: twoHundred.different === 0,
  says: 'none',
})

console.log('\n(b) A twin that does 5 % more work, 10 launches, 2000 comparisons each')
for (const [noise, bar] of [
  [QUIET, 0.95],
  [INDEPENDENT, 0.95],
  [LOADED, 0.8],
  [STORM, undefined],
] as const) {
  const result = simulateComparisons(noise, { ratio: 1.05, trials: 2000, seed })
  figure(
    `${noise.name}: called slower`,
    percent(result.slower),
    bar ? atLeast(result.slower, bar) : undefined,
  )
  figure(`${noise.name}: called faster`, percent(result.faster, 2), atMost(result.faster, 0.001))
  figure(`${noise.name}: called equivalent`, percent(result.equivalent, 2))
  figure(`${noise.name}: median estimate`, percent(result.estimate, 2), {
    met: Math.abs(result.estimate - 0.05) <= 0.015,
    says: '5 % ± 1.5 points',
  })
  figure(
    `${noise.name}: middle 90 % of estimates`,
    `${percent(result.low, 2)} … ${percent(result.high, 2)}`,
  )
  figure(`${noise.name}: estimates within 1.5 points`, percent(result.near))
}

for (const [machines, filled, tau] of [
  [30, 0.35, 0.99],
  [8, 0.4, undefined],
] as const) {
  console.log(
    `\n(c) 12 models on ${machines} unlike machines (sd .7), ${percent(filled, 0)} filled, 500 simulations`,
  )
  const board = simulateLeaderboard({ trials: 500, seed, machines, filled })
  figure('Kendall tau, median over machines', board.pooledTau.toFixed(3))
  figure(
    'Kendall tau, adjusted for machines',
    board.adjustedTau.toFixed(4),
    tau && { met: board.adjustedTau >= tau, says: `>= ${tau}` },
  )
  figure('intervals that hold the truth', percent(board.coverage), atLeast(board.coverage, 0.92))
  figure(
    'rank intervals that hold the true rank',
    percent(board.rankCoverage),
    atLeast(board.rankCoverage, 0.95),
  )
  figure('ranks an interval leaves open, on average', board.openRanks.toFixed(2))
}

console.log('\n(d) MLPerf early stopping')
for (const [percentile, published] of [
  [0.9, 64],
  [0.95, 130],
  [0.97, 219],
  [0.99, 662],
  [0.999, 6636],
] as const) {
  const queries = minimumQueries(percentile)
  figure(`fewest queries for p${100 * percentile}`, String(queries), {
    met: queries === published,
    says: `= ${published}`,
  })
}
for (const queries of [64, 300, 1000]) {
  const share = simulateEarlyStopping({ trials: 4000, seed, queries })
  figure(`p90 not underestimated, ${queries} queries`, percent(share), atLeast(share, 0.985))
}

for (const [cv, ratio, detected] of [
  [0.01, 1.05, 0.95],
  [0.01, 0.95, 0.95],
  [0.03, 1.15, 0.9],
] as const) {
  const history = simulateHistory({ trials: 300, seed, ratio, cv })
  console.log(
    `\n(e) 300 histories of runs that vary by ${percent(cv, 0)}, change ×${ratio} after 30`,
  )
  figure('alerts in 100 runs without a change', history.falseAlerts.toFixed(3), {
    met: history.falseAlerts <= 0.05,
    says: '<= 0.05',
  })
  figure('alerted within 15 runs', percent(history.alerted), atLeast(history.alerted, detected))
  figure('runs until the alert, median', history.delay.toFixed(0))
  figure(
    'change points in 30 runs without a change',
    percent(history.falsePoints),
    atMost(history.falsePoints, 0.03),
  )
  figure('located within 2 runs', percent(history.located), atLeast(history.located, 0.9))
}

console.log(missed === 0 ? '\nEvery bar is met.' : `\n${missed} bars are missed.`)
process.exitCode = missed === 0 ? 0 : 1
