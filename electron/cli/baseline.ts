import { type Baseline, readBaseline, toBaseline } from '@shared/scan-report/baseline'
import type { Platform } from '../core/platform'
import { seriesOf } from '../core/scan/series'
import { text } from './messages'
import { readJsonFile, storedReport, withReports } from './reports'
import { UsageError } from './usage'

/**
 * What `--baseline` names: 'last' scan of the same paths, the id of a stored report, or a file (JSON
 * report, SARIF, baseline). Throws UsageError. Undefined when there is no last scan: all is new.
 */
export async function loadBaseline(
  platform: Platform,
  name: string,
  roots: readonly string[],
): Promise<Baseline | undefined> {
  if (name === 'last') return lastOf(platform, roots)
  const stored = await storedReport(platform, name)
  if (stored !== undefined) return toBaseline(stored)
  const baseline = readBaseline(readJsonFile(name))
  if (baseline === undefined) throw new UsageError(text.noBaseline(name))
  return baseline
}

function lastOf(platform: Platform, roots: readonly string[]): Promise<Baseline | undefined> {
  return withReports(platform, async (reports) => {
    const series = seriesOf('command-line', roots)
    const [row] = (await reports.history({ limit: 1, offset: 0, search: '', series })).rows
    const found = row && (await reports.find(row.id))
    return found && toBaseline(found.report)
  })
}
