import { basename } from 'node:path'
import { pinOf } from '@shared/scan-report/evidence-pin'
import { FACTS_VERSION, type Fact } from '@shared/scan-report/fact'
import type { FileReport, ScanReport, Verdict } from '@shared/scan-report/report'
import { ReportId, type ReportRow } from '@shared/scan-report/report-row'
import type { ActivityLog } from '../activity'
import type { Db } from '../database/open'
import { exclusively } from '../database/transaction'
import type { Platform } from '../platform'
import { createSetAsideCounts } from './open-findings'
import { createReportDocuments } from './report-document'
import { seriesOf } from './series'

/** Rows written between two turns of the event loop: about 5 ms of SQLite. */
const BATCH = 500

export interface SavedScan {
  /** Of the job, and of all events of this scan. */
  operationId: string
  /** Real paths of the roots; those of the report are as the user wrote them. */
  roots: readonly string[]
}

export interface StoredReport {
  row: ReportRow
  report: ScanReport
}

export interface ReportStore {
  /** Resolves when the report and its event are on disk (fsync), wholly or not at all. */
  save(
    id: ReportId,
    source: ReportRow['source'],
    report: ScanReport,
    facts: ReadonlyMap<FileReport, readonly Fact[]>,
    scan?: SavedScan,
  ): Promise<void>
  history(query: {
    limit: number
    offset: number
    search: string
    verdict?: Verdict | undefined
    series?: string | undefined
    latest?: boolean
  }): Promise<{ rows: ReportRow[]; total: number }>
  row(id: ReportId): ReportRow | undefined
  /** The scan before this one of the same delivery. */
  before(row: ReportRow): ReportRow | undefined
  find(id: ReportId): Promise<StoredReport | undefined>
  remove(id: ReportId, operationId: string): Promise<boolean>
  /** Stored facts by kind and name, for rules that are written later. */
  facts(kind: Fact['kind'], name: string): { reportId: ReportId; file: string; fact: Fact }[]
}

