import { DatabaseSync } from 'node:sqlite'

/**
 * One process a folder: two engines on one folder lose what the other wrote, without a word. The lock
 * belongs to this process and not to the host, because a host that was killed may leave it behind for
 * the rest of a query. SQLite's exclusive lock is released by the kernel when its holder dies.
 */
export function takeFolderLock(file: string): boolean {
  const lock = new DatabaseSync(file, { timeout: 0 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
    held = lock
    return true
  } catch {
    lock.close()
    return false
  }
}

/** Never collected: that would release the lock. */
let held: DatabaseSync | undefined
export const holdsLock = (): boolean => held !== undefined
