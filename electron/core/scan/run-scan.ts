import type { CompiledPolicy } from '@shared/scan-report/apply-policy'
import type { Fact } from '@shared/scan-report/fact'
import type { RuleSet } from '@shared/scan-report/match'
import type { FileReport, ScanReport } from '@shared/scan-report/report'
import { summarise } from '@shared/scan-report/summary'
import { version } from '../../../package.json'
import { atOnce, createBreathing, inSlices } from '../event-loop'
import type { Platform } from '../platform'
import type { CacheSession, ListedFile, ScanCache } from './cache'
import { createChildPool, type PoolTask, type Walked } from './child-pool'
import { CancelledError } from './endings'
import { joinReports } from './join-reports'
import { type Judged, judge, unreadableFile } from './judge'
import { nameHint } from './name-hint'
import type { ScanLimits } from './protocol'
import { createScanProgress, type ScanProgress } from './scan-progress'
import type { WorkerBudget } from './worker-budget'

export interface ScanRequest {
  /** Walked by the child; `label` is what the user wrote. */
  roots: readonly { path: string; label: string }[]
  /** Uploaded files below a root: already listed, reported under their own names. */
  listed?: readonly { path: string; absolutePath: string; bytes: number }[]
  notes: readonly string[]
  limits: ScanLimits
  /** Shared with the other scans of this process. */
  budget: WorkerBudget
  hash: boolean
  policy: CompiledPolicy
  /** What is known of files that were read before; may still be opening. */
  cache?: ScanCache | Promise<ScanCache>
  /** What an earlier run of the same request did before it was paused; it is added to. */
  progress?: ScanProgress
  signal: AbortSignal
}

export interface ScanObserver {
  listed(files: number, bytes: number): void
  reading(path: string): void
  progress(bytesDone: number): void
  /** `report.cached` files were not read: their bytes are done, and say nothing about speed. */
  file(report: FileReport, filesDone: number, bytesDone: number): void
}

export interface ScanResult {
  report: ScanReport
  facts: Map<FileReport, readonly Fact[]>
}

type Entry = Walked['entries'][number]

/** Facts of a file that are judged at once, before the next message: about 5 ms. */
const FEW_FACTS = 256

/**
 * Runs one scan from start to end. Rejects with CancelledError once its children are gone; with
 * the same `progress` another call goes on where this one stopped.
 */
