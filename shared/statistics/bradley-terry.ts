import { connectedGroups } from './connected-groups'
import { normalWidth } from './distributions'
import { cholesky, invertCholesky, type Matrix, multiply, solveCholesky } from './linear-algebra'
import { type RankInterval, rankIntervals } from './rank-agreement'
import { checkFraction, type Interval } from './sample'

/** One comparison of two models. */
export interface Game {
  a: string
  b: string
  /** 1: a is better. 0: b is better. ½: a draw. */
  score: number
  weight?: number
  /** Games that are not independent, such as those on one machine, share a name. */
  cluster?: string
}

export interface Rating {
  model: string
  games: number
  /** In Elo points: 400 more are odds of 10 to 1. The mean of the group is 1000. */
  rating: Interval
  rank: RankInterval
}

export interface RatedGroup {
  /** Best first. */
  ratings: Rating[]
  /**
   * false when some models never lost to the others: their lead has no upper limit, so the
   * ratings only give an order and the intervals are infinite.
   */
  determined: boolean
}

const POINTS = 400 / Math.LN10
const CENTRE = 1000
/** Keeps ratings finite when a group is not determined; in units of the mean log-likelihood. */
const RIDGE = 1e-5

/**
 * Bradley–Terry ratings: P[a beats b] = 1/(1 + e^(θb − θa)), by Newton's method, with the sandwich
 * covariance H⁻¹ G H⁻¹, which also holds when games are not what the model says. Scale, start and
 * ridge as arena-rank (LMArena). Groups that no game connects are rated apart.
 *
 * @throws RangeError for a score outside [0, 1], a weight that is not above 0, or a model that
 *   plays itself.
 */
export function bradleyTerry(games: readonly Game[], confidence = 0.95): RatedGroup[] {
  checkFraction(confidence, 'The confidence')
  games.forEach(({ a, b, score, weight = 1 }, i) => {
    if (!(score >= 0 && score <= 1) || !(weight > 0 && Number.isFinite(weight)) || a === b)
      throw new RangeError(
        `Game ${i} is ${a} against ${b} with score ${score} and weight ${weight}; it needs two models, a score from 0 to 1 and a weight above 0.`,
      )
  })
  const names = [...new Set(games.flatMap(({ a, b }) => [a, b]))].sort()
  const numbers = new Map(names.map((name, i) => [name, i]))
  const links = games.map(({ a, b }) => [numbers.get(a) ?? 0, numbers.get(b) ?? 0] as const)
  return connectedGroups(names.length, links).map((members) => {
    const own = members.map((i) => names[i] ?? '')
    const inside = new Map(own.map((name, i) => [name, i]))
    const numbered = games
      .filter(({ a }) => inside.has(a))
      .map(({ a, b, score, weight = 1, cluster }, i) => ({
        a: inside.get(a) ?? 0,
        b: inside.get(b) ?? 0,
        score,
        weight,
        cluster: cluster ?? i,
      }))
    return rateGroup(own, numbered, confidence)
  })
}

interface NumberedGame {
  a: number
  b: number
  score: number
  weight: number
  cluster: string | number
}

