import Database from 'better-sqlite3'
import { orDiskFull } from './disk-full'
import { MIGRATIONS } from './migrations'

export type Db = Database.Database

export class DatabaseTooNewError extends Error {
  override readonly name = 'DatabaseTooNewError'
  constructor(file: string, found: number, known: number) {
    super(
      `${file} was written by a newer console (schema ${found}, this one knows ${known}). Update the console, or choose another data folder with --data-dir.`,
    )
  }
}

/**
 * Opens the local store and brings its schema up to date. A migration applies wholly or leaves the
 * file as it was; two processes that open a new file at once are serialised by the write lock.
 */
export function openDatabase(file: string): Db {
  const db = new Database(file, { timeout: 5000 })
  try {
    db.pragma('journal_mode = WAL')
    // Reports are evidence: an acknowledged one survives a power cut.
    db.pragma('synchronous = FULL')
    db.pragma('foreign_keys = ON')
    db.pragma('trusted_schema = OFF')
    migrate(db, file)
  } catch (error) {
    db.close()
    throw orDiskFull(error, db)
  }
  return db
}

function migrate(db: Db, file: string): void {
  const known = MIGRATIONS.length
  if (schemaVersion(db) === known) return
  db.transaction(() => {
    // Read again under the write lock: another process may have migrated meanwhile.
    const found = schemaVersion(db)
    if (found > known) throw new DatabaseTooNewError(file, found, known)
    for (const step of MIGRATIONS.slice(found)) {
      step.prepare?.(db)
      db.exec(step.sql)
    }
    db.pragma(`user_version = ${known}`)
  }).immediate()
}

export function schemaVersion(db: Db): number {
  return db.pragma('user_version', { simple: true }) as number
}
