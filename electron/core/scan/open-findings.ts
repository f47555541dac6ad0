import type { ReportId } from '@shared/scan-report/report-row'
import type { Db } from '../database/open'

/** The newest report of every delivery; what older ones found is no longer open or is found again. */
const LATEST = `latest AS MATERIALIZED (
  SELECT report.id, report.series, report.by_severity FROM report
  WHERE id = (SELECT id FROM report AS other WHERE other.series = report.series
              ORDER BY started_at DESC, id LIMIT 1))`

/** Dispositions that hold on the day :today (ISO, UTC). */
const HOLDING = `held AS (
  SELECT series, path, fingerprint, pin FROM disposition
  WHERE kind IS NOT NULL AND (expires IS NULL OR expires > :today))`

/** Findings of the newest report of each delivery that nobody has set aside. */
export function openFindings(db: Db, now: Date): { critical: number; high: number } {
  const found = db
    .prepare(
      `WITH ${LATEST}
       SELECT coalesce(sum(by_severity ->> 'critical'), 0) AS critical,
         coalesce(sum(by_severity ->> 'high'), 0) AS high FROM latest`,
    )
    .get() as { critical: number; high: number }
  const aside = db
    .prepare(
      `WITH ${LATEST}, ${HOLDING}
       SELECT count(*) FILTER (WHERE severity = 'critical') AS critical,
         count(*) FILTER (WHERE severity = 'high') AS high
       FROM held JOIN latest USING (series) CROSS JOIN finding
         ON report_id = latest.id AND finding.fingerprint = held.fingerprint AND file = path
         AND finding.pin IS held.pin`,
    )
    .get({ today: dayOf(now) }) as { critical: number; high: number }
  return { critical: found.critical - aside.critical, high: found.high - aside.high }
}

/**
 * How many findings of these reports are set aside on that day. Remembered until somebody decides
 * again: 10,000 decisions on a delivery that was scanned a hundred times are a million look-ups.
 */
export function createSetAsideCounts(db: Db, now: () => Date) {
  const count = db
    .prepare(
      `WITH ${HOLDING}
       SELECT count(*) FROM held CROSS JOIN finding
         ON report_id = :id AND finding.fingerprint = held.fingerprint AND file = path
           AND finding.pin IS held.pin
       WHERE series = :series`,
    )
    .pluck()
  const revision = db
    .prepare(
      `SELECT max(sequence) FROM event
       WHERE kind IN ('disposition.set', 'disposition.cleared', 'disposition.undone')`,
    )
    .pluck()
  let known = new Map<ReportId, number>()
  let knownFor = ''
  return (report: { id: ReportId; series: string }): number => {
    const today = dayOf(now())
    const state = `${String(revision.get())} ${today}`
    if (state !== knownFor) known = new Map()
    knownFor = state
    const found =
      known.get(report.id) ?? (count.get({ id: report.id, series: report.series, today }) as number)
    known.set(report.id, found)
    return found
  }
}

export function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10)
}
