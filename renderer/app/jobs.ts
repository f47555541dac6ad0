import type { BenchmarkJob, Job, ScanJob, VersionJob } from '@shared/contract/jobs'
import { client, useStream } from './rpc'
import { createStore, useStore } from './store'

/** Running jobs, then what ended in this session; null before the host has told. */
const jobs = createStore<readonly Job[] | null>(null)

export const useJobs = (): readonly Job[] | null => useStore(jobs)
export const useRunningJobs = (): readonly Job[] =>
  (useJobs() ?? []).filter((job) => job.state === 'running')

export const isScan = (job: Job): job is ScanJob => job.kind === 'scan'
export const isBenchmark = (job: Job): job is BenchmarkJob => job.kind === 'benchmark'
export const isVersion = (job: Job): job is VersionJob => job.kind === 'version'

/** The page on which a job is watched. */
export const routeOf = ({ kind }: Job) => ROUTES[kind]
const ROUTES = {
  scan: '/scan/running/$jobId',
  benchmark: '/benchmarks/running/$jobId',
  version: '/listings/adding/$jobId',
} as const

/** Once in the shell: every view of jobs reads the same stream. */
export function useJobStream(onFinished: () => void): void {
  useStream('jobs', {
    open: (signal) => client.jobs.watch(undefined, { signal }),
    onEvent: (next) => {
      const ended = (job: Job) => job.state !== 'running'
      const before = (jobs.get() ?? []).filter(ended).length
      jobs.set(next)
      if (next.filter(ended).length > before) onFinished()
    },
  })
}

/** 0..1: by bytes, since files differ, or by files where all are empty; a benchmark by launches. Null while being counted. */
export function jobShare(job: Job): number | null {
  if (job.kind === 'benchmark')
    return job.launchesTotal > 0 ? job.launchesDone / job.launchesTotal : null
  if (job.stage === 'listing' || job.stage === 'signing' || job.stage === 'sending') return null
  if (job.bytesTotal > 0) return Math.min(1, job.bytesDone / job.bytesTotal)
  return job.filesTotal > 0 ? Math.min(1, job.filesDone / job.filesTotal) : null
}

export function sharedProgress(running: readonly Job[]): number {
  if (running.length === 0) return 1
  return running.reduce((sum, job) => sum + (jobShare(job) ?? 0), 0) / running.length
}
