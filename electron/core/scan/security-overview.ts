import type { SecurityOverview } from '@shared/contract/scan'
import { SEVERITIES, VERDICTS, type Verdict } from '@shared/scan-report/report'
import type { Rule } from '@shared/scan-report/rule'
import type { Db } from '../database/open'

const DAY_MS = 86_400_000
const TOP_RULES = 20

interface DayRow {
  day: number
  verdict: Verdict
  scans: number
  files: number
  hits: number
}

/** Figures over the reports of the last `days` days (UTC, today included). Reads no document. */
export function securityOverview(
  db: Db,
  titles: ReadonlyMap<string, Pick<Rule, 'title'>>,
  now: Date,
  days: number,
): SecurityOverview {
  const today = Math.floor(now.getTime() / DAY_MS)
  const first = today - days + 1
  const since = first * DAY_MS
  const rows = db
    .prepare(
      `SELECT started_at / ${DAY_MS} AS day, verdict, count(*) AS scans,
         sum(files) AS files, sum(cache_hits) AS hits
       FROM report WHERE started_at >= ? GROUP BY day, verdict`,
    )
    .all(since) as DayRow[]
  const sum = (key: 'scans' | 'files' | 'hits') => rows.reduce((all, row) => all + row[key], 0)
  const files = sum('files')
  const titleOf = (ruleId: string) => titles.get(ruleId)?.title ?? ruleId
  return {
    days,
    scans: sum('scans'),
    files,
    verdicts: countVerdicts(rows),
    daily: Array.from({ length: days }, (_, index) => {
      const own = rows.filter((row) => row.day === first + index)
      return {
        day: new Date((first + index) * DAY_MS).toISOString().slice(0, 10),
        scans: own.reduce((all, row) => all + row.scans, 0),
        verdicts: countVerdicts(own),
      }
    }),
    topRules: topRules(db, since).map((rule) => ({ ...rule, title: titleOf(rule.ruleId) })),
    cacheHitRate: files === 0 ? null : sum('hits') / files,
    ...durations(db, since),
    precision: judgedRules(db)
      .map((rule) => ({
        ...rule,
        title: titleOf(rule.ruleId),
        precision: 1 - rule.falsePositives / rule.judged,
      }))
      .sort((a, b) => a.precision - b.precision || b.judged - a.judged),
  }
}

function countVerdicts(rows: readonly DayRow[]): Record<Verdict, number> {
  const counts = Object.fromEntries(VERDICTS.map((verdict) => [verdict, 0]))
  for (const row of rows) counts[row.verdict] = (counts[row.verdict] ?? 0) + row.scans
  return counts as Record<Verdict, number>
}

function topRules(db: Db, since: number): Omit<SecurityOverview['topRules'][number], 'title'>[] {
  const rows = db
    .prepare(
      `SELECT rule_id AS ruleId, min(instr(?, severity)) AS worst, sum(findings) AS findings,
         count(DISTINCT report_id) AS reports
       FROM report_rule JOIN report ON report.id = report_id
       WHERE started_at >= ? GROUP BY rule_id ORDER BY findings DESC, rule_id LIMIT ${TOP_RULES}`,
    )
    // The place in 'critical high medium …' orders severities by how bad they are.
    .all(SEVERITIES.join(' '), since) as {
    ruleId: string
    worst: number
    findings: number
    reports: number
  }[]
  return rows.map(({ worst, ...row }) => ({
    ...row,
    severity: SEVERITIES.find((one) => SEVERITIES.join(' ').indexOf(one) === worst - 1) ?? 'info',
  }))
}

/** Nearest rank, which is always the duration of a real scan (milliseconds). */
function durations(db: Db, since: number): Pick<SecurityOverview, 'medianMs' | 'p95Ms'> {
  const sorted = db
    .prepare('SELECT duration_ms FROM report WHERE started_at >= ? ORDER BY duration_ms')
    .pluck()
    .all(since) as number[]
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? null
  return { medianMs: at(0.5), p95Ms: at(0.95) }
}

/** Decisions by rule, over all deliveries: an expired one is a judgement as well. */
function judgedRules(db: Db): { ruleId: string; judged: number; falsePositives: number }[] {
  return db
    .prepare(
      `SELECT rule_id AS ruleId, count(*) AS judged,
         count(*) FILTER (WHERE kind = 'false-positive') AS falsePositives
       FROM disposition WHERE kind IS NOT NULL GROUP BY rule_id`,
    )
    .all() as { ruleId: string; judged: number; falsePositives: number }[]
}

/** What the stored reports and decisions say about one rule. */
export function ruleHistory(
  db: Db,
  ruleId: string,
): { findings: number; reports: number; judged: number; falsePositives: number } {
  const seen = db
    .prepare(
      `SELECT coalesce(sum(findings), 0) AS findings, count(DISTINCT report_id) AS reports
       FROM report_rule WHERE rule_id = ?`,
    )
    .get(ruleId) as { findings: number; reports: number }
  const judged = judgedRules(db).find((rule) => rule.ruleId === ruleId)
  return {
    ...seen,
    judged: judged?.judged ?? 0,
    falsePositives: judged?.falsePositives ?? 0,
  }
}
