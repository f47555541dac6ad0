import { realpathSync, statSync } from 'node:fs'
import { basename, dirname, join, relative, sep } from 'node:path'
import type { ModelIdentity, ScanStamp } from '@shared/benchmark/result'
import type { Fact } from '@shared/scan-report/fact'
import type { RuleSet } from '@shared/scan-report/match'
import type { FileReport, ScanReport } from '@shared/scan-report/report'
import { ReportId } from '@shared/scan-report/report-row'
import type { z } from 'zod'
import type { Platform } from '../platform'
import type { PolicyService } from '../policies'
import type { ScanCache } from '../scan/cache'
import { limitsOf } from '../scan/limits'
import type { ReportStore } from '../scan/report-store'
import { runScan, type ScanObserver, type ScanResult } from '../scan/run-scan'
import { createWorkerBudget } from '../scan/worker-budget'
import type { SettingsService } from '../settings'
import { NotRunnableError, whyNotRunnable } from './not-runnable'

/** A model as this run's own scan found it: its files by hash, and whether they may run. */
export interface ScannedModel {
  identity: ModelIdentity
  /** Absolute path of the file that is opened. */
  path: string
  /** Absolute paths of the files it names. */
  parts: { path: string; sha256: string }[]
  scan: z.infer<typeof ScanStamp>
}

/** Neither complete and clean, nor overridden. */
export class ScanRefusedError extends Error {
  override readonly name = 'ScanRefusedError'
  readonly path: string
  readonly verdict: string
  readonly complete: boolean
  readonly reportId: string | null
  constructor(
    path: string,
    scan: Pick<z.infer<typeof ScanStamp>, 'verdict' | 'complete' | 'reportId'>,
  ) {
    super(
      scan.complete
        ? `The scan of ${basename(path)} says ${scan.verdict}; only clean models run. Read the report, or run it this once with a reason.`
        : `The scan of ${basename(path)} could not read everything; only models that were read to their end and are clean run. Read the report, or run it this once with a reason.`,
    )
    this.path = path
    this.verdict = scan.verdict ?? 'unknown'
    this.complete = scan.complete
    this.reportId = scan.reportId
  }
}

export interface ModelScanParts {
  platform: Platform
  settings: SettingsService
  policies: PolicyService
  reports: ReportStore
  cache: ScanCache
  rules: () => RuleSet
}

export interface ModelScanOptions {
  path: string
  /** Reason to run it whatever the scan says. */
  override: string | null
  /** Whether its report goes to the history; one that refuses always does. */
  keep: boolean
  signal: AbortSignal
}

/**
 * Scans a model before it runs and finds out what it is. A file that names others (external data,
 * shards) is scanned together with them. Throws ScanRefusedError and NotRunnableError.
 */
export async function scanModel(
  parts: ModelScanParts,
  { path, override, keep, signal }: ModelScanOptions,
): Promise<ScannedModel> {
  const isFile = statSync(path).isFile()
  let scanned = await scanPaths(parts, [path], signal)
  const named = isFile ? namedFiles(scanned, path) : []
  if (named.length > 0) scanned = await scanPaths(parts, [path, ...named], signal)
  const { report } = scanned
  const stamp = { verdict: report.summary.verdict, complete: isComplete(report) }
  const refused = stamp.verdict !== 'clean' || !stamp.complete
  const reportId = keep || refused ? await save(parts, scanned, [path, ...named]) : null
  if (refused && override === null) throw new ScanRefusedError(path, { ...stamp, reportId })
  const base = isFile ? dirname(path) : path
  return {
    ...identify(scanned, path, base),
    scan: { reportId, ...stamp, override: refused ? override : null },
  }
}

/** What a scan finds, without keeping it: for a look ahead. `identify` throws NotRunnableError. */
export async function peekAtModel(
  parts: ModelScanParts,
  path: string,
  signal: AbortSignal,
): Promise<{ report: ScanReport; identify(): Pick<ScannedModel, 'identity' | 'path' | 'parts'> }> {
  const isFile = statSync(path).isFile()
  let scanned = await scanPaths(parts, [path], signal)
  const named = isFile ? namedFiles(scanned, path) : []
  if (named.length > 0) scanned = await scanPaths(parts, [path, ...named], signal)
  const base = isFile ? dirname(path) : path
  return { report: scanned.report, identify: () => identify(scanned, path, base) }
}

