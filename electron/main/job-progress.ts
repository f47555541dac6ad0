import type { Job } from '@shared/contract/jobs'
import type { BrowserWindow } from 'electron'
import type { Jobs } from '../core/jobs'

/** Electron's values of the bar on the dock or task bar beside a fraction from 0 to 1. */
const NO_BAR = -1
const INDETERMINATE = 2

/** Shows running jobs as one bar on the window's icon, until the signal. */
export async function showJobProgress(
  window: BrowserWindow,
  jobs: Jobs,
  signal: AbortSignal,
): Promise<void> {
  let shown = NO_BAR
  for await (const list of jobs.watch(signal)) {
    if (signal.aborted || window.isDestroyed()) return
    const value = progressOf(list)
    if (value !== shown) window.setProgressBar(value)
    shown = value
  }
}

/** Bytes of all running jobs together; indeterminate while none knows its total. */
export function progressOf(jobs: readonly Job[]): number {
  const running = jobs.filter((job) => job.state === 'running')
  if (running.length === 0) return NO_BAR
  const sum = (key: 'bytesDone' | 'bytesTotal') =>
    running.reduce((total, job) => total + job[key], 0)
  const total = sum('bytesTotal')
  return total === 0 ? INDETERMINATE : Math.min(1, sum('bytesDone') / total)
}
