import { connectedGroups } from './connected-groups'
import { studentWidth } from './distributions'
import { cholesky, solveCholesky } from './linear-algebra'
import { createRandom, deriveSeed, type Random } from './random'
import { type RankInterval, rankIntervals } from './rank-agreement'
import { checkCount, checkFraction, checkPositive, type Interval } from './sample'

/** One result of a model on a machine: a time or a rate, above 0. */
export interface CrossResult {
  model: string
  machine: string
  value: number
}

export interface AdjustedModel {
  model: string
  /** Machines that compare it with another model: what its interval rests on. */
  machines: number
  /** Its value over the geometric mean of all models of the group, machines apart. */
  ratio: Interval
  rank: RankInterval
}

export interface AdjustedGroup {
  /** Best first. */
  models: AdjustedModel[]
  /** How many times the value is that of the average machine of the group. */
  machines: { machine: string; factor: number }[]
}

export interface AdjustedOptions {
  better?: 'lower' | 'higher'
  confidence?: number
  resamples?: number
  seed?: number
}

/**
 * Ranks models that ran on unlike machines: ln value = α(model) + β(machine) + noise, by least
 * squares. A model that only ran on fast machines gains nothing by it.
 *
 * Models that no chain of machines connects cannot be compared; each connected group is ranked
 * apart. Several results of a model on one machine are one observation, their mean logarithm.
 *
 * Intervals come from a bootstrap over machines, as Rubin's Bayesian one (1981): machines get
 * exponential weights instead of being drawn, so that no resample loses a model. Its spread is
 * widened by √(n/(n − 1)) and Student's t for the n machines a model ran on; with one machine the
 * interval is infinite and the rank open.
 *
 * Costs resamples × models³/6 multiplications.
 */
export function adjustForMachines(
  results: readonly CrossResult[],
  { better = 'lower', confidence = 0.95, resamples = 1000, seed = 1 }: AdjustedOptions = {},
): AdjustedGroup[] {
  checkPositive(
    results.map(({ value }) => value),
    'The list of results',
  )
  checkFraction(confidence, 'The confidence')
  checkCount(resamples, 'The number of resamples', 100)
  const models = [...new Set(results.map(({ model }) => model))].sort()
  const machines = [...new Set(results.map(({ machine }) => machine))].sort()
  const modelNumbers = new Map(models.map((model, i) => [model, i]))
  const machineNumbers = new Map(machines.map((machine, i) => [machine, models.length + i]))
  const links = results.map(
    ({ model, machine }) =>
      [modelNumbers.get(model) ?? 0, machineNumbers.get(machine) ?? 0] as const,
  )
  return connectedGroups(models.length + machines.length, links).map((members) => {
    const names = new Set(members.flatMap((i) => models[i] ?? []))
    const random = createRandom(deriveSeed(seed, 'machines'))
    return fitGroup(
      results.filter(({ model }) => names.has(model)),
      { better, confidence, resamples, random },
    )
  })
}

/** The models a machine ran, by number, with their mean logarithm. */
interface MachineCells {
  machine: string
  models: number[]
  logs: number[]
  centre: number
}

interface FitOptions {
  better: 'lower' | 'higher'
  confidence: number
  resamples: number
  random: Random
}

