// The short form of `npm run sim:statistics`: the same worlds, fewer of them.
import { describe, expect, it } from 'vitest'
import {
  LOADED,
  QUIET,
  simulateComparisons,
  simulateEarlyStopping,
  simulateHistory,
  simulateLeaderboard,
} from '../../fixtures/statistics/simulations'

const seed = 7

describe('in worlds in which the truth is known', () => {
  it('a model is hardly ever told from itself', () => {
    for (const noise of [QUIET, LOADED]) {
      const result = simulateComparisons(noise, { ratio: 1, trials: 300, seed })
      expect(result.significant).toBeLessThanOrEqual(0.08)
      expect(result.different).toBeLessThanOrEqual(0.01)
      expect(result.covered).toBeGreaterThan(0.92)
    }
  })

  it('a twin that does 5 % more work is called slower, by about 5 %', () => {
    const quiet = simulateComparisons(QUIET, { ratio: 1.05, trials: 300, seed })
    expect(quiet.slower).toBeGreaterThanOrEqual(0.95)
    expect(Math.abs(quiet.estimate - 0.05)).toBeLessThan(0.015)
    const loaded = simulateComparisons(LOADED, { ratio: 1.05, trials: 300, seed })
    expect(loaded.slower).toBeGreaterThanOrEqual(0.8)
    expect(Math.abs(loaded.estimate - 0.05)).toBeLessThan(0.015)
    expect(quiet.faster + loaded.faster).toBe(0)
  })

  it('a leaderboard over unlike machines has the true order and honest intervals', () => {
    const board = simulateLeaderboard({ trials: 25, seed, resamples: 200 })
    expect(board.adjustedTau).toBeGreaterThanOrEqual(0.99)
    expect(board.pooledTau).toBeLessThan(0.9)
    expect(board.coverage).toBeGreaterThanOrEqual(0.9)
    expect(board.rankCoverage).toBeGreaterThanOrEqual(0.95)
  })

  it('early stopping does not promise too little', () => {
    expect(simulateEarlyStopping({ trials: 500, seed, queries: 300 })).toBeGreaterThan(0.97)
  })

  it('a history alerts when it changes and not when it does not', () => {
    const history = simulateHistory({ trials: 25, seed, ratio: 1.05, cv: 0.01 })
    expect(history.falseAlerts).toBeLessThanOrEqual(0.05)
    expect(history.falsePoints).toBeLessThanOrEqual(0.05)
    expect(history.alerted).toBeGreaterThanOrEqual(0.9)
    expect(history.located).toBeGreaterThanOrEqual(0.9)
  })
})
