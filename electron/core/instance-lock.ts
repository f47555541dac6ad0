import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { ensureFolder } from './data-folder'

/** Held while a console owns a data folder; the kernel releases it when the process dies. */
export interface InstanceLock {
  /** Tells a second console where this one is. Readable by this user only: it holds the session link. */
  announce(address: string): void
  release(): void
}

/**
 * Takes the data folder for this process. SQLite's exclusive lock is a POSIX record lock (LockFileEx
 * on Windows), which no crash can leave behind. Returns where the owner is when there is one.
 */
export function takeInstanceLock(dataFolder: string): InstanceLock | { owner: string | null } {
  ensureFolder(dataFolder)
  const addressFile = join(dataFolder, 'console.address')
  const db = new Database(join(dataFolder, 'console.lock'), { timeout: 0 })
  try {
    db.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    db.close()
    if ((error as { code?: string }).code !== 'SQLITE_BUSY') throw error
    return { owner: readOwner(addressFile) }
  }
  // The address of a console that was killed leads nowhere; a second start must not show it.
  rmSync(addressFile, { force: true })
  return {
    announce: (address) => writeFileSync(addressFile, address, { mode: 0o600 }),
    release() {
      rmSync(addressFile, { force: true })
      db.close()
    },
  }
}

function readOwner(addressFile: string): string | null {
  try {
    return readFileSync(addressFile, 'utf8')
  } catch {
    return null
  }
}
