import type { Random } from '@shared/statistics/random'
import type { TensorModel } from '../engines/engine'
import type { Queries } from '../loop/timed'
import { countOf } from '../tensor'
import { batchTensors, INPUT_BYTES, type Items } from './items'
import type { InputShape } from './shapes'

const MOST_FEEDS = 256
const FEWEST_QUERIES = 64

export interface PreparedQueries extends Queries<unknown> {
  /** First item of every feed. */
  firstItems: number[]
}

/**
 * Feeds of `batch` items each, and the order in which they are run: shuffled rounds of all of
 * them, so that no feed comes twice before every other came once. `inSequence`: a feed is a list of single ones.
 */
export function prepareQueries(
  model: TensorModel,
  shapes: readonly InputShape[],
  items: Items,
  batch: number,
  random: Random,
  inSequence = false,
): PreparedQueries {
  const bytes = batch * shapes.reduce((sum, { item }) => sum + 4 * Math.max(1, countOf(item)), 0)
  const count = Math.max(
    1,
    Math.min(Math.ceil(items.count / batch), MOST_FEEDS, Math.floor(INPUT_BYTES / bytes)),
  )
  const firstItems = Array.from({ length: count }, (_, feed) => (feed * batch) % items.count)
  const feeds = firstItems.map((first) => {
    const rows = Array.from({ length: batch }, (_, at) => (first + at) % items.count)
    const feedOf = (members: readonly number[]) => model.feed(batchTensors(shapes, items, members))
    return inSequence ? rows.map((row) => feedOf([row])) : feedOf(rows)
  })
  return { feeds, firstItems, order: shuffledRounds(count, random) }
}

function shuffledRounds(count: number, random: Random): Uint32Array {
  const feeds = Array.from({ length: count }, (_, feed) => feed)
  const order = new Uint32Array(2 ** Math.ceil(Math.log2(Math.max(count, FEWEST_QUERIES))))
  for (let at = 0; at < order.length; at += count)
    order.set(random.shuffle(feeds).slice(0, order.length - at), at)
  return order
}