function fitGroup(results: readonly CrossResult[], options: FitOptions): AdjustedGroup {
  const names = [...new Set(results.map(({ model }) => model))].sort()
  const size = names.length
  const cells = cellsOf(results, names)
  const effects = modelEffects(
    cells,
    size,
    cells.map(() => 1),
  )
  const spreads = bootstrapSpread(cells, size, effects, options)
  const used = names.map(
    (_, model) => cells.filter(({ models }) => models.length > 1 && models.includes(model)).length,
  )
  const logs = names.map((_, model) => {
    const estimate = effects[model] ?? 0
    const n = used[model] ?? 0
    if (size === 1) return { estimate, lower: estimate, upper: estimate }
    const widened = n > 1 ? (spreads[model] ?? 0) * Math.sqrt(n / (n - 1)) : 1
    const half = studentWidth(options.confidence, n - 1) * widened
    return { estimate, lower: estimate - half, upper: estimate + half }
  })
  const ranks = rankIntervals(logs, options.better)
  const rows = names.map((model, i): AdjustedModel => {
    const { estimate, lower, upper } = logs[i] ?? { estimate: 0, lower: 0, upper: 0 }
    return {
      model,
      machines: used[i] ?? 0,
      ratio: {
        estimate: Math.exp(estimate),
        lower: Math.exp(lower),
        upper: Math.exp(upper),
        confidence: options.confidence,
      },
      rank: ranks[i] ?? { best: 1, worst: size },
    }
  })
  const sign = options.better === 'lower' ? 1 : -1
  rows.sort((a, b) => sign * (a.ratio.estimate - b.ratio.estimate))
  const levels = cells.map(({ models, centre }) => centre - meanAt(effects, models))
  const level = levels.reduce((sum, value) => sum + value, 0) / levels.length
  return {
    models: rows,
    machines: cells.map(({ machine }, i) => ({
      machine,
      factor: Math.exp((levels[i] ?? 0) - level),
    })),
  }
}

function cellsOf(results: readonly CrossResult[], names: readonly string[]): MachineCells[] {
  const numbers = new Map(names.map((name, i) => [name, i]))
  const byMachine = new Map<string, Map<number, number[]>>()
  for (const { model, machine, value } of results) {
    const row = byMachine.get(machine) ?? new Map<number, number[]>()
    byMachine.set(machine, row)
    const number = numbers.get(model) ?? 0
    row.set(number, [...(row.get(number) ?? []), Math.log(value)])
  }
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length
  return [...byMachine]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([machine, row]) => {
      // In one order, whatever the results came in: sums then round alike.
      const cells = [...row].sort(([a], [b]) => a - b)
      const logs = cells.map(([, values]) => mean(values))
      return { machine, models: cells.map(([model]) => model), logs, centre: mean(logs) }
    })
}

/**
 * Model effects that sum to 0. The machine effects are eliminated: a machine enters with its
 * models' distances from their own mean, which leaves one equation a model.
 */
function modelEffects(
  cells: readonly MachineCells[],
  size: number,
  weights: readonly number[],
): Float64Array {
  // The all-ones part makes the matrix regular without changing a solution that sums to 0.
  const matrix = new Float64Array(size * size).fill(1 / size)
  const right = new Float64Array(size)
  cells.forEach(({ models, logs, centre }, h) => {
    const weight = weights[h] ?? 0
    models.forEach((i, at) => {
      right[i] = (right[i] ?? 0) + weight * ((logs[at] ?? 0) - centre)
      matrix[i * size + i] = (matrix[i * size + i] ?? 0) + weight
      for (const j of models)
        matrix[i * size + j] = (matrix[i * size + j] ?? 0) - weight / models.length
    })
  })
  const factor = cholesky(matrix, size)
  if (!factor) throw new RangeError('The models are not connected firmly enough to be ranked.')
  return solveCholesky(factor, size, right)
}

function bootstrapSpread(
  cells: readonly MachineCells[],
  size: number,
  effects: Float64Array,
  { resamples, random }: FitOptions,
): Float64Array {
  const squares = new Float64Array(size)
  for (let r = 0; r < resamples; r++) {
    const drawn = cells.map(() => random.exponential())
    const total = drawn.reduce((sum, weight) => sum + weight, 0)
    const scaled = drawn.map((weight) => (weight * cells.length) / total)
    modelEffects(cells, size, scaled).forEach((value, model) => {
      squares[model] = (squares[model] ?? 0) + (value - (effects[model] ?? 0)) ** 2
    })
  }
  return squares.map((sum) => Math.sqrt(sum / resamples))
}

function meanAt(values: Float64Array, indices: readonly number[]): number {
  return indices.reduce((sum, i) => sum + (values[i] ?? 0), 0) / indices.length
}
