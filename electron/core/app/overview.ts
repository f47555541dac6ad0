import type { Overview } from '@shared/contract/app'
import type { Db } from '../database/open'
import { openFindings } from '../scan/open-findings'

const DAYS = 30
const DAY_MS = 86_400_000

/** Totals and the last 30 days (UTC) over the stored reports. */
export function overviewOf(db: Db, now: Date): Overview {
  const totals = db
    .prepare(
      `SELECT count(*) AS scans, coalesce(sum(files), 0) AS files, coalesce(sum(bytes), 0) AS bytes
       FROM report`,
    )
    .get() as { scans: number; files: number; bytes: number }

  const open = openFindings(db, now)
  const today = Math.floor(now.getTime() / DAY_MS)
  const rows = db
    .prepare(
      `SELECT started_at / ${DAY_MS} AS day, verdict, duration_ms AS ms FROM report
       WHERE started_at >= ? ORDER BY duration_ms`,
    )
    .all((today - DAYS + 1) * DAY_MS) as { day: number; verdict: string; ms: number }[]

  const days = Array.from({ length: DAYS }, (_, index) => {
    const day = today - DAYS + 1 + index
    const own = rows.filter((row) => row.day === day)
    return {
      day: new Date(day * DAY_MS).toISOString().slice(0, 10),
      scans: own.length,
      malicious: own.filter((row) => row.verdict === 'malicious').length,
      suspicious: own.filter((row) => row.verdict === 'suspicious').length,
      medianMs: median(own.map((row) => row.ms)),
    }
  })
  return {
    scans: totals.scans,
    filesScanned: totals.files,
    bytesScanned: totals.bytes,
    openCritical: open.critical,
    openHigh: open.high,
    days,
  }
}

/** Median of ascending values; null of none. */
function median(sorted: readonly number[]): number | null {
  if (sorted.length === 0) return null
  const low = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0
  const high = sorted[Math.ceil((sorted.length - 1) / 2)] ?? 0
  return (low + high) / 2
}
