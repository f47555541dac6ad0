/**
 * The innermost loops. One clock reading a query: the end of one is the begin of the next,
 * so that nothing between them is left out. Durations are milliseconds as the clock gives
 * them; they become integers outside. No allocation, no closure, no call but the engine's.
 */

export interface Queries<Feed> {
  feeds: readonly Feed[]
  /** Feed of every query: a power of two of them, cycled through. */
  order: Uint32Array
}

/** Runs `count` queries from number `first`, and returns the last output. */
export function timeSynchronous<Feed, Output>(
  run: (feed: Feed) => Output,
  { feeds, order }: Queries<Feed>,
  first: number,
  count: number,
  durations: Float64Array,
): Output | undefined {
  const mask = order.length - 1
  let output: Output | undefined
  let before = performance.now()
  for (let i = 0; i < count; i++) {
    output = run(feeds[order[(first + i) & mask] as number] as Feed)
    const after = performance.now()
    durations[i] = after - before
    before = after
  }
  return output
}

/** The same for an engine that promises: the time has the engine's own turns of the loop in it. */
export async function timeAsynchronous<Feed, Output>(
  run: (feed: Feed) => Output | Promise<Output>,
  { feeds, order }: Queries<Feed>,
  first: number,
  count: number,
  durations: Float64Array,
): Promise<Output | undefined> {
  const mask = order.length - 1
  let output: Output | undefined
  let before = performance.now()
  for (let i = 0; i < count; i++) {
    output = await run(feeds[order[(first + i) & mask] as number] as Feed)
    const after = performance.now()
    durations[i] = after - before
    before = after
  }
  return output
}