export const isComplete = (report: ScanReport): boolean =>
  report.files.length > 0 && report.files.every(({ status }) => status === 'complete')

function scanPaths(
  { platform, settings, policies, cache, rules }: ModelScanParts,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<ScanResult> {
  return runScan(
    platform,
    rules,
    {
      roots: paths.map((path) => ({ path, label: path })),
      notes: [],
      hash: true,
      policy: policies.compile(undefined),
      limits: limitsOf(settings),
      // Its own: it is not held back by the benchmark that waits for it.
      budget: createWorkerBudget(() => settings.values()['scan.workers']),
      cache,
      signal,
    },
    SILENT,
  )
}

const SILENT: ScanObserver = { listed() {}, reading() {}, progress() {}, file() {} }

async function save(
  { platform, reports }: ModelScanParts,
  { report, facts }: ScanResult,
  roots: readonly string[],
): Promise<string> {
  const id = ReportId.parse(platform.randomId())
  await reports.save(id, 'paths', report, facts, { operationId: id, roots })
  return id
}

/** Files beside a model that its bytes name, where they are there and lie in its folder. */
function namedFiles({ facts }: ScanResult, path: string): string[] {
  const folder = dirname(path)
  const names = [...facts.values()].flatMap((all) => all.flatMap((fact) => partOf(fact) ?? []))
  return [...new Set(names)].flatMap((name) => insideOf(folder, name) ?? [])
}

/** Real path of a named file; undefined where it is missing or lies elsewhere. */
function insideOf(folder: string, name: string): string | undefined {
  try {
    const real = realpathSync(join(folder, name))
    return real.startsWith(folder + sep) && statSync(real).isFile() ? real : undefined
  } catch {
    return undefined
  }
}

const PARTS = new Set(['onnx.external-file', 'tfjs.shard'])

function partOf({ name, detail }: Fact): string | undefined {
  const path = PARTS.has(name) ? detail?.path : undefined
  return typeof path === 'string' ? path : undefined
}

function identify(
  { report, facts }: ScanResult,
  path: string,
  base: string,
): Pick<ScannedModel, 'identity' | 'path' | 'parts'> {
  const models = report.files.flatMap((file) => {
    const format = formatOf(file, facts.get(file) ?? [])
    return format === undefined ? [] : [{ file, format }]
  })
  const [model, another] = models
  if (model === undefined) throw new NotRunnableError(path, ...whyNotRunnable(report))
  if (another !== undefined)
    throw new NotRunnableError(
      path,
      `It holds ${models.length} models (${models
        .slice(0, 3)
        .map(({ file }) => file.path)
        .join(', ')}${models.length > 3 ? ', …' : ''}); name the one to run.`,
      null,
    )
  const main = absolute(model.file, base)
  const folder = dirname(main)
  const names = [...new Set((facts.get(model.file) ?? []).flatMap((fact) => partOf(fact) ?? []))]
  const parts = names.map((name) => {
    const file = report.files.find((one) => absolute(one, base) === join(folder, name))
    if (file === undefined)
      throw new NotRunnableError(path, `It names ${name}, which is not beside it.`, null)
    return file
  })
  const hashed = [model.file, ...parts].map((file) => {
    const { sha256, bytes } = file
    const place = absolute(file, base)
    if (sha256 === null)
      throw new NotRunnableError(path, `${file.path} could not be read (${file.reason}).`, null)
    return { place, sha256, bytes, path: relative(folder, place).split(sep).join('/') }
  })
  return {
    path: main,
    identity: {
      format: model.format,
      files: hashed.map(({ path, sha256, bytes }) => ({ path, sha256, bytes })),
    },
    parts: hashed.slice(1).map(({ place, sha256 }) => ({ path: place, sha256 })),
  }
}

/** A file below a root that is a folder, or beside the one that was named. */
function absolute({ path }: FileReport, base: string): string {
  return join(base, path)
}

function formatOf(
  { format }: FileReport,
  facts: readonly Fact[],
): ModelIdentity['format'] | undefined {
  if (format === 'onnx' || format === 'gguf') return format
  return facts.some(({ name }) => name === 'tfjs.shard') ? 'tfjs' : undefined
}
