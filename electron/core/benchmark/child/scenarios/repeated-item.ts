import type { Measured } from '@shared/benchmark/launch'
import { quantile } from '@shared/statistics/quantile'
import { createRunner } from '../loop/runner'
import type { Armed, TensorSession } from '../tensor-session'

/** Part of the measuring time that this check takes on top. */
const SHARE = 0.1
const BLOCKS = 8
const MOST_PER_BLOCK = 4096

/**
 * The same item again and again, against changing ones, in turns. A model that remembers answers is faster on the
 * first; MLPerf's TEST04 allows 10 %. Null where there is one item only.
 */
export async function checkRepeatedItem(
  { context, model }: TensorSession,
  { runner, queries, batch }: Armed,
  queryMs: number,
): Promise<Measured['repeatedItem']> {
  if (queries.feeds.length < 2 || Array.isArray(queries.feeds[0])) return null
  const repeated = createRunner(model, { feeds: queries.feeds, order: new Uint32Array(1) })
  const blockMs = (SHARE * context.plan.profile.measureMs) / (2 * BLOCKS)
  const count = Math.max(1, Math.min(MOST_PER_BLOCK, Math.round(blockMs / (queryMs * batch))))
  const durations = {
    repeated: new Float64Array(count * BLOCKS),
    unique: new Float64Array(count * BLOCKS),
  }
  for (let block = 0; block < BLOCKS; block++) {
    const part = (all: Float64Array) => all.subarray(block * count, (block + 1) * count)
    await repeated.time(0, count, part(durations.repeated))
    await runner.time(block * count, count, part(durations.unique))
  }
  const p50 = (all: Float64Array) => Math.round(quantile(all, 0.5, 'nearest-rank') * 1e6)
  const [repeatedP50, uniqueP50] = [p50(durations.repeated), p50(durations.unique)]
  if (repeatedP50 === 0 || uniqueP50 === 0) return null
  return { repeatedP50, uniqueP50, ratio: repeatedP50 / uniqueP50 }
}