export function createReportStore(
  db: Db,
  activity: ActivityLog,
  platform: Pick<Platform, 'now'>,
): ReportStore {
  const setAside = createSetAsideCounts(db, () => platform.now())
  const documents = createReportDocuments(db)
  const insertReport = db.prepare(
    `INSERT INTO report (id, name, source, started_at, duration_ms, files, bytes, verdict, grade,
       by_severity, frameworks, rules_version, roots, series, policy, cache_hits)
     VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
  )
  const insertFinding = db.prepare(
    `INSERT INTO finding (report_id, file, rule_id, severity, fingerprint, pin)
     VALUES (?,?,?,?,?,?)`,
  )
  const insertFact = db.prepare(
    'INSERT INTO fact (report_id, file, kind, name, version, body) VALUES (?,?,?,?,?,?)',
  )
  const selectRow = db.prepare(`SELECT ${COLUMNS} FROM report WHERE id = ?`)

  async function insertDetails(
    id: ReportId,
    report: ScanReport,
    facts: ReadonlyMap<FileReport, readonly Fact[]>,
  ): Promise<void> {
    let written = 0
    const breathe = async () => {
      if (++written % BATCH === 0) await turn()
    }
    for (const file of report.files) {
      for (const finding of file.findings) {
        const { ruleId, severity, fingerprint } = finding
        const pin = pinOf(file, finding, id)
        insertFinding.run(id, file.path, ruleId, severity, fingerprint, pin)
        await breathe()
      }
      for (const { kind, name, ...body } of facts.get(file) ?? []) {
        insertFact.run(id, file.path, kind, name, FACTS_VERSION, JSON.stringify(body))
        await breathe()
      }
    }
  }

  function insertRow(
    id: ReportId,
    source: ReportRow['source'],
    report: ScanReport,
    roots: readonly string[],
  ): void {
    const { summary } = report
    insertReport.run(
      id,
      nameOf(source, report),
      source,
      Date.parse(report.startedAt),
      report.durationMs,
      summary.files,
      summary.bytes,
      summary.verdict,
      summary.grade,
      JSON.stringify(summary.bySeverity),
      JSON.stringify(frameworkNames(report)),
      report.rulesVersion,
      JSON.stringify(roots),
      seriesOf(source, roots),
      report.policy?.name ?? null,
      report.files.filter((file) => file.cached).length,
    )
  }

  const insertRules = db.prepare(
    `INSERT INTO report_rule SELECT report_id, rule_id, severity, count(*)
     FROM finding WHERE report_id = ? GROUP BY rule_id, severity`,
  )
  const toRow = (stored: StoredRow): ReportRow => {
    const row = rowOf(stored)
    return { ...row, setAside: setAside(row) }
  }
  const row = (id: ReportId) => {
    const found = selectRow.get(id) as StoredRow | undefined
    return found && toRow(found)
  }

  return {
    save(id, source, report, facts, scan = { operationId: id, roots: report.roots }) {
      return exclusively(db, async () => {
        // The row comes last: what this connection reads meanwhile never shows half a report.
        db.pragma('defer_foreign_keys = ON')
        await documents.write(id, report)
        await insertDetails(id, report, facts)
        insertRules.run(id)
        const onDisk = source === 'paths' || source === 'command-line'
        insertRow(id, source, report, onDisk ? scan.roots : report.roots)
        activity.append({
          operationId: scan.operationId,
          kind: 'scan.finished',
          subject: id,
          summary: `Scanned ${nameOf(source, report)}: ${report.summary.verdict}, grade ${report.summary.grade}`,
          body: {
            files: report.summary.files,
            verdict: report.summary.verdict,
            grade: report.summary.grade,
            durationMs: report.durationMs,
            bySeverity: report.summary.bySeverity,
          },
        })
      })
    },
    async history({ limit, offset, search, verdict, series, latest = false }) {
      const where = `WHERE (@verdict IS NULL OR verdict = @verdict)
        AND (@series IS NULL OR series = @series)
        AND (@search = '' OR instr(lower(name), lower(@search)) > 0)
        AND (@latest = 0 OR NOT EXISTS (SELECT 1 FROM report AS newer WHERE newer.series = report.series
          AND (newer.started_at > report.started_at
            OR (newer.started_at = report.started_at AND newer.id < report.id))))`
      const bind = {
        search,
        verdict: verdict ?? null,
        series: series ?? null,
        latest: latest ? 1 : 0,
      }
      const rows = db
        .prepare(
          `SELECT ${COLUMNS} FROM report ${where} ORDER BY started_at DESC, id LIMIT @limit OFFSET @offset`,
        )
        .all({ ...bind, limit, offset }) as StoredRow[]
      const total = db.prepare(`SELECT count(*) AS n FROM report ${where}`).get(bind) as {
        n: number
      }
      const done: ReportRow[] = []
      for (const stored of rows) {
        done.push(toRow(stored))
        // Counting what is set aside in one report can take 10 ms.
        await turn()
      }
      return { rows: done, total: total.n }
    },
    row,
    before({ id, series, startedAt }) {
      // Newest first is by start, then by id: of two that started at once, the greater id is earlier.
      const found = db
        .prepare(
          `SELECT ${COLUMNS} FROM report
           WHERE series = @series AND (started_at < @at OR (started_at = @at AND id > @id))
           ORDER BY started_at DESC, id LIMIT 1`,
        )
        .get({ series, at: startedAt.getTime(), id }) as StoredRow | undefined
      return found && toRow(found)
    },
    async find(id) {
      const found = row(id)
      const report = found && (await documents.read(id))
      return report && { row: found, report }
    },
    remove(id, operationId) {
      return exclusively(db, () => {
        const found = row(id)
        if (found === undefined) return false
        db.prepare('DELETE FROM report WHERE id = ?').run(id)
        documents.forget(id)
        activity.append({
          operationId,
          kind: 'report.removed',
          subject: id,
          summary: `Removed the report of ${found.name}`,
          body: { name: found.name, startedAt: found.startedAt, verdict: found.verdict },
        })
        return true
      })
    },
    facts(kind, name) {
      const rows = db
        .prepare(
          'SELECT report_id, file, body FROM fact WHERE kind = ? AND name = ? ORDER BY rowid',
        )
        .all(kind, name) as { report_id: ReportId; file: string; body: string }[]
      return rows.map((row) => ({
        reportId: row.report_id,
        file: row.file,
        fact: { kind, name, ...(JSON.parse(row.body) as Omit<Fact, 'kind' | 'name'>) },
      }))
    },
  }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

const COLUMNS = `id, name, source, started_at, duration_ms, files, bytes, verdict, grade,
  by_severity, frameworks, roots, series, policy, cache_hits`

interface StoredRow {
  id: string
  name: string
  source: ReportRow['source']
  started_at: number
  duration_ms: number
  files: number
  bytes: number
  verdict: ReportRow['verdict']
  grade: ReportRow['grade']
  by_severity: string
  frameworks: string
  roots: string
  series: string
  policy: string | null
  cache_hits: number
}

function rowOf(row: StoredRow): Omit<ReportRow, 'setAside'> {
  return {
    id: ReportId.parse(row.id),
    name: row.name,
    source: row.source,
    startedAt: new Date(row.started_at),
    durationMs: row.duration_ms,
    files: row.files,
    bytes: row.bytes,
    verdict: row.verdict,
    grade: row.grade,
    bySeverity: JSON.parse(row.by_severity),
    frameworks: JSON.parse(row.frameworks),
    roots: JSON.parse(row.roots),
    series: row.series,
    policy: row.policy,
    cacheHits: row.cache_hits,
  }
}

function nameOf(source: ReportRow['source'], report: ScanReport): string {
  if (source === 'samples') return 'Sample models'
  const [first = 'Nothing', ...more] = report.roots.map((root) => basename(root) || root)
  return more.length === 0 ? first : `${first} and ${more.length} more`
}

function frameworkNames(report: ScanReport): string[] {
  const count = new Map<string, number>()
  for (const file of report.files)
    for (const { name, confidence } of file.frameworks)
      if (confidence >= 0.5) count.set(name, (count.get(name) ?? 0) + 1)
  return [...count].sort((a, b) => b[1] - a[1]).map(([name]) => name)
}
