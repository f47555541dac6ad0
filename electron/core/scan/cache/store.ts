import { rmSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { ensureFolder } from '../../data-folder'

export type CacheDb = Database.Database

/** Raised with every change of the tables: another version's file is thrown away, never migrated. */
const SCHEMA_VERSION = 1

const SCHEMA = `
  CREATE TABLE result (
    -- Never used twice: a place must not lead to the content that took a number over.
    id    INTEGER PRIMARY KEY AUTOINCREMENT,
    key   BLOB NOT NULL UNIQUE, -- see key.ts
    scope BLOB NOT NULL,        -- scanner and limits
    bytes INTEGER NOT NULL,     -- size of the file
    used  INTEGER NOT NULL,     -- hours since the epoch
    body  TEXT NOT NULL         -- KnownResult, JSON
  ) STRICT;
  CREATE INDEX result_size ON result (scope, bytes);
  CREATE INDEX result_used ON result (used);

  -- The fast path: where a content was last seen, and in which state the file was.
  CREATE TABLE seen (
    place  BLOB PRIMARY KEY,
    stat   TEXT NOT NULL,
    result INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX seen_result ON seen (result);
`

/**
 * Opens the cache, a database file of its own: it may be lost at any time, so it need not be synced
 * with every write, and a file that is damaged or of another version is replaced by an empty one.
 * Throws where the folder cannot be written at all.
 */
export function openCacheFile(file: string): CacheDb {
  ensureFolder(dirname(file))
  try {
    return openAsItIs(file)
  } catch (error) {
    if ((error as { code?: string }).code === 'SQLITE_BUSY') throw error
    removeCacheFile(file)
    return openAsItIs(file)
  }
}

export function removeCacheFile(file: string): void {
  for (const ending of ['', '-wal', '-shm']) rmSync(file + ending, { force: true })
}

function openAsItIs(file: string): CacheDb {
  const db = new Database(file, { timeout: 200 })
  try {
    db.pragma('auto_vacuum = INCREMENTAL')
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = NORMAL')
    db.pragma('trusted_schema = OFF')
    db.transaction(() => {
      const found = db.pragma('user_version', { simple: true })
      if (found === SCHEMA_VERSION) return
      if (found !== 0) throw new Error(`schema ${String(found)} is not ${SCHEMA_VERSION}`)
      db.exec(SCHEMA)
      db.pragma(`user_version = ${SCHEMA_VERSION}`)
    }).immediate()
    // From here on nothing waits in this thread for another process: see session.ts.
    db.pragma('busy_timeout = 0')
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** Bytes in use: pages that hold something. Free ones are filled again before the file grows. */
export function bytesInUse(db: CacheDb): number {
  const pragma = (name: string) => db.pragma(name, { simple: true }) as number
  return (pragma('page_count') - pragma('freelist_count')) * pragma('page_size')
}

const statements = new WeakMap<CacheDb, Map<string, Database.Statement>>()

/** A statement that is prepared once for each opened file. */
export function prepared(db: CacheDb, sql: string): Database.Statement {
  const known = statements.get(db) ?? new Map<string, Database.Statement>()
  statements.set(db, known)
  const statement = known.get(sql) ?? db.prepare(sql)
  known.set(sql, statement)
  return statement
}