function rateGroup(names: string[], games: NumberedGame[], confidence: number): RatedGroup {
  const size = names.length
  const total = games.reduce((sum, { weight }) => sum + weight, 0)
  const theta = new Float64Array(size)
  let inverse: Matrix = new Float64Array(size * size)
  for (let step = 0; step < 100; step++) {
    const { gradient, curvature } = derivatives(theta, games, RIDGE * total)
    const factor = cholesky(curvature, size)
    if (!factor) throw new RangeError('The games do not determine any ratings.')
    inverse = invertCholesky(factor, size)
    const move = solveCholesky(factor, size, gradient)
    // A long step overshoots where the likelihood is flat.
    const scale = Math.min(1, 2 / move.reduce((most, value) => Math.max(most, Math.abs(value)), 0))
    move.forEach((value, i) => {
      theta[i] = (theta[i] ?? 0) + scale * value
    })
    if (move.every((value) => Math.abs(value) < 1e-12)) break
  }
  const covariance = multiply(multiply(inverse, scoreSpread(theta, games), size), inverse, size)
  const determined = isDetermined(size, games)
  const width = determined ? normalWidth(confidence) : Number.POSITIVE_INFINITY
  const intervals = names.map((_, i): Interval => {
    const estimate = CENTRE + POINTS * (theta[i] ?? 0)
    const error = POINTS * Math.sqrt(Math.max(covariance[i * size + i] ?? 0, Number.MIN_VALUE))
    return {
      estimate,
      lower: estimate - width * error,
      upper: estimate + width * error,
      confidence,
    }
  })
  const ranks = rankIntervals(intervals, 'higher')
  const ratings = names.map((model, i) => ({
    model,
    games: games.filter(({ a, b }) => a === i || b === i).length,
    rating: intervals[i] ?? { estimate: CENTRE, lower: CENTRE, upper: CENTRE, confidence },
    rank: ranks[i] ?? { best: 1, worst: size },
  }))
  ratings.sort((first, second) => second.rating.estimate - first.rating.estimate)
  return { ratings, determined }
}

const chance = (theta: Float64Array, { a, b }: NumberedGame) =>
  1 / (1 + Math.exp((theta[b] ?? 0) - (theta[a] ?? 0)))

/** Gradient of the log-likelihood and minus its second derivative, both with the ridge. */
function derivatives(theta: Float64Array, games: readonly NumberedGame[], ridge: number) {
  const size = theta.length
  const gradient = theta.map((value) => -ridge * value)
  // Games leave the common level of all ratings open; the all-ones part fixes it at a sum of 0.
  const curvature = new Float64Array(size * size).fill(games.length / size)
  for (let i = 0; i < size; i++) curvature[i * size + i] = games.length / size + ridge
  for (const game of games) {
    const p = chance(theta, game)
    const { a, b } = game
    const pull = game.weight * (game.score - p)
    gradient[a] = (gradient[a] ?? 0) + pull
    gradient[b] = (gradient[b] ?? 0) - pull
    addPair(curvature, size, game, game.weight * p * (1 - p))
  }
  return { gradient, curvature }
}

/** Adds `amount` (e_a − e_b)(e_a − e_b)ᵀ. */
function addPair(matrix: Matrix, size: number, { a, b }: NumberedGame, amount: number): void {
  for (const [row, column, sign] of [
    [a, a, 1],
    [b, b, 1],
    [a, b, -1],
    [b, a, -1],
  ] as const)
    matrix[row * size + column] = (matrix[row * size + column] ?? 0) + sign * amount
}

/** Sum over clusters of the outer product of their score. */
function scoreSpread(theta: Float64Array, games: readonly NumberedGame[]): Matrix {
  const size = theta.length
  const clusters = new Map<string | number, Float64Array>()
  for (const game of games) {
    const score = clusters.get(game.cluster) ?? new Float64Array(size)
    clusters.set(game.cluster, score)
    const pull = game.weight * (game.score - chance(theta, game))
    score[game.a] = (score[game.a] ?? 0) + pull
    score[game.b] = (score[game.b] ?? 0) - pull
  }
  const spread = new Float64Array(size * size)
  for (const score of clusters.values())
    for (let i = 0; i < size; i++) {
      const left = score[i] ?? 0
      if (left === 0) continue
      for (let j = 0; j < size; j++)
        spread[i * size + j] = (spread[i * size + j] ?? 0) + left * (score[j] ?? 0)
    }
  return spread
}

/** Ratings are finite when a chain of wins leads from every model to every other (Ford 1957). */
function isDetermined(size: number, games: readonly NumberedGame[]): boolean {
  const reaches = (edges: readonly (readonly [number, number])[]) => {
    const seen = new Set([0])
    for (const from of seen)
      for (const [winner, loser] of edges) if (winner === from) seen.add(loser)
    return seen.size === size
  }
  const wins = games.flatMap(({ a, b, score }) => [
    ...(score > 0 ? [[a, b] as const] : []),
    ...(score < 1 ? [[b, a] as const] : []),
  ])
  return reaches(wins) && reaches(wins.map(([winner, loser]) => [loser, winner] as const))
}
