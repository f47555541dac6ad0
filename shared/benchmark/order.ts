import { createRandom, deriveSeed } from '../statistics/random'

/** Where a launch stands in a run: statistics pair launches of one block. */
export interface Place {
  block: number
  arm: number
}

/** Blocks in which reference models are measured along: enough for a median, too few to tire. */
const REFERENCE_BLOCKS = 3

/**
 * The order of all launches. Each block has one launch of every model, in an order drawn from the
 * seed, and the next block has them the other way round: ABBA BAAB …, so that a drift of the machine
 * weighs on all models alike. Reference models, which are the arms behind the models, come at the
 * end of some blocks, spread over the run.
 */
export function launchOrder(options: {
  models: number
  references: number
  launches: number
  seed: number
}): Place[] {
  const { models, references, launches } = options
  const random = createRandom(deriveSeed(options.seed, 'order'))
  const arms = Array.from({ length: models }, (_, arm) => arm)
  const withReferences = new Set(spread(Math.min(REFERENCE_BLOCKS, launches), launches))
  const places: Place[] = []
  let order = arms
  for (let block = 0; block < launches; block++) {
    order = block % 2 === 0 ? random.shuffle(arms) : [...order].reverse()
    for (const arm of order) places.push({ block, arm })
    if (withReferences.has(block))
      for (let more = 0; more < references; more++) places.push({ block, arm: models + more })
  }
  return places
}

/** `count` of `length` positions, evenly, the first and the last among them. */
function spread(count: number, length: number): number[] {
  return Array.from({ length: count }, (_, i) =>
    count === 1 ? 0 : Math.round((i * (length - 1)) / (count - 1)),
  )
}

/** The seed of one launch: what it draws depends on its place alone, so a repetition draws the same. */
export function launchSeed(seed: number, { block, arm }: Place): number {
  return deriveSeed(seed, `launch ${block}/${arm}`)
}
