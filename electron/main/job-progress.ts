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

/** Mean share of what runs: all scans by their bytes, each benchmark by its launches, each version by its bytes. */
export function progressOf(jobs: readonly Job[]): number {
  const running = jobs.filter((job) => job.state === 'running')
  if (running.length === 0) return NO_BAR
  const scans = running.filter((job) => job.kind === 'scan')
  const sum = (key: 'bytesDone' | 'bytesTotal') => scans.reduce((total, job) => total + job[key], 0)
  const shares = running
    .filter((job) => job.kind === 'benchmark')
    .map((job) => ({ done: job.launchesDone, total: job.launchesTotal }))
  for (const job of running)
    if (job.kind === 'version') shares.push({ done: job.bytesDone, total: job.bytesTotal })
  if (scans.length > 0) shares.push({ done: sum('bytesDone'), total: sum('bytesTotal') })
  if (shares.every(({ total }) => total === 0)) return INDETERMINATE
  const share = shares.reduce((all, { done, total }) => all + (total === 0 ? 0 : done / total), 0)
  return Math.min(1, share / shares.length)
}
