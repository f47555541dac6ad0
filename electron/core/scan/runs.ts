import { ScanJob } from '@shared/contract/jobs'
import { z } from 'zod'
import type { Db } from '../database/open'
import { exclusively } from '../database/transaction'

/** What was asked for, resolved: paths that were granted then stay granted for this scan. */
export const ScanSpec = z.object({
  source: z.enum(['paths', 'upload', 'samples']),
  title: z.string(),
  roots: z.array(z.object({ path: z.string(), label: z.string() })),
  uploadId: z.uuid().optional(),
  hash: z.boolean(),
  useCache: z.boolean(),
  /** Name of a policy; the one that is active then when absent. */
  policy: z.string().optional(),
})
export type ScanSpec = z.infer<typeof ScanSpec>

const Shown = ScanJob.pick({
  stage: true,
  filesDone: true,
  filesTotal: true,
  bytesDone: true,
  bytesTotal: true,
  cacheHits: true,
  bySeverity: true,
})

export interface StoredRun {
  id: string
  spec: ScanSpec
  startedAt: Date
  shown: z.infer<typeof Shown>
}

/** Scans that are not over, so that a restart finds them. */
export interface ScanRuns {
  /** Records a scan, or what it has done since. */
  save(job: ScanJob, spec: ScanSpec, state: 'running' | 'paused'): Promise<void>
  remove(id: string): Promise<void>
  /** What was left when the console ended, oldest first; at most `MOST_RUNS`. */
  left(): StoredRun[]
}

const MOST_RUNS = 100

export function createScanRuns(db: Db): ScanRuns {
  const upsert = db.prepare(
    `INSERT INTO scan_run (id, state, created_at, spec, progress) VALUES (?,?,?,?,?)
     ON CONFLICT (id) DO UPDATE SET state = excluded.state, progress = excluded.progress`,
  )
  const remove = db.prepare('DELETE FROM scan_run WHERE id = ?')
  return {
    save: (job, spec, state) =>
      exclusively(db, () => {
        const shown = JSON.stringify(Shown.parse(job))
        upsert.run(job.id, state, job.startedAt.getTime(), JSON.stringify(spec), shown)
      }),
    remove: (id) => exclusively(db, () => void remove.run(id)),
    left() {
      // Killed between the report and this row: the report is there, so the scan is over.
      db.exec('DELETE FROM scan_run WHERE id IN (SELECT id FROM report)')
      const rows = db
        .prepare('SELECT id, created_at, spec, progress FROM scan_run ORDER BY created_at LIMIT ?')
        .all(MOST_RUNS) as StoredRow[]
      return rows.flatMap((row) => {
        const run = toRun(row)
        if (run === undefined) remove.run(row.id)
        return run ?? []
      })
    },
  }
}

interface StoredRow {
  id: string
  created_at: number
  spec: string
  progress: string
}

/** Undefined for a row of another version of the console, whose scan cannot be repeated. */
function toRun(row: StoredRow): StoredRun | undefined {
  try {
    const spec = ScanSpec.parse(JSON.parse(row.spec))
    const shown = Shown.parse(JSON.parse(row.progress))
    return { id: row.id, spec, startedAt: new Date(row.created_at), shown }
  } catch {
    return undefined
  }
}
