import { bradleyTerry, type Game } from '@shared/statistics/bradley-terry'
import { adjustForMachines, type CrossResult } from '@shared/statistics/machine-adjusted'
import { createRandom } from '@shared/statistics/random'
import { kendallTau, rankIntervals } from '@shared/statistics/rank-agreement'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import reference from '../../fixtures/statistics/reference.json'
import { close } from './close'

const cells = reference.twoWay.cells.map(
  ([model, machine, value]): CrossResult => ({
    model: String(model),
    machine: String(machine),
    value: Number(value),
  }),
)

describe('models on unlike machines', () => {
  it('are placed as by dense least squares', () => {
    const [group, ...others] = adjustForMachines(cells, { resamples: 100 })
    expect(others).toEqual([])
    for (const { model, ratio } of group?.models ?? [])
      close(ratio.estimate, reference.twoWay.ratios[Number(model.slice(1))])
  })

  it('gain nothing from fast machines', () => {
    const [group] = adjustForMachines([
      { model: 'good', machine: 'slow', value: 100 },
      { model: 'fair', machine: 'slow', value: 120 },
      { model: 'fair', machine: 'fast', value: 12 },
      { model: 'poor', machine: 'fast', value: 15 },
    ])
    expect(group?.models.map(({ model }) => model)).toEqual(['good', 'fair', 'poor'])
    const factors = group?.machines.map(({ factor }) => factor) ?? []
    close((factors[1] ?? 0) / (factors[0] ?? 1), 10)
  })

  it('are ranked apart when no machine connects them', () => {
    const groups = adjustForMachines([
      { model: 'a', machine: '1', value: 1 },
      { model: 'b', machine: '1', value: 2 },
      { model: 'c', machine: '2', value: 3 },
    ])
    expect(groups.map(({ models }) => models.map(({ model }) => model))).toEqual([
      ['a', 'b'],
      ['c'],
    ])
    expect(groups[1]?.models[0]).toMatchObject({
      ratio: { estimate: 1 },
      rank: { best: 1, worst: 1 },
    })
  })

  it('have an open rank after one machine', () => {
    const [group] = adjustForMachines([
      { model: 'a', machine: '1', value: 1 },
      { model: 'b', machine: '1', value: 50 },
    ])
    expect(group?.models[1]).toMatchObject({
      machines: 1,
      ratio: { lower: 0, upper: Number.POSITIVE_INFINITY },
      rank: { best: 1, worst: 2 },
    })
  })

  it('keep their places when a machine gets faster or the unit changes', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 100, noNaN: true }), (factor) => {
        const rescaled = cells.map((cell) =>
          cell.machine === 'h0' ? { ...cell, value: cell.value * factor } : cell,
        )
        const [before] = adjustForMachines(cells, { resamples: 100 })
        const [after] = adjustForMachines(rescaled, { resamples: 100 })
        before?.models.forEach(({ ratio }, i) => {
          close(after?.models[i]?.ratio.estimate ?? 0, ratio.estimate)
          close(after?.models[i]?.ratio.upper ?? 0, ratio.upper)
        })
      }),
      { numRuns: 20 },
    )
  })

  it('do not depend on the order of results', () => {
    const shuffled = createRandom(3).shuffle(cells)
    const options = { resamples: 100 }
    expect(adjustForMachines(shuffled, options)).toEqual(adjustForMachines(cells, options))
  })
})

describe('models that met in pairs', () => {
  const games = reference.bradleyTerry.games.map(
    ([a, b, score]): Game => ({ a: String(a), b: String(b), score: Number(score) }),
  )

  it('are rated as by a general optimiser, with the sandwich error', () => {
    const [group] = bradleyTerry(games)
    expect(group?.determined).toBe(true)
    for (const { model, rating } of group?.ratings ?? []) {
      const i = Number(model.slice(1))
      close(rating.estimate, reference.bradleyTerry.ratings[i])
      close((rating.upper - rating.lower) / 2 / 1.959963984540054, reference.bradleyTerry.errors[i])
    }
  })

  it('change places with their results', () => {
    const [group] = bradleyTerry(games.map((game) => ({ ...game, score: 1 - game.score })))
    const [straight] = bradleyTerry(games)
    expect(group?.ratings.map(({ model }) => model)).toEqual(
      straight?.ratings.map(({ model }) => model).toReversed(),
    )
  })

  it('have no limit to their lead when they never lost', () => {
    const [group] = bradleyTerry([
      { a: 'a', b: 'b', score: 1 },
      { a: 'a', b: 'b', score: 1 },
    ])
    expect(group?.determined).toBe(false)
    expect(group?.ratings[0]).toMatchObject({
      model: 'a',
      rating: { upper: Number.POSITIVE_INFINITY },
      rank: { best: 1, worst: 2 },
    })
  })

  it('get wider intervals when their games hang together', () => {
    const clustered = games.map((game, i) => ({ ...game, cluster: String(i % 4) }))
    const twice = [...games, ...games].map((game, i) => ({
      ...game,
      cluster: String(i % games.length),
    }))
    const width = (of: Game[]) => {
      const { lower, upper } = bradleyTerry(of)[0]?.ratings[0]?.rating ?? { lower: 0, upper: 0 }
      return upper - lower
    }
    expect(width(clustered)).not.toBe(width(games))
    // The same games told twice are no more evidence.
    close(width(twice), width(games), 1e-6)
  })

  it('are rated apart when they never met, and refuse what is no game', () => {
    const groups = bradleyTerry([
      { a: 'a', b: 'b', score: 0.5 },
      { a: 'c', b: 'd', score: 0.5 },
    ])
    expect(groups.map(({ ratings }) => ratings.length)).toEqual([2, 2])
    expect(() => bradleyTerry([{ a: 'a', b: 'a', score: 1 }])).toThrow('Game 0 is a against a')
    expect(() => bradleyTerry([{ a: 'a', b: 'b', score: 2 }])).toThrow('score from 0 to 1')
  })
})

describe('rankings', () => {
  it('agree by tau-b', () => {
    const { a, b, tau } = reference.kendall
    close(kendallTau(a, b), tau)
    close(
      kendallTau(
        a,
        a.map((x) => -x),
      ),
      -1,
    )
    expect(() => kendallTau([1, 1], [1, 2])).toThrow('no order')
  })

  it('are intervals: overlapping models share places', () => {
    const intervals = [
      { lower: 1, upper: 2 },
      { lower: 1.5, upper: 3 },
      { lower: 4, upper: 5 },
    ]
    expect(rankIntervals(intervals, 'lower')).toEqual([
      { best: 1, worst: 2 },
      { best: 1, worst: 2 },
      { best: 3, worst: 3 },
    ])
    expect(rankIntervals(intervals, 'higher')[2]).toEqual({ best: 1, worst: 1 })
  })

  it('have a place for everybody, and a best that is not below the worst', () => {
    const interval = fc
      .tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 20 }))
      .map(([lower, width]) => ({ lower, upper: lower + width }))
    fc.assert(
      fc.property(fc.array(interval, { minLength: 1 }), (intervals) => {
        const ranks = rankIntervals(intervals, 'lower')
        return (
          ranks.every(({ best, worst }) => 1 <= best && best <= worst && worst <= ranks.length) &&
          ranks.some(({ best }) => best === 1)
        )
      }),
    )
  })
})
