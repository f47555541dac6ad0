import type { CanaryReading, Resources } from '@shared/benchmark/launch'
import { createRandom, deriveSeed, type Random } from '@shared/statistics/random'
import { readCanary } from './canary'
import type { TensorModel } from './engines/engine'
import { failureOf } from './failure'
import type { Items } from './inputs/items'
import { type PreparedQueries, prepareQueries } from './inputs/queries'
import { fixedBatchOf, type InputShape } from './inputs/shapes'
import type { Segment } from './loop/measure-latency'
import { createRunner, inSequence, type Runner } from './loop/runner'
import { createOutputWatch } from './output-watch'
import { watchResources } from './resources'
import type { LaunchContext } from './run-plan'

/** Queries of one batch size, ready to be timed. */
export interface Armed {
  runner: Runner
  queries: PreparedQueries
  /** Samples in one query. */
  batch: number
  onSegment(segment: Segment): void
}

/** A loaded model with items to run, and what its launch measures beside the scenario. */
export interface TensorSession {
  context: LaunchContext
  model: TensorModel
  shapes: readonly InputShape[]
  items: Items
  /** The only batch size that the model takes; null when it is free. */
  fixedBatch: number | null
  random: Random
  /** Makes the feeds, runs each once and looks at what comes back. */
  arm(batch: number, sequence?: boolean): Promise<Armed>
  /** Counts resources from here; the canary sings before and after. */
  meter(): { stop(): { resources: Resources; canary: Canaries } }
  sampled: ReturnType<typeof createOutputWatch>['sampled']
  digest(): string
  sample(): number[]
  firstInferenceMs(): number
}

type Canaries = { before: CanaryReading; after: CanaryReading }

export function openSession(
  context: LaunchContext,
  model: TensorModel,
  shapes: readonly InputShape[],
  items: Items,
): TensorSession {
  const { plan, say, rssBaseBytes } = context
  const watch = createOutputWatch(model, plan.limits.outputElements)
  const random = createRandom(deriveSeed(plan.seed, 'order'))
  let firstInferenceMs: number | undefined
  return {
    context,
    model,
    shapes,
    items,
    fixedBatch: fixedBatchOf(shapes),
    random,
    sampled: watch.sampled,
    digest: watch.digest,
    sample: watch.sample,
    firstInferenceMs: () => firstInferenceMs ?? 0,
    async arm(batch, sequence = false) {
      const runs = sequence ? inSequence(model) : model
      try {
        const queries = prepareQueries(model, shapes, items, batch, random, sequence)
        if (firstInferenceMs === undefined) {
          const started = performance.now()
          await runs.run(queries.feeds[0])
          firstInferenceMs = performance.now() - started
        }
        await watch.takeReferences(queries, runs.run)
        const runner = createRunner(runs, queries)
        return {
          runner,
          queries,
          batch,
          onSegment(segment) {
            watch.compare(queries.feeds[runner.feedOf(segment.query)], segment.output)
            say({
              type: 'progress',
              phase: 'measuring',
              share: segment.share,
              queries: segment.queries,
              p50Ns: Math.round(segment.medianMs * 1e6),
              rssBytes: process.memoryUsage.rss(),
            })
          },
        }
      } catch (error) {
        throw failureOf(error, `an inference of ${batch} item${batch === 1 ? '' : 's'}`)
      }
    },
    meter() {
      const before = readCanary()
      const resources = watchResources(rssBaseBytes)
      return {
        stop: () => ({ resources: resources.stop(), canary: { before, after: readCanary() } }),
      }
    },
  }
}
