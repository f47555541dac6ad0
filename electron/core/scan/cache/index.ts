import { join } from 'node:path'
import type { CacheState } from '@shared/contract/scan'
import type { Platform } from '../../platform'
import type { ScanLimits } from '../protocol'
import { scopeOf } from './key'
import type { KnownResult } from './known-result'
import { type CacheSession, createSession, type ListedFile } from './session'
import { bytesInUse, type CacheDb, openCacheFile, removeCacheFile } from './store'

export type { CacheSession, KnownResult, ListedFile }

/**
 * What was found in files that were read before: their facts, never their findings, so that newer
 * rules judge old files without reading them.
 *
 * What a child that a hostile file took over could do: send wrong facts for that file and those it
 * gets after it, and name a wrong hash, so that another file of equal size and name would be
 * answered with them later. The host cannot tell without reading every byte itself. So it keeps the
 * size and the name to its own listing, keeps only results that end by themselves, and when a child
 * breaks the protocol in any way, forgets all that this child ever said. A child that is asked for
 * a hash learns nothing and gains nothing: the answer goes to the report, never to the child.
 */
export interface ScanCache {
  /** For one scan; undefined when the cache is off or cannot be opened. */
  session(limits: ScanLimits): CacheSession | undefined
  state(): CacheState
  clear(): Promise<void>
  close(): void
}

export interface ScanCacheOptions {
  platform: Pick<Platform, 'childBuild' | 'log' | 'now'>
  dataFolder: string
  /** Of the database file; 0 is off. Read again for every scan. */
  limitBytes: () => number
}

/** Rows that are deleted between two turns of the event loop: about 3 ms. */
const CLEAR_ROWS = 200
/** Pages that are given back to the disk between two turns. */
const CLEAR_PAGES = 500

/** Opens nothing yet: the file is opened with the first scan. Never throws. */
export function openScanCache(options: ScanCacheOptions): ScanCache {
  const file = join(options.dataFolder, 'cache.db')
  let db: CacheDb | undefined
  let broken = false
  const count = { hits: 0, misses: 0 }

  function open(): CacheDb | undefined {
    if (broken) return undefined
    try {
      db ??= openCacheFile(file)
    } catch (error) {
      fail(error)
    }
    return db
  }

  /** The cache is a convenience: without it scans go on and read every file. */
  function fail(error: unknown): void {
    const { code = '', message } = error as { code?: string; message: string }
    if (code.startsWith('SQLITE_BUSY')) return
    options.platform.log('error', `The cache of scanned files is not used: ${message}`)
    close()
    broken = !/^SQLITE_(CORRUPT|NOTADB)/.test(code)
    if (!broken) removeCacheFile(file)
  }

  /** What `run` returns, or undefined where the cache is off, busy or broken. */
  function use<T>(run: (db: CacheDb) => T): T | undefined {
    const open_ = open()
    if (open_ === undefined) return undefined
    try {
      return run(open_)
    } catch (error) {
      fail(error)
      return undefined
    }
  }

  function close(): void {
    try {
      db?.close()
    } catch {
      // A damaged file may refuse even that.
    }
    db = undefined
  }

  async function clear(): Promise<void> {
    const steps: ((db: CacheDb) => boolean)[] = [
      (open) =>
        open
          .prepare(`DELETE FROM seen WHERE place IN (SELECT place FROM seen LIMIT ${CLEAR_ROWS})`)
          .run().changes > 0,
      (open) =>
        open
          .prepare(`DELETE FROM result WHERE id IN (SELECT id FROM result LIMIT ${CLEAR_ROWS})`)
          .run().changes > 0,
      (open) => {
        open.pragma(`incremental_vacuum(${CLEAR_PAGES})`)
        return (open.pragma('freelist_count', { simple: true }) as number) > 0
      },
    ]
    for (const step of steps)
      while (use(step) === true) await new Promise((resolve) => setImmediate(resolve))
    use((open) => open.pragma('wal_checkpoint(TRUNCATE)'))
    count.hits = 0
    count.misses = 0
  }

  return {
    session(limits) {
      const limitBytes = options.limitBytes()
      if (limitBytes === 0 || open() === undefined) return undefined
      const scope = scopeOf(options.platform.childBuild('scan'), limits)
      return createSession({ use, scope, limitBytes, count, now: options.platform.now })
    },
    state: () => ({
      entries: use((open) => rowCount(open)) ?? 0,
      bytes: use(bytesInUse) ?? 0,
      limitBytes: options.limitBytes(),
      ...count,
    }),
    clear,
    close,
  }
}

function rowCount(db: CacheDb): number {
  return (db.prepare('SELECT count(*) AS n FROM result').get() as { n: number }).n
}
