import { orDiskFull } from './disk-full'
import type { Db } from './open'

/** Another writer is waited for during half a minute. */
const RETRY_MS = 50
const MOST_TRIES = 600

/** The end of each database's queue of writes. */
const queues = new WeakMap<Db, Promise<unknown>>()

/**
 * Runs `write` in a transaction of its own, after all that asked before. A transaction may span
 * several turns of the event loop, and what else the connection writes meanwhile would be part of it.
 */
export function exclusively<T>(db: Db, write: () => T | Promise<T>): Promise<T> {
  const result = (queues.get(db) ?? Promise.resolve()).then(() => inTransaction(db, write))
  queues.set(
    db,
    result.catch(() => undefined),
  )
  return result
}

/** Resolves when nothing is left to be written. */
export async function settled(db: Db): Promise<void> {
  let last: Promise<unknown> | undefined
  while (last !== queues.get(db)) {
    last = queues.get(db)
    await last
  }
}

/** Runs `write` in a transaction that may span several turns of the event loop: wholly or not at all. */
export async function inTransaction<T>(db: Db, write: () => T | Promise<T>): Promise<T> {
  await begin(db)
  try {
    const result = await write()
    db.exec('COMMIT')
    return result
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK')
    throw orDiskFull(error, db)
  }
}

/**
 * Where another process writes (a scan on the command line), SQLite would wait in this very thread,
 * and the page would stand still. So this asks again, between turns of the event loop.
 */
async function begin(db: Db): Promise<void> {
  const timeout = db.pragma('busy_timeout', { simple: true }) as number
  for (let tries = 1; ; tries++) {
    db.pragma('busy_timeout = 0')
    try {
      db.exec('BEGIN IMMEDIATE')
      return
    } catch (error) {
      if ((error as { code?: string }).code !== 'SQLITE_BUSY' || tries === MOST_TRIES) throw error
    } finally {
      db.pragma(`busy_timeout = ${timeout}`)
    }
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
  }
}