export async function runScan(
  platform: Platform,
  rules: () => RuleSet,
  request: ScanRequest,
  observer: ScanObserver,
): Promise<ScanResult> {
  const progress = request.progress ?? createScanProgress(platform.now())
  const started = platform.monotonic()
  const spent = () => progress.spentMs + platform.monotonic() - started
  const pool = createChildPool({
    platform,
    limits: request.limits,
    hash: request.hash,
    budget: request.budget,
    signal: request.signal,
    // Roots only, listed files lie below them: 20,000 flags would not fit onto a command line.
    readable: request.roots.map((root) => root.path),
  })
  let cache: CacheSession | undefined
  try {
    const isResumed = progress.walked !== undefined
    const walking = progress.walked ?? list(request, pool)
    // Loaded while the child starts: together they are most of the time of a small scan.
    const ruleSet = rules()
    progress.walked = await walking
    cache = (await request.cache)?.session(request.limits)
    const { entries, unreadable, notes } = progress.walked
    observer.listed(
      entries.length,
      entries.reduce((sum, entry) => sum + entry.bytes, 0),
    )

    const reading = new Map<number, number>()
    const bytesDone = () =>
      [...reading.values()].reduce((sum, bytes) => sum + bytes, progress.bytesBehind)
    const add = (id: number, entry: Entry, file: FileReport, { facts }: Judged) => {
      if (request.signal.aborted) return
      reading.delete(id)
      progress.add(id, entry.bytes, file, facts)
      observer.file(file, progress.files.size, bytesDone())
    }
    // One after the other, so that they share the event loop's time and not each take it.
    let long: Promise<unknown> = Promise.resolve()
    const done = (id: number, entry: Entry, result: Judged, cached: boolean) => {
      const judging = judge({ rules: ruleSet, policy: request.policy }, entry, result, cached)
      if (result.facts.length <= FEW_FACTS) return add(id, entry, atOnce(judging), result)
      long = long.then(async () => add(id, entry, await inSlices(judging), result))
      long.catch(() => undefined)
    }

    // A listing from before a pause says nothing about the state of a file now: then content counts.
    const byState = isResumed ? undefined : cache
    const unknown = await answerKnown(entries, progress, byState, request.signal, done)
    const listedFiles = new Map(unknown.map(({ id, entry }) => [id, listedFile(entry)]))
    const tasks = unknown.map(({ id, entry }): PoolTask => {
      const { absolutePath, path: displayPath, bytes } = entry
      return { id, absolutePath, displayPath, bytes }
    })
    /** What children said the content is, of files they answered for. */
    const told = new Map<number, string | null>()
    const of = (task: PoolTask) => {
      const [entry, file] = [entries[task.id], listedFiles.get(task.id)]
      return entry && file && { entry, file, readAt: task.sentAt ?? 0 }
    }
    await pool.scan(tasks, {
      started: (task) => observer.reading(task.displayPath),
      progress(task, bytes) {
        reading.set(task.id, bytes)
        observer.progress(bytesDone())
      },
      scanned(task, result) {
        const known = of(task)
        if (known === undefined) return
        told.set(task.id, result.sha256)
        if (request.hash) cache?.put(known.file, result, known.readAt)
        done(task.id, known.entry, result, false)
      },
      hashFirst: (task) => cache?.knowsSize(task.bytes) === true,
      hashed(task, { sha256, stat, bytes }) {
        const known = of(task)
        if (known === undefined || sha256 === null || stat === null) return false
        if (bytes !== known.file.bytes) return false
        const result = cache?.byContent(known.file, sha256, stat, known.readAt)
        if (result === undefined) return false
        told.set(task.id, sha256)
        done(task.id, known.entry, result, true)
        return true
      },
      distrusted(finished) {
        for (const task of finished) {
          const sha256 = told.get(task.id)
          const file = listedFiles.get(task.id)
          if (file && sha256) cache?.forget(file, sha256)
        }
      },
    })
    await long
    // From here on files would be missing.
    if (request.signal.aborted) throw new CancelledError('The scan was cancelled.')
    await joinReports(progress, { rules: ruleSet, policy: request.policy })
    const files = [...unreadable.map(unreadableFile), ...progress.files.values()]
    files.sort((a, b) => a.root - b.root || (a.path < b.path ? -1 : 1))
    const report: ScanReport = {
      schemaVersion: 1,
      scannerVersion: version,
      rulesVersion: ruleSet.version,
      policy: request.policy.stamp,
      startedAt: progress.startedAt.toISOString(),
      durationMs: Math.round(spent() * 10) / 10,
      roots: request.roots.map((root) => root.label),
      notes: [
        ...request.notes,
        ...notes,
        ...progress.budget.notes(),
        ...expiredNote(request.policy),
      ],
      summary: summarise(files),
      files,
    }
    return { report, facts: progress.facts }
  } finally {
    progress.spentMs = spent()
    await Promise.all([pool.close(), cache?.end(!request.signal.aborted)])
  }
}

async function list(
  request: ScanRequest,
  pool: ReturnType<typeof createChildPool>,
): Promise<Walked> {
  if (request.listed === undefined)
    return pool.walk(request.roots.map(({ path }, index) => ({ index, path })))
  return {
    entries: request.listed.map((file) => ({ root: 0, ...file })),
    notes: [],
    unreadable: [],
  }
}

/** The fast path: files that are as they were when they were read. Returns all others, in order. */
async function answerKnown(
  entries: readonly Entry[],
  progress: ScanProgress,
  cache: CacheSession | undefined,
  signal: AbortSignal,
  done: (id: number, entry: Entry, result: Judged, cached: boolean) => void,
): Promise<{ id: number; entry: Entry }[]> {
  const unknown: { id: number; entry: Entry }[] = []
  const breathe = createBreathing()
  for (const [id, entry] of entries.entries()) {
    if (progress.files.has(id)) continue
    const known = entry.stat && (await cache?.byStat(listedFile(entry), entry.stat))
    if (known === undefined) unknown.push({ id, entry })
    else done(id, entry, known, true)
    await breathe()
    if (signal.aborted) throw new CancelledError('The scan was cancelled.')
  }
  return unknown
}

function listedFile({ absolutePath, path, bytes }: Entry): ListedFile {
  return { absolutePath, hint: nameHint(path), bytes }
}

function expiredNote({ expired, stamp }: CompiledPolicy): string[] {
  if (expired === 0) return []
  const entries = expired === 1 ? '1 entry' : `${expired} entries`
  return [`${entries} of the policy ${stamp.name} expired and count no more.`]
}
