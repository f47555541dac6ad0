import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { ScanReport } from '@shared/scan-report/report'
import { ReportId } from '@shared/scan-report/report-row'
import type { Platform } from '../core/platform'
import { text } from './messages'
import { UsageError } from './usage'

/** The longest report that the scan itself writes is about 70 MB; SARIF says it twice. */
const MOST_BYTES = 256 * 1024 * 1024

/** The history of the console, opened for one use. */
export async function withReports<T>(
  platform: Platform,
  use: (reports: import('../core/scan/report-store').ReportStore) => Promise<T>,
): Promise<T> {
  const { ensureFolder } = await import('../core/data-folder')
  const { createActivityLog } = await import('../core/activity')
  const { openDatabase } = await import('../core/database/open')
  const { createReportStore } = await import('../core/scan/report-store')
  ensureFolder(platform.paths.data)
  const db = openDatabase(join(platform.paths.data, 'console.db'))
  try {
    return await use(createReportStore(db, createActivityLog(db, platform), platform))
  } finally {
    db.close()
  }
}

/** A stored report by its id; undefined when the text is no id. Throws UsageError for an unknown one. */
export async function storedReport(
  platform: Platform,
  name: string,
): Promise<ScanReport | undefined> {
  const id = ReportId.safeParse(name)
  if (!id.success) return undefined
  const found = await withReports(platform, (reports) => reports.find(id.data))
  if (found === undefined) throw new UsageError(text.noReport(name))
  return found.report
}

/** A JSON document out of a file that the user names. Throws UsageError. */
export function readJsonFile(file: string): unknown {
  if (!existsSync(file)) throw new UsageError(text.noReportFile(file))
  if (statSync(file).size > MOST_BYTES) throw new UsageError(text.fileTooLarge(file))
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    throw new UsageError(text.notJson(file))
  }
}
