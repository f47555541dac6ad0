import type { Job } from '@shared/contract/jobs'
import type { Platform } from '../platform'
import { createRate } from './rate'

/** Everything long is a job: it reports progress, can be paused and cancelled at once, and is seen by all watchers. */
export interface Jobs {
  list(): Job[]
  find(jobId: string): JobHandle | undefined
  /** Jobs of that kind that are under way. */
  running(kind: Job['kind']): number
  start(kind: Job['kind'], title: string, work: JobWork, id?: string): JobHandle
  /** A job that was under way when the console ended: paused, to be resumed or cancelled. */
  restore(kind: Job['kind'], shown: RestoredJob, work: JobWork): JobHandle
  /** Resolves when the job's children are gone; false where it had ended already. */
  cancel(jobId: string): Promise<boolean>
  /** Resolves when the job's children are gone; false where it was not running, or ended by itself. */
  pause(jobId: string): Promise<boolean>
  /** False where it was not paused. */
  resume(jobId: string): boolean
  /** Yields the list at once and after every change, at most ten times a second. */
  watch(signal?: AbortSignal): AsyncGenerator<Job[]>
  /** Stops everything as if paused; for shutdown. */
  close(): Promise<void>
}

/** Called again by every resume: what it did before is its own to remember. */
export type JobWork =
  | ((job: JobHandle) => Promise<void>)
  | {
      run(job: JobHandle): Promise<void>
      /** The job was cancelled while it was paused: nothing of it will run again. */
      discard(job: JobHandle): Promise<void>
    }

export type RestoredJob = Pick<Job, 'id' | 'title' | 'startedAt'> & Partial<JobPatch>

export type JobPatch = Omit<Job, 'id' | 'kind' | 'rate' | 'eta' | 'etaRange' | 'state'>

export interface JobHandle {
  readonly job: Job
  /** Of the run under way; aborted by cancel and by pause. */
  readonly signal: AbortSignal
  /** Why the signal is aborted. */
  readonly stopping: 'cancel' | 'pause' | 'shutdown' | undefined
  /**
   * Changes what is shown; `bytesDone` also feeds rate and ETA, where `bytesSkipped` of them (known
   * without work) do not count as speed.
   */
  update(patch: Partial<JobPatch> & { bytesSkipped?: number }): void
  /** Settles when the job has ended or is paused, however. */
  readonly ended: Promise<void>
}

const WATCH_INTERVAL_MS = 100
const REMEMBERED = 50

interface OwnHandle extends JobHandle {
  ended: Promise<void>
  stopping: JobHandle['stopping']
  begin(): void
  stop(why: NonNullable<JobHandle['stopping']>): void
  discard(): Promise<void>
}

