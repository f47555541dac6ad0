import type { ScanEvent, StartScan } from '@shared/contract/scan'
import type { CompiledPolicy } from '@shared/scan-report/apply-policy'
import type { RuleSet } from '@shared/scan-report/match'
import { ReportId } from '@shared/scan-report/report-row'
import type { ScanLog } from '../activity/scan-log'
import type { Grants } from '../files'
import type { JobHandle, Jobs, JobWork } from '../jobs'
import { createTurns } from '../jobs/turns'
import type { Platform } from '../platform'
import { PolicyError, PolicyNameError, type PolicyService } from '../policies'
import type { SettingsService } from '../settings'
import type { ScanCache } from './cache'
import { createScanStream, type ScanStream } from './event-stream'
import { limitsOf } from './limits'
import type { ReportStore } from './report-store'
import { runScan, type ScanObserver } from './run-scan'
import type { ScanRuns, ScanSpec } from './runs'
import { createScanProgress, type ScanProgress } from './scan-progress'
import { filesOf, resolveTarget, ScanStartError } from './targets'
import type { Uploads } from './uploads'
import type { WorkerBudget } from './worker-budget'

export { ScanStartError } from './targets'

export interface ScanService {
  /** Starts a job. Throws ScanStartError. */
  start(input: StartScan): JobHandle<'scan'>
  /** Goes on with a paused job; false where it is not paused. Throws ScanStartError. */
  resume(jobId: string): boolean
  /** Events of a running, paused or ended job, from its current state on; undefined for an unknown one. */
  watch(jobId: string, signal?: AbortSignal): AsyncGenerator<ScanEvent> | undefined
}

/** At once; the others wait for their turn. */
const MOST_RUNNING = 4
const MOST_WANTED = 16
/** What a killed console forgets of the progress it showed, milliseconds. */
const RECORD_EVERY_MS = 10_000

export interface ScanServiceParts {
  platform: Platform
  jobs: Jobs
  settings: SettingsService
  grants: Grants
  uploads: Uploads
  reports: ReportStore
  policies: PolicyService
  runs: ScanRuns
  cache: ScanCache
  rules: () => RuleSet
  log: ScanLog
  /** Scan processes of this console; a benchmark holds them back. */
  budget: WorkerBudget
}

