import { createHash, hash } from 'node:crypto'
import { canonicalText } from '@shared/model/canonical'
import type { ReportId } from '@shared/scan-report/report-row'
import type { Db } from '../database/open'

/** Facts that are hashed between two turns of the event loop: about 5 ms. */
const BATCH = 500

/**
 * SHA-256 over all facts of a report, in an order that does not depend on how the scan went: the
 * sorted hashes of [file, kind, name, body], one a line. A later scan of the same bytes by the same
 * parsers gives the same.
 */
export async function factsDigest(db: Db, reportId: ReportId): Promise<string> {
  const page = db.prepare(
    `SELECT rowid, file, kind, name, body FROM fact
     WHERE report_id = ? AND rowid > ? ORDER BY rowid LIMIT ${BATCH}`,
  )
  const hashes: string[] = []
  let last = 0
  for (;;) {
    const rows = page.all(reportId, last) as StoredFact[]
    for (const { rowid, file, kind, name, body } of rows) {
      hashes.push(hash('sha256', canonicalText([file, kind, name, wellFormed(JSON.parse(body))])))
      last = rowid
    }
    if (rows.length < BATCH) break
    await new Promise((resolve) => setImmediate(resolve))
  }
  const digest = createHash('sha256')
  for (const one of hashes.sort()) digest.update(`${one}\n`)
  return digest.digest('hex')
}

interface StoredFact {
  rowid: number
  file: string
  kind: string
  name: string
  body: string
}

/** Evidence is cut by length and may end in half of a surrogate pair, which has no canonical form. */
function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed()
  if (Array.isArray(value)) return value.map(wellFormed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key.toWellFormed(), wellFormed(part)]),
  )
}