export function createJobs(platform: Platform): Jobs {
  const handles = new Map<string, OwnHandle>()
  const changed = new EventTarget()
  const announce = () => void changed.dispatchEvent(new Event('change'))

  function add(job: Job, work: JobWork): OwnHandle {
    const { run, discard } =
      typeof work === 'function' ? { run: work, discard: () => Promise.resolve() } : work
    let abort = new AbortController()
    let rate = createRate()
    let skipped = 0

    async function oneRun(): Promise<void> {
      try {
        await run(handle)
        // Even if it was stopped meanwhile: what it did is done, and kept.
        job.state = 'done'
      } catch (error) {
        job.state =
          handle.stopping === undefined
            ? 'failed'
            : handle.stopping === 'cancel'
              ? 'cancelled'
              : 'paused'
        if (job.state === 'failed')
          platform.log('error', `${job.kind} ${job.id}: ${describe(error)}`)
      }
      Object.assign(job, { current: null, rate: null, eta: null, etaRange: null })
      announce()
    }

    const handle: OwnHandle = {
      job,
      get signal() {
        return abort.signal
      },
      stopping: undefined,
      ended: Promise.resolve(),
      update({ bytesSkipped, ...patch }) {
        Object.assign(job, patch)
        if (bytesSkipped !== undefined) skipped = bytesSkipped
        if (patch.bytesDone !== undefined)
          Object.assign(
            job,
            rate(platform.monotonic(), job.bytesDone - skipped, job.bytesTotal - skipped),
          )
        announce()
      },
      begin() {
        abort = new AbortController()
        rate = createRate()
        handle.stopping = undefined
        job.state = 'running'
        handle.ended = oneRun()
        announce()
      },
      stop(why) {
        handle.stopping ??= why
        abort.abort()
      },
      discard: () => discard(handle),
    }
    handles.set(job.id, handle)
    forgetOldest(handles)
    return handle
  }

  /** How it then stands; undefined where it was not running. */
  async function stop(
    jobId: string,
    why: NonNullable<JobHandle['stopping']>,
  ): Promise<Job['state'] | undefined> {
    const handle = handles.get(jobId)
    if (handle?.job.state !== 'running') return undefined
    handle.stop(why)
    await handle.ended
    return handles.get(jobId)?.job.state
  }

  return {
    list: () => [...handles.values()].map((handle) => ({ ...handle.job })).sort(runningFirst),
    find: (jobId) => handles.get(jobId),
    running: (kind) =>
      [...handles.values()].filter(({ job }) => job.kind === kind && job.state === 'running')
        .length,
    start(kind, title, work, id = platform.randomId()) {
      const handle = add(emptyJob(kind, { id, title, startedAt: platform.now() }), work)
      handle.begin()
      return handle
    },
    restore(kind, shown, work) {
      const handle = add({ ...emptyJob(kind, shown), state: 'paused' }, work)
      announce()
      return handle
    },
    async cancel(jobId) {
      // It may have ended by itself meanwhile, or have been on its way to a pause.
      if ((await stop(jobId, 'cancel')) === 'cancelled') return true
      const handle = handles.get(jobId)
      if (handle?.job.state !== 'paused') return false
      handle.job.state = 'cancelled'
      announce()
      await handle.discard()
      return true
    },
    pause: async (jobId) => (await stop(jobId, 'pause')) === 'paused',
    resume(jobId) {
      const handle = handles.get(jobId)
      if (handle?.job.state !== 'paused') return false
      handle.begin()
      return true
    },
    async *watch(signal) {
      while (signal?.aborted !== true) {
        const next = Promise.withResolvers<void>()
        const wake = () => next.resolve()
        changed.addEventListener('change', wake, { once: true })
        signal?.addEventListener('abort', wake, { once: true })
        try {
          yield this.list()
          await next.promise
          await new Promise((resolve) => setTimeout(resolve, WATCH_INTERVAL_MS))
        } finally {
          changed.removeEventListener('change', wake)
          signal?.removeEventListener('abort', wake)
        }
      }
    },
    async close() {
      await Promise.all([...handles.keys()].map((jobId) => stop(jobId, 'shutdown')))
    },
  }
}

function emptyJob(kind: Job['kind'], shown: RestoredJob): Job {
  return {
    kind,
    state: 'running',
    stage: 'listing',
    filesDone: 0,
    filesTotal: 0,
    bytesDone: 0,
    bytesTotal: 0,
    rate: null,
    eta: null,
    etaRange: null,
    cacheHits: 0,
    current: null,
    bySeverity: { critical: 0, high: 0, medium: 0, low: 0, info: 0 },
    ...shown,
  }
}

function runningFirst(a: Job, b: Job): number {
  const order = ({ state }: Job) => (state === 'running' ? 0 : state === 'paused' ? 1 : 2)
  return order(a) - order(b) || b.startedAt.getTime() - a.startedAt.getTime()
}

/** Only what has ended: a paused job is still somebody's. */
function forgetOldest(handles: Map<string, OwnHandle>): void {
  for (const [id, { job }] of handles) {
    if (handles.size <= REMEMBERED) return
    if (job.state !== 'running' && job.state !== 'paused') handles.delete(id)
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
