import type { Db } from './open'

export class DiskFullError extends Error {
  override readonly name = 'DiskFullError'
  constructor(file: string) {
    super(
      `The disk that holds ${file} is full. Free some space, or choose another data folder with --data-dir.`,
    )
  }
}

/** SQLite's own words for a full disk, as a sentence that says where and what to do. */
export function orDiskFull(error: unknown, db: Db): unknown {
  return (error as { code?: string }).code === 'SQLITE_FULL' ? new DiskFullError(db.name) : error
}
