import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createActivityLog } from '../../../electron/core/activity'
import { MIGRATIONS } from '../../../electron/core/database/migrations'
import { openDatabase } from '../../../electron/core/database/open'
import { createReportStore } from '../../../electron/core/scan/report-store'
import { seriesOf } from '../../../electron/core/scan/series'
import { ReportId } from '../../../shared/scan-report/report-row'
import { type OpenConsole, openConsole } from '../../fixtures/console'
import { makeFile, makeFinding, makeReport } from '../../unit/scan-page/make'

let open: OpenConsole
beforeEach(() => {
  open = openConsole()
})
afterEach(() => open.close())

const id = ReportId.parse('7d444840-9dc0-4d2c-9a3b-0b5a8f1f5c11')
const report = {
  ...makeReport([makeFile('a.pkl', { findings: [makeFinding(), makeFinding()] })]),
  roots: ['/models/b', '/models/a'],
}

/** A store as the first console wrote it: the document beside its row. */
function firstStore(): string {
  mkdirSync(join(open.folder, 'old'))
  const file = join(open.folder, 'old/console.db')
  const db = new Database(file)
  db.exec(MIGRATIONS[0]?.sql ?? '')
  db.pragma('user_version = 1')
  db.prepare(
    `INSERT INTO report (id, name, source, started_at, duration_ms, files, bytes, verdict, grade,
       by_severity, frameworks, rules_version, document)
     VALUES (?, 'b and 1 more', 'paths', 1000, 12, 1, 100, 'malicious', 'F', ?, '[]', 'v', ?)`,
  ).run(id, JSON.stringify(report.summary.bySeverity), JSON.stringify(report))
  for (const { ruleId, severity, fingerprint } of report.files[0]?.findings ?? [])
    db.prepare('INSERT INTO finding VALUES (?, ?, ?, ?, ?)').run(
      id,
      'a.pkl',
      ruleId,
      severity,
      fingerprint,
    )
  db.close()
  return file
}

describe('a store of the first console', () => {
  test('keeps its reports, which become part of a series', async () => {
    const db = openDatabase(firstStore())
    const { platform } = open.console
    const store = createReportStore(db, createActivityLog(db, platform), platform)
    const found = await store.find(id)
    expect(found?.report).toEqual(report)
    expect(found?.row).toMatchObject({
      roots: report.roots,
      series: seriesOf('paths', ['/models/a', '/models/b']),
      policy: null,
      cacheHits: 0,
      setAside: 0,
    })
    expect(db.prepare('SELECT rule_id, findings FROM report_rule').all()).toEqual([
      { rule_id: 'pickle.command-execution', findings: 2 },
    ])
    db.close()
  })
})
