import { type BigIntStats, closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import type { Fact } from '@shared/scan-report/fact'
import { nameHint } from '../name-hint'
import { LONGEST_NEIGHBOUR_PATH, MOST_NEIGHBOURS, type Neighbour } from '../neighbour'
import type { FileResult, FileStat, FileTask, HashedMessage, ScanLimits } from '../protocol'
import { isRacy } from '../racy'
import { besideOf } from './beside'
import { type ByteSource, fileSource } from './byte-source'
import { inconclusive, type Outcome } from './context'
import { inspectFile, worse } from './file-context'
import { frameworkFacts } from './framework'
import { pathFromText } from './path-text'
import { SourceEngineNeeded } from './source-engine'
import { fileStat } from './walk'

export type ScanFileResult = FileResult

/** 4 MiB reads reach the speed of the hash itself; one buffer serves all files of a child. */
const HASH_BYTES = 4 * 1024 * 1024
const hashBuffer: { bytes?: Buffer } = {}

/** A report at least this often, milliseconds, whatever is going on. */
const REPORT_EVERY_MS = 50

/**
 * Scans one file: opens it once, reads headers and small members, and hashes all bytes if asked to.
 * `report` gets the number of bytes that are behind us. Throws nothing but SourceEngineNeeded.
 */
export function scanFile(
  task: FileTask,
  limits: ScanLimits,
  hash: boolean,
  report: (bytes: number) => void,
): ScanFileResult {
  let descriptor: number
  try {
    descriptor = openForReading(task.absolutePath)
  } catch (error) {
    return failed(`It could not be opened: ${openSentence(error)}.`)
  }
  try {
    const before = fstatSync(descriptor, { bigint: true })
    const kind = kindOf(before)
    if (kind !== undefined) return failed(`It is ${kind}, not a file; it was not read.`)
    if (before.size > Number.MAX_SAFE_INTEGER)
      return failed(`Its size of ${before.size} bytes is beyond what can be addressed.`)
    return scanOpenFile(descriptor, before, task, limits, hash, report)
  } catch (error) {
    if (error instanceof SourceEngineNeeded) throw error
    return failed(`It could not be read: ${(error as Error).message}.`)
  } finally {
    closeSync(descriptor)
  }
}

/** Hashes one file and reads nothing in it; nulls where that was not possible. Never throws. */
export function hashOnly(
  task: FileTask,
  report: (bytes: number) => void,
): Omit<HashedMessage, 'type' | 'id'> {
  const nothing = { sha256: null, bytes: 0, stat: null }
  let descriptor: number
  try {
    descriptor = openForReading(task.absolutePath)
  } catch {
    return nothing
  }
  try {
    const before = fstatSync(descriptor, { bigint: true })
    if (!before.isFile() || before.size > Number.MAX_SAFE_INTEGER) return nothing
    const bytes = Number(before.size)
    const progress = createProgress(report)
    const sha256 = hashFile(descriptor, bytes, (done) => {
      progress.reached(done)
      progress.tick()
    })
    if (hasChanged(before, fstatSync(descriptor, { bigint: true }))) return nothing
    return { sha256, bytes, stat: fileStat(before) }
  } catch {
    return nothing
  } finally {
    closeSync(descriptor)
  }
}

function scanOpenFile(
  descriptor: number,
  before: BigIntStats,
  task: FileTask,
  limits: ScanLimits,
  hash: boolean,
  report: (bytes: number) => void,
): ScanFileResult {
  const bytes = Number(before.size)
  const progress = createProgress(report)
  const source = hash
    ? fileSource(descriptor, bytes)
    : watched(fileSource(descriptor, bytes), progress.reached)
  // No parser sees more of the name than the hint: results of equal bytes and hints are equal,
  // except where one asked for the files beside it.
  const name = nameHint(task.displayPath)
  const deadline = performance.now() + limits.fileSeconds * 1000
  const beside = besideOf(pathFromText(task.absolutePath))
  const inspection = inspectFile(source, name, limits, progress.tick, beside.read)
  const inTime = performance.now() < deadline
  const facts: Fact[] = [
    ...inspection.facts,
    ...frameworkFacts(inspection.format, inspection.facts, name),
  ]
  let outcome: Outcome = inspection.outcome
  let sha256: string | null = hash ? knownHash(task, before) : null
  if (hash && sha256 === null)
    try {
      sha256 = hashFile(descriptor, bytes, (done) => {
        progress.reached(done)
        progress.tick()
      })
    } catch (error) {
      outcome = worse(outcome, {
        status: 'error',
        reason: `It could not be read to its end for the hash: ${(error as Error).message}.`,
      })
    }
  const changed = hasChanged(before, fstatSync(descriptor, { bigint: true }))
  if (changed)
    outcome = worse(inconclusive('It changed while it was scanned; scan it again.'), outcome)
  return {
    format: inspection.format,
    bytes,
    sha256,
    stat: changed ? null : fileStat(before),
    ...outcome,
    repeatable:
      inTime &&
      !changed &&
      outcome.status !== 'error' &&
      beside.asked.length <= MOST_NEIGHBOURS &&
      beside.asked.every(({ path }) => path.length <= LONGEST_NEIGHBOUR_PATH),
    ...(beside.asked.length > 0 && { beside: kept(beside.asked) }),
    facts,
  }
}

/** What fits into a message; a result with more is not kept anyway. */
const kept = (asked: readonly Neighbour[]): Neighbour[] =>
  asked.filter(({ path }) => path.length <= LONGEST_NEIGHBOUR_PATH).slice(0, MOST_NEIGHBOURS)

/** The hash that was made a moment ago, where this is surely still the same state of the file. */
function knownHash({ hashed }: FileTask, now: BigIntStats): string | null {
  if (hashed === undefined) return null
  const stat: FileStat = fileStat(now)
  const same =
    stat.dev === hashed.stat.dev &&
    stat.ino === hashed.stat.ino &&
    stat.mtimeNs === hashed.stat.mtimeNs &&
    stat.ctimeNs === hashed.stat.ctimeNs
  return same && !isRacy(stat, Date.now()) ? hashed.sha256 : null
}

/**
 * O_NONBLOCK: opening a FIFO must not wait for a writer. O_NOFOLLOW: a file that was replaced by a
 * link after the walk is not followed. Windows has neither and neither problem.
 */
function openForReading(path: string): number {
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants
  return openSync(pathFromText(path), O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
}

function openSentence(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'ELOOP') return 'it is a symbolic link, and links are not followed'
  if (code === 'ENOENT') return 'it is no longer there'
  if (code === 'EACCES' || code === 'EPERM') return 'permission is denied'
  if (code === 'ENXIO') return 'it is a socket or a device without a driver'
  return message
}

/** undefined for a regular file. */
function kindOf(stats: BigIntStats): string | undefined {
  if (stats.isFile()) return undefined
  if (stats.isDirectory()) return 'a folder'
  if (stats.isFIFO()) return 'a named pipe'
  if (stats.isSocket()) return 'a socket'
  return 'a device'
}

/** ctime as well: mtime can be set back by whoever wrote the file, ctime cannot. */
function hasChanged(before: BigIntStats, after: BigIntStats): boolean {
  return (
    before.size !== after.size ||
    before.mtimeNs !== after.mtimeNs ||
    before.ctimeNs !== after.ctimeNs
  )
}

/** Lower-case hex SHA-256 of all `size` bytes. Throws when the file ends early. */
function hashFile(descriptor: number, size: number, done: (bytes: number) => void): string {
  hashBuffer.bytes ??= Buffer.allocUnsafeSlow(HASH_BYTES)
  const buffer = hashBuffer.bytes
  // Loaded here: OpenSSL costs 12 ms of start-up, which a scan without hashes need not pay.
  const hash = process.getBuiltinModule('node:crypto').createHash('sha256')
  for (let offset = 0; offset < size; ) {
    const got = readSync(descriptor, buffer, 0, Math.min(HASH_BYTES, size - offset), offset)
    if (got === 0) throw new Error(`it ended ${size - offset} bytes early`)
    hash.update(got === HASH_BYTES ? buffer : buffer.subarray(0, got))
    offset += got
    done(offset)
  }
  return hash.digest('hex')
}

function createProgress(report: (bytes: number) => void) {
  let bytes = 0
  let reportedAt = performance.now()
  return {
    reached(position: number) {
      if (position > bytes) bytes = position
    },
    tick() {
      const now = performance.now()
      if (now - reportedAt < REPORT_EVERY_MS) return
      reportedAt = now
      report(bytes)
    },
  }
}

function watched(source: ByteSource, reached: (position: number) => void): ByteSource {
  return {
    size: source.size,
    readInto(target, offset) {
      const got = source.readInto(target, offset)
      reached(offset + got)
      return got
    },
  }
}

function failed(reason: string): ScanFileResult {
  return {
    format: 'unknown',
    bytes: 0,
    sha256: null,
    stat: null,
    status: 'error',
    reason,
    repeatable: false,
    facts: [],
  }
}
