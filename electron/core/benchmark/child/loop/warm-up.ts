import type { WarmUp } from '@shared/benchmark/launch'
import { median } from '@shared/statistics/quantile'
import type { Runner } from './runner'

/** Two windows whose medians are this close say that nothing is getting faster any more. */
const STABLE = 0.02
/** A window that is shorter says nothing: the compiler may not even have looked at the loop. */
const WINDOW_MS = 10
const MOST_PER_WINDOW = 65_536

/**
 * Windows of 1, 2, 4 … queries until two in a row have the same median within 2 %, or the
 * profile's time is up. Returns what a query takes by then, in milliseconds.
 */
export async function warmUp(
  runner: Runner,
  mostMs: number,
): Promise<{ warmUp: WarmUp; queryMs: number }> {
  const started = performance.now()
  const durations = new Float64Array(MOST_PER_WINDOW)
  let queries = 0
  let before: number | undefined
  for (let window = 1; ; window = Math.min(2 * window, MOST_PER_WINDOW)) {
    const windowStarted = performance.now()
    await runner.time(queries, window, durations)
    const now = performance.now()
    queries += window
    const middle = median(durations.subarray(0, window))
    const stable =
      window >= 4 &&
      now - windowStarted >= WINDOW_MS &&
      before !== undefined &&
      Math.abs(middle / before - 1) <= STABLE
    const durationMs = now - started
    if (stable) return { warmUp: { queries, durationMs, ended: 'stable' }, queryMs: middle }
    if (durationMs >= mostMs)
      return { warmUp: { queries, durationMs, ended: 'time' }, queryMs: middle }
    before = middle
  }
}