export function createScanService(parts: ScanServiceParts): ScanService {
  const { platform, jobs, settings, uploads, reports, policies, runs, cache, rules, log, budget } =
    parts
  const streams = new WeakMap<JobHandle<'scan'>, ScanStream>()
  const turns = createTurns(MOST_RUNNING)

  function policyNamed(name: string | undefined) {
    try {
      return policies.compile(name)
    } catch (error) {
      if (error instanceof PolicyNameError)
        throw new ScanStartError('POLICY_NOT_FOUND', { name: error.policy })
      if (error instanceof PolicyError)
        throw new ScanStartError('POLICIES_UNREADABLE', { reason: error.message })
      throw error
    }
  }

  /** One scan over all its runs: what it remembers while it is paused, and how it ends. */
  function workOf(spec: ScanSpec, stream: ScanStream, begun = false): JobWork<'scan'> {
    let progress: ScanProgress | undefined
    let limits = limitsOf(settings)
    let policy: CompiledPolicy | undefined

    async function once(handle: JobHandle<'scan'>): Promise<void> {
      const { job, signal } = handle
      const endTurn = await turns.take(signal)
      try {
        if (progress === undefined) {
          limits = limitsOf(settings)
          progress = createScanProgress(platform.now())
          handle.update({ stage: 'listing', ...NOTHING_DONE })
        }
        // One for all its files, whatever was saved while it was paused: the report names one.
        policy ??= policyNamed(spec.policy)
        const { report, facts } = await runScan(
          platform,
          rules,
          {
            ...filesOf(uploads, spec),
            hash: spec.hash,
            policy,
            limits,
            budget,
            progress,
            signal,
            ...(spec.useCache && { cache }),
          },
          jobObserver(handle, stream, recorder(handle, spec)),
        )
        signal.throwIfAborted()
        handle.update({ stage: 'saving', current: null })
        const id = ReportId.parse(job.id)
        await reports.save(id, spec.source, report, facts, {
          operationId: id,
          roots: spec.roots.map((root) => root.path),
        })
        stream.end({ type: 'done', reportId: id })
      } finally {
        endTurn()
      }
    }

    function settle(handle: JobHandle<'scan'>, event?: ScanEvent): void {
      if (spec.uploadId !== undefined) uploads.remove(spec.uploadId)
      record(runs.remove(handle.job.id))
      if (event !== undefined) stream.end(event)
    }

    return {
      async run(handle) {
        const { job } = handle
        streams.set(handle, stream)
        if (!begun) log('started', job, startOf(spec))
        begun = true
        record(runs.save(job, spec, 'running'))
        try {
          await once(handle)
        } catch (error) {
          if (handle.stopping === 'pause' || handle.stopping === 'shutdown') {
            record(runs.save(job, spec, handle.stopping === 'pause' ? 'paused' : 'running'))
            if (handle.stopping === 'pause') log('paused', job)
            // The job is paused only when this function has ended.
            setImmediate(stream.changed)
          } else if (handle.stopping === 'cancel') {
            log('cancelled', job)
            settle(handle, { type: 'cancelled' })
          } else {
            const message = error instanceof Error ? error.message : String(error)
            log('failed', job, { reason: message })
            settle(handle, { type: 'failed', message })
          }
          throw error
        }
        settle(handle)
      },
      async discard(handle) {
        log('cancelled', handle.job)
        settle(handle, { type: 'cancelled' })
      },
    }
  }

  /** Not waited for: writes keep their order. What cannot be written is no reason to end a scan. */
  function record(writing: Promise<void>): void {
    writing.catch((error: unknown) =>
      platform.log('error', `The state of a scan was not recorded: ${String(error)}`),
    )
  }

  /** Keeps what a restart will show up to date. */
  function recorder(handle: JobHandle<'scan'>, spec: ScanSpec): () => void {
    let recordedAt = platform.monotonic()
    return () => {
      const now = platform.monotonic()
      if (now - recordedAt < RECORD_EVERY_MS) return
      recordedAt = now
      record(runs.save(handle.job, spec, 'running'))
    }
  }

  function refuseTooMany(): void {
    const running = jobs.running('scan')
    if (running >= MOST_WANTED)
      throw new ScanStartError('TOO_MANY_SCANS', { running, limit: MOST_WANTED })
  }

  for (const { id, spec, startedAt, shown } of runs.left()) {
    const stream = createScanStream()
    const { title } = spec
    const work = workOf(spec, stream, true)
    const handle = jobs.restore('scan', { id, title, startedAt, ...shown }, work)
    streams.set(handle, stream)
  }

  return {
    start(input) {
      refuseTooMany()
      const policy = policyNamed(input.policy)
      const spec: ScanSpec = {
        ...resolveTarget(parts, input.target),
        hash: input.hash,
        useCache: input.useCache,
        policy: policy.stamp.name,
      }
      return jobs.start('scan', spec.title, workOf(spec, createScanStream()))
    },
    resume(jobId) {
      refuseTooMany()
      const handle = jobs.find(jobId, 'scan')
      if (handle === undefined || !jobs.resume(jobId)) return false
      log('resumed', handle.job)
      return true
    },
    watch(jobId, signal) {
      const handle = jobs.find(jobId, 'scan')
      const stream = handle && streams.get(handle)
      if (handle === undefined || stream === undefined) return undefined
      return stream.follow(() => ({ type: 'progress', job: { ...handle.job } }), signal)
    },
  }
}

const NOTHING_DONE = {
  filesDone: 0,
  bytesDone: 0,
  bytesSkipped: 0,
  cacheHits: 0,
  bySeverity: { critical: 0, high: 0, medium: 0, low: 0, info: 0 },
}

function startOf({ source, roots }: ScanSpec) {
  return { source, roots: roots.map((root) => root.label) }
}

function jobObserver(
  handle: JobHandle<'scan'>,
  stream: ScanStream,
  record: () => void,
): ScanObserver {
  let bytesSkipped = 0
  return {
    listed: (filesTotal, bytesTotal) => {
      handle.update({ stage: 'scanning', filesTotal, bytesTotal })
      stream.changed()
    },
    reading: (current) => {
      handle.update({ current })
      stream.changed()
    },
    progress: (bytesDone) => {
      handle.update({ bytesDone })
      stream.changed()
      record()
    },
    file(file, filesDone, bytesDone) {
      const bySeverity = { ...handle.job.bySeverity }
      for (const finding of file.findings) bySeverity[finding.severity] += 1
      if (file.cached) bytesSkipped += file.bytes
      const cacheHits = handle.job.cacheHits + Number(file.cached)
      handle.update({ filesDone, bytesDone, bytesSkipped, cacheHits, bySeverity })
      if (file.findings.length > 0) stream.findings(file.path, file.findings)
      else stream.changed()
      record()
    },
  }
}
