import { type Disposition, DispositionKind } from '@shared/scan-report/disposition'
import { z } from 'zod'
import type { Db } from '../database/open'

/** A row of the table. Without a kind, the disposition was taken away; the row says by which operation. */
export const DispositionRow = z.object({
  series: z.string(),
  path: z.string(),
  fingerprint: z.string(),
  pin: z.string().nullable(),
  rule_id: z.string(),
  kind: DispositionKind.nullable(),
  reason: z.string().nullable(),
  expires: z.string().nullable(),
  actor: z.string(),
  at: z.number(),
  operation_id: z.string(),
})
export type DispositionRow = z.infer<typeof DispositionRow>

export interface HeldDisposition {
  /** It holds only for a finding with the same. */
  pin: string | null
  disposition: Disposition
}

export interface DispositionRows {
  get(series: string, path: string, fingerprint: string): DispositionRow | undefined
  put(row: DispositionRow): void
  delete(series: string, path: string, fingerprint: string): void
  /** What holds on that day (ISO, UTC). */
  holding(series: string, today: string): HeldDisposition[]
}

export function createDispositionRows(db: Db): DispositionRows {
  const select = db.prepare(
    'SELECT * FROM disposition WHERE series = ? AND path = ? AND fingerprint = ?',
  )
  const upsert = db.prepare(
    `INSERT OR REPLACE INTO disposition VALUES
       (@series, @path, @fingerprint, @pin, @rule_id, @kind, @reason, @expires, @actor, @at, @operation_id)`,
  )
  const remove = db.prepare(
    'DELETE FROM disposition WHERE series = ? AND path = ? AND fingerprint = ?',
  )
  const selectHolding = db.prepare(
    `SELECT path, fingerprint, pin, kind, reason, expires, actor AS "by", at FROM disposition
     WHERE series = ? AND kind IS NOT NULL AND (expires IS NULL OR expires > ?)`,
  )
  return {
    get: (...key) => select.get(...key) as DispositionRow | undefined,
    put: (row) => void upsert.run(row),
    delete: (...key) => void remove.run(...key),
    holding: (series, today) =>
      (
        selectHolding.all(series, today) as (Omit<Disposition, 'at'> & {
          at: number
          pin: string | null
        })[]
      ).map(({ pin, at, ...row }) => ({ pin, disposition: { ...row, at: new Date(at) } })),
  }
}
