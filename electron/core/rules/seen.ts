import type { Db } from '../database/open'

/** How a rule did in the reports stored here, and in what people decided about its findings. */
export function seenOf(db: Db, ruleId: string) {
  const found = db
    .prepare(
      'SELECT count(*) AS findings, count(DISTINCT report_id) AS reports FROM finding WHERE rule_id = ?',
    )
    .get(ruleId) as { findings: number; reports: number }
  const decided = db
    .prepare(
      `SELECT count(kind) AS judged, count(*) FILTER (WHERE kind = 'false-positive') AS falsePositives
       FROM disposition WHERE rule_id = ?`,
    )
    .get(ruleId) as { judged: number; falsePositives: number }
  return { ...found, ...decided }
}
