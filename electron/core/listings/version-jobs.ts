import { VersionDraft } from '@shared/contract/listings'
import { z } from 'zod'
import type { Db } from '../database/open'
import { exclusively } from '../database/transaction'

/**
 * One version on its way. Every operation has its id from the beginning, so that whatever is sent
 * again is the same operation.
 */
export const VersionSpec = z.object({
  draft: VersionDraft,
  title: z.string(),
  versionId: z.uuid(),
  addOperation: z.uuid(),
  report: z.object({ id: z.uuid(), operation: z.uuid() }),
  results: z.array(z.object({ result: z.uuid(), id: z.uuid(), operation: z.uuid() })),
})
export type VersionSpec = z.infer<typeof VersionSpec>

const VersionDone = z.object({
  /** The passport that was signed for it: its bytes are those that are sent again. */
  passportId: z.uuid().nullable(),
  added: z.boolean(),
  reported: z.boolean(),
  /** How many of `results` were sent. */
  results: z.number().int(),
  /** SHA-256 of uploaded files; of one that is under way, what its upload goes on from. */
  uploaded: z.array(z.string()),
  upload: z.object({ sha256: z.string(), resume: z.string() }).nullable(),
})
export type VersionDone = z.infer<typeof VersionDone>

export const NOTHING_DONE: VersionDone = {
  passportId: null,
  added: false,
  reported: false,
  results: 0,
  uploaded: [],
  upload: null,
}

export interface StoredVersionJob {
  id: string
  startedAt: Date
  spec: VersionSpec
  done: VersionDone
}

export interface VersionJobs {
  save(job: StoredVersionJob): Promise<void>
  remove(id: string): Promise<void>
  /** In a transaction that the caller has open. */
  removeNow(id: string): void
  /** What was under way when the console ended, oldest first. */
  left(): StoredVersionJob[]
}

export function createVersionJobs(db: Db): VersionJobs {
  const upsert = db.prepare(
    `INSERT INTO version_job (id, created_at, spec, done) VALUES (?,?,?,?)
     ON CONFLICT (id) DO UPDATE SET done = excluded.done`,
  )
  const remove = db.prepare('DELETE FROM version_job WHERE id = ?')
  return {
    save: ({ id, startedAt, spec, done }) =>
      exclusively(
        db,
        () => void upsert.run(id, startedAt.getTime(), JSON.stringify(spec), JSON.stringify(done)),
      ),
    remove: (id) => exclusively(db, () => void remove.run(id)),
    removeNow: (id) => void remove.run(id),
    left() {
      const rows = db
        .prepare('SELECT id, created_at, spec, done FROM version_job ORDER BY created_at, id')
        .all() as { id: string; created_at: number; spec: string; done: string }[]
      return rows.map(({ id, created_at, spec, done }) => ({
        id,
        startedAt: new Date(created_at),
        spec: VersionSpec.parse(JSON.parse(spec)),
        done: VersionDone.parse(JSON.parse(done)),
      }))
    },
  }
}
