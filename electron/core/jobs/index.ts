import type { BenchmarkJob, Job, ScanJob, VersionJob } from '@shared/contract/jobs'
import type { Platform } from '../platform'
import { createRate } from './rate'

/** Everything long is a job: it reports progress, can be paused and cancelled at once, and is seen by all watchers. */
export interface Jobs {
  list(): Job[]
  find<K extends JobKind>(jobId: string, kind?: K): JobHandle<K> | undefined
  /** Jobs of that kind that are under way. */
  running(kind: JobKind): number
  start<K extends JobKind>(kind: K, title: string, work: JobWork<K>, id?: string): JobHandle<K>
  /** A job that was under way when the console ended: paused, to be resumed or cancelled. */
  restore<K extends JobKind>(kind: K, shown: RestoredJob<K>, work: JobWork<K>): JobHandle<K>
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

export type JobKind = Job['kind']
export type JobOf<K extends JobKind> = Extract<Job, { kind: K }>

/** Called again by every resume: what it did before is its own to remember. */
export type JobWork<K extends JobKind> =
  | ((job: JobHandle<K>) => Promise<void>)
  | {
      run(job: JobHandle<K>): Promise<void>
      /** The job was cancelled while it was paused: nothing of it will run again. */
      discard(job: JobHandle<K>): Promise<void>
    }

export type RestoredJob<K extends JobKind> = Pick<Job, 'id' | 'title' | 'startedAt'> & JobPatch<K>

/** What its work says of a job; of a scan, rate and time left follow from its bytes. */
export type JobPatch<K extends JobKind> = {
  scan: Partial<Omit<ScanJob, 'id' | 'kind' | 'rate' | 'eta' | 'etaRange' | 'state'>>
  benchmark: Partial<Omit<BenchmarkJob, 'id' | 'kind' | 'state'>>
  version: Partial<Omit<VersionJob, 'id' | 'kind' | 'state'>>
}[K]

export interface JobHandle<K extends JobKind = JobKind> {
  readonly job: JobOf<K>
  /** Of the run under way; aborted by cancel and by pause. */
  readonly signal: AbortSignal
  /** Why the signal is aborted. */
  readonly stopping: 'cancel' | 'pause' | 'shutdown' | undefined
  /**
   * Changes what is shown; `bytesDone` of a scan also feeds rate and ETA, where `bytesSkipped` of
   * them (known without work) do not count as speed.
   */
  update(patch: JobPatch<K> & { bytesSkipped?: number }): void
  /** Settles when the job has ended or is paused, however. */
  readonly ended: Promise<void>
}

/** Thrown by work that cannot go on now, and may later: the job is paused, not failed. */
export class PausedByItself extends Error {
  override readonly name = 'PausedByItself'
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

  function add(job: Job, work: JobWork<JobKind>): OwnHandle {
    const { run, discard } =
      typeof work === 'function' ? { run: work, discard: () => Promise.resolve() } : work
    const scan = job.kind === 'scan' ? job : undefined
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
            ? error instanceof PausedByItself
              ? 'paused'
              : 'failed'
            : handle.stopping === 'cancel'
              ? 'cancelled'
              : 'paused'
        if (job.state === 'failed')
          platform.log('error', `${job.kind} ${job.id}: ${describe(error)}`)
      }
      Object.assign(job, { current: null, eta: null }, scan && { rate: null, etaRange: null })
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
        if (scan !== undefined && 'bytesDone' in patch)
          Object.assign(
            scan,
            rate(platform.monotonic(), scan.bytesDone - skipped, scan.bytesTotal - skipped),
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
    find<K extends JobKind>(jobId: string, kind?: K) {
      const handle = handles.get(jobId)
      const fits = kind === undefined || handle?.job.kind === kind
      return fits ? (handle as JobHandle<K> | undefined) : undefined
    },
    running: (kind) =>
      [...handles.values()].filter(({ job }) => job.kind === kind && job.state === 'running')
        .length,
    start<K extends JobKind>(
      kind: K,
      title: string,
      work: JobWork<K>,
      id: string = platform.randomId(),
    ) {
      const handle = add(emptyJob(kind, { id, title, startedAt: platform.now() }), anyKind(work))
      handle.begin()
      return handle as unknown as JobHandle<K>
    },
    restore<K extends JobKind>(kind: K, shown: RestoredJob<K>, work: JobWork<K>) {
      const handle = add(emptyJob(kind, shown), anyKind(work))
      handle.job.state = 'paused'
      announce()
      return handle as unknown as JobHandle<K>
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

const EMPTY = {
  scan: {
    kind: 'scan',
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
  },
  benchmark: {
    kind: 'benchmark',
    state: 'running',
    stage: 'queued',
    launchesDone: 0,
    launchesTotal: 0,
    eta: null,
    current: null,
  },
  version: {
    kind: 'version',
    state: 'running',
    stage: 'checking',
    // Its work names them before anybody looks.
    listingId: '00000000-0000-4000-8000-000000000000',
    versionId: '00000000-0000-4000-8000-000000000000',
    filesDone: 0,
    filesTotal: 0,
    bytesDone: 0,
    bytesTotal: 0,
    message: null,
    eta: null,
    current: null,
  },
} as const satisfies { [K in JobKind]: Omit<JobOf<K>, 'id' | 'title' | 'startedAt'> }

function emptyJob(kind: JobKind, shown: Pick<Job, 'id' | 'title' | 'startedAt'>): Job {
  return { ...EMPTY[kind], ...shown } as Job
}

/** Work is only ever given the handle of its own job, and so of its own kind. */
const anyKind = <K extends JobKind>(work: JobWork<K>) => work as unknown as JobWork<JobKind>

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
