import { atOnce, inSlices } from '../../event-loop'
import { isAsItWas, statText } from '../file-state'
import type { FileResult, FileStat } from '../protocol'
import { isRacy } from '../racy'
import { contentKey, placeKey } from './key'
import { type KnownResult, keepable, readKept } from './known-result'
import { bytesInUse, type CacheDb, prepared } from './store'

/** One file of a scan, as the host listed it. */
export interface ListedFile {
  absolutePath: string
  /** See name-hint.ts. */
  hint: string
  bytes: number
}

/** The cache as one scan uses it. Nothing here throws or waits. */
export interface CacheSession {
  /** The fast path: a file that is where it was, in the state in which it was read. */
  byStat(file: ListedFile, stat: FileStat): Promise<KnownResult | undefined>
  /** Whether hashing a file of this size could save reading it. */
  knowsSize(bytes: number): boolean
  /** By content; the place is remembered for the fast path. `readAt`: before it was opened, ms. */
  byContent(
    file: ListedFile,
    sha256: string,
    stat: FileStat,
    readAt: number,
  ): KnownResult | undefined
  put(file: ListedFile, result: FileResult, readAt: number): void
  /** Forgets a content that was kept by mistake. */
  forget(file: ListedFile, sha256: string): void
  /** Writes what still waits; a patient end tries for a second where another process writes. */
  end(patient: boolean): Promise<void>
}

export interface SessionParts {
  use<T>(run: (db: CacheDb) => T): T | undefined
  scope: Buffer
  limitBytes: number
  count: { hits: number; misses: number }
  now(): Date
}

/** Rows of one transaction: about 2 ms. */
const BATCH = 64
/** Or as many as came in this time, so that a killed scan loses little. */
const FLUSH_MS = 250
/** Beyond this, what cannot be written is dropped. */
const MOST_WAITING = 4096
/** Share of the limit that one file may take. */
const MOST_OF_LIMIT = 8
const EVICTED_AT_ONCE = 100
const HOUR_MS = 3_600_000

export function createSession(parts: SessionParts): CacheSession {
  const { use, scope, count } = parts
  const hour = Math.floor(parts.now().getTime() / HOUR_MS)
  let waiting: ((db: CacheDb) => void)[] = []
  let flushedAt = performance.now()

  function later(write: (db: CacheDb) => void): void {
    if (waiting.length < MOST_WAITING) waiting.push(write)
    if (waiting.length >= BATCH || performance.now() - flushedAt > FLUSH_MS) flush()
  }

  function flush(): boolean {
    const batch = waiting.slice(0, BATCH)
    flushedAt = performance.now()
    if (batch.length === 0) return true
    const written = use((db) => {
      db.transaction(() => {
        for (const write of batch) write(db)
        if (bytesInUse(db) > parts.limitBytes) evict(db)
      }).immediate()
      return true
    })
    if (written === true) waiting = waiting.slice(batch.length)
    return written === true
  }

  function taken(
    row: KnownRow,
    file: ListedFile,
    result: KnownResult | undefined,
  ): KnownResult | undefined {
    if (result === undefined || !isAsItWas(file.absolutePath, result.beside ?? [])) {
      later((db) => prepared(db, 'DELETE FROM result WHERE id = ?').run(row.id))
      return undefined
    }
    count.hits++
    if (row.used < hour)
      later((db) => prepared(db, 'UPDATE result SET used = ? WHERE id = ?').run(hour, row.id))
    return result
  }

  const keyOf = (file: ListedFile, sha256: string, place?: string) =>
    contentKey(scope, sha256, file.bytes, file.hint, place)
  const keysOf = (file: ListedFile, sha256: string) => [
    keyOf(file, sha256),
    keyOf(file, sha256, file.absolutePath),
  ]

  function remember(file: ListedFile, stat: FileStat, key: Buffer, readAt: number): void {
    const place = placeKey(scope, file.absolutePath, file.hint)
    // Then the next scan hashes it again, and finds it by content.
    if (isRacy(stat, readAt)) return
    later((db) =>
      prepared(
        db,
        'INSERT OR REPLACE INTO seen (place, stat, result) SELECT ?, ?, id FROM result WHERE key = ?',
      ).run(place, statText(stat, file.bytes), key),
    )
  }

  return {
    async byStat(file, stat) {
      const place = placeKey(scope, file.absolutePath, file.hint)
      const now = statText(stat, file.bytes)
      const row = use((db) => prepared(db, BY_PLACE).get(place, now)) as KnownRow | undefined
      return row && taken(row, file, await inSlices(readKept(row.body)))
    },
    knowsSize(bytes) {
      const found = use((db) =>
        prepared(db, 'SELECT 1 FROM result WHERE scope = ? AND bytes = ? LIMIT 1').get(
          scope,
          bytes,
        ),
      )
      return found !== undefined
    },
    byContent(file, sha256, stat, readAt) {
      for (const key of keysOf(file, sha256)) {
        const row = use((db) => prepared(db, BY_KEY).get(key)) as KnownRow | undefined
        const result = row && taken(row, file, atOnce(readKept(row.body)))
        if (result === undefined) continue
        remember(file, stat, key, readAt)
        return result
      }
      return undefined
    },
    put(file, result, readAt) {
      count.misses++
      // The size that was read is the one that was listed, or the key would name another file.
      const body = result.bytes === file.bytes ? keepable(result) : undefined
      const { sha256, stat } = result
      if (body === undefined || sha256 === null || stat === null) return
      if (body.length > parts.limitBytes / MOST_OF_LIMIT) return
      if (result.beside?.some(({ state }) => state !== null && changesYet(state, readAt))) return
      const key = keyOf(file, sha256, result.beside && file.absolutePath)
      later((db) => prepared(db, INSERT).run(key, scope, file.bytes, hour, body))
      remember(file, stat, key, readAt)
    },
    forget(file, sha256) {
      for (const key of keysOf(file, sha256))
        later((db) => prepared(db, 'DELETE FROM result WHERE key = ?').run(key))
    },
    async end(patient) {
      for (let tries = patient ? 40 : 1; waiting.length > 0 && tries > 0; ) {
        const written = flush()
        if (!written) tries--
        await new Promise((resolve) => (written ? setImmediate(resolve) : setTimeout(resolve, 25)))
      }
      waiting = []
    },
  }
}

const BY_PLACE =
  'SELECT id, used, body FROM seen JOIN result ON id = seen.result WHERE place = ? AND stat = ?'
const BY_KEY = 'SELECT id, used, body FROM result WHERE key = ?'
const INSERT = 'INSERT OR IGNORE INTO result (key, scope, bytes, used, body) VALUES (?,?,?,?,?)'

/** The same question of a neighbour, whose state is a text. */
function changesYet(state: string, readAt: number): boolean {
  const [dev = '', ino = '', , mtimeNs = '0', ctimeNs = '0'] = state.split(' ')
  return isRacy({ dev, ino, mtimeNs, ctimeNs }, readAt)
}

interface KnownRow {
  id: number
  used: number
  body: string
}

/** Least recently used first, a few at a time: what is written just now makes room for itself. */
function evict(db: CacheDb): void {
  const ids = prepared(
    db,
    'DELETE FROM result WHERE id IN (SELECT id FROM result ORDER BY used, id LIMIT ?) RETURNING id',
  ).all(EVICTED_AT_ONCE) as { id: number }[]
  const forget = prepared(db, 'DELETE FROM seen WHERE result = ?')
  for (const { id } of ids) forget.run(id)
}
