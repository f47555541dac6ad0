import type { TensorModel } from '../engines/engine'
import { type Queries, timeAsynchronous, timeSynchronous } from './timed'

/** A loaded model with queries to run, in the form the loops want. */
export interface Runner {
  /** Runs `count` queries from number `first`, writes a duration each, and returns the last output. */
  time(first: number, count: number, durations: Float64Array): unknown | Promise<unknown>
  /** Which feed query number `query` uses. */
  feedOf(query: number): number
}

export function createRunner(model: TensorModel, queries: Queries<unknown>): Runner {
  const feedOf = (query: number) => queries.order[query & (queries.order.length - 1)] ?? 0
  return model.synchronous
    ? {
        feedOf,
        time: (first, count, durations) =>
          timeSynchronous(model.run, queries, first, count, durations),
      }
    : {
        feedOf,
        time: (first, count, durations) =>
          timeAsynchronous(model.run, queries, first, count, durations),
      }
}

/** The same model where a query is several runs one after the other: a batch it cannot take at once. */
export function inSequence(model: TensorModel): TensorModel {
  const { run, synchronous } = model
  return {
    ...model,
    run: synchronous
      ? (feeds: unknown) => {
          let output: unknown
          for (const feed of feeds as unknown[]) output = run(feed)
          return output
        }
      : async (feeds: unknown) => {
          let output: unknown
          for (const feed of feeds as unknown[]) output = await run(feed)
          return output
        },
  }
}
