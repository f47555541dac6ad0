import { existsSync, realpathSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { logged } from '@shared/scan-report/logged'
import { ReportId } from '@shared/scan-report/report-row'
import { createNodePlatform } from '../core/node-platform'
import type { Platform } from '../core/platform'
import type { ScanCache } from '../core/scan/cache'
import { limitsOf } from '../core/scan/limits'
import { distinctRoots } from '../core/scan/roots'
import { loadRules } from '../core/scan/rules'
import { runScan, type ScanRequest, type ScanResult } from '../core/scan/run-scan'
import { createWorkerBudget } from '../core/scan/worker-budget'
import { createSettings, type SettingsService } from '../core/settings'
import { exitCode, thresholdOf } from './exit-code'
import { text } from './messages'
import { createProgress } from './output/progress'
import { writeOutputs, writeWhole } from './output/write'
import { choosePolicy } from './policy'
import { parseScanOptions, type ScanOptions } from './scan-options'

export async function run(args: string[], bundleFolder: string): Promise<number> {
  const options = parseScanOptions(args)
  // Told at once; in the report it is an error beside what could be read.
  for (const path of options.paths)
    if (!existsSync(path)) process.stderr.write(`${text.pathMissing(logged(path))}\n`)

  const platform = createNodePlatform({
    host: 'command-line',
    dataFolder: options.dataFolder,
    roots: [],
    node: process.execPath,
    bundleFolder,
    resources: join(bundleFolder, '../../resources'),
  })
  const settings = createSettings({
    file: join(options.dataFolder, 'settings.json'),
    environment: process.env,
    flags: options.flags,
  })
  const rules = loadRulesLazily(platform.paths.resources)
  const { roots, notes } = distinctRoots(
    options.paths.map((label) => ({ label, path: realPath(label) })),
  )
  const policy = choosePolicy(platform, rules, options.policy, roots)
  // Read first: a run that cannot be compared is not worth its time.
  const baseline = await baselineOf(platform, options, roots)

  const abort = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => abort.abort())
  const progress = createProgress(process.stderr)
  const cache = options.cache ? openCache(platform, settings) : undefined
  let result: ScanResult
  try {
    result = await runScan(
      platform,
      rules,
      {
        roots,
        notes: [...notes, ...policy.notes],
        hash: options.hash ?? settings.values()['scan.hash'],
        policy: policy.compiled,
        limits: limitsOf(settings),
        budget: createWorkerBudget(() => settings.values()['scan.workers']),
        ...(cache && { cache }),
        signal: abort.signal,
      },
      progress,
    )
  } catch (error) {
    if (!abort.signal.aborted) throw error
    process.stderr.write(`${text.cancelled}\n`)
    return 130
  } finally {
    progress.end()
    await cache?.then((open) => open.close())
  }
  const { report } = result
  if (report.files.length === 0) process.stderr.write(`${text.nothing}\n`)
  const against = baseline?.(report)
  const threshold = thresholdOf(options.failOn)
  // Kept before anything is printed: a reader that closes early costs no history.
  if (options.save && report.files.length > 0) await save(platform, roots, result)
  await writeOutputs(options.outputs, { report, rules, threshold, against })
  if (options.writeBaseline !== undefined) {
    const { toBaseline } = await import('@shared/scan-report/baseline')
    const { json } = await import('../core/scan/export')
    writeWhole(options.writeBaseline, json(toBaseline(report)))
  }
  return exitCode(against?.onlyNew ?? report, options.failOn)
}

/** What is not there keeps its name: the scan then says so. */
function realPath(label: string): string {
  return existsSync(label) ? realpathSync(label) : resolve(label)
}

/** The same file as the console's. SQLite is loaded while the scan process starts. */
async function openCache(platform: Platform, settings: SettingsService): Promise<ScanCache> {
  const { openScanCache } = await import('../core/scan/cache')
  return openScanCache({
    platform,
    dataFolder: platform.paths.data,
    limitBytes: () => settings.values()['scan.cache-megabytes'] * 1024 * 1024,
  })
}

function loadRulesLazily(resources: string) {
  let rules: ReturnType<typeof loadRules> | undefined
  return () => {
    rules ??= loadRules(join(resources, 'rules'))
    return rules
  }
}

async function baselineOf(platform: Platform, options: ScanOptions, roots: ScanRequest['roots']) {
  if (options.baseline === undefined) return undefined
  const { loadBaseline } = await import('./baseline')
  const { againstBaseline } = await import('@shared/scan-report/baseline')
  const paths = roots.map((root) => root.path)
  const baseline = await loadBaseline(platform, options.baseline, paths)
  if (baseline === undefined) process.stderr.write(`${text.noLast}\n`)
  const known = baseline ?? { baselineVersion: 1, rulesVersion: '', findings: [], unknown: [] }
  return (report: ScanResult['report']) => againstBaseline(report, known)
}

/** The history is a convenience here: a folder that cannot be written never fails a scan. */
async function save(
  platform: Platform,
  roots: ScanRequest['roots'],
  result: ScanResult,
): Promise<void> {
  try {
    const { withReports } = await import('./reports')
    const operationId = platform.randomId()
    await withReports(platform, (reports) =>
      reports.save(ReportId.parse(operationId), 'command-line', result.report, result.facts, {
        operationId,
        roots: roots.map((root) => root.path),
      }),
    )
  } catch (error) {
    process.stderr.write(`${text.notSaved((error as Error).message)}\n`)
  }
}
