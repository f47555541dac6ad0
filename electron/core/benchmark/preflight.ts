import { readFileSync } from 'node:fs'
import { freemem } from 'node:os'
import { basename } from 'node:path'
import { advise, likelyGrade } from '@shared/benchmark/advise'
import type { ModelFit, Preflight } from '@shared/benchmark/preflight'
import { PROFILE } from '@shared/benchmark/profile'
import type { BenchmarkSetup } from '@shared/contract/benchmark'
import type { SettingsService } from '../settings'
import type { BenchmarkService } from '.'
import { ENGINES_OF, readyEngine } from './engine-stamp'
import type { MachineLock } from './machine-lock'
import { isComplete, type ModelScanParts, peekAtModel } from './model-scan'
import { NotRunnableError } from './not-runnable'
import { createQuietGate } from './quiet'

/**
 * What a model needs beside its own bytes: weights are read and laid out anew while the file is
 * mapped, and activations come on top. Measured for ONNX Runtime: 1.6 to 2.4 times the file.
 */
const MEMORY_FACTOR = 2.5
/** Process, engine and data set. */
const MEMORY_BASE = 150 * 1024 ** 2

export interface PreflightParts extends ModelScanParts {
  service: BenchmarkService
  lock: MachineLock
  settings: SettingsService
}

/** Looks ahead without running anything of the model: what it is, whether it fits, how quiet it is. */
export async function preflight(
  parts: PreflightParts,
  setup: BenchmarkSetup,
  signal: AbortSignal,
): Promise<Preflight> {
  const suite = parts.service.suiteOf(setup.suite)
  const unclean: { name: string; verdict: string }[] = []
  const models: ModelFit[] = []
  for (const { path } of setup.models)
    models.push(await fitOf(parts, parts.service.modelPath(path), setup, unclean, signal))
  const quiet = await createQuietGate().look()
  const profile = PROFILE[setup.profile]
  const launches = setup.launches ?? profile.launches
  const queued = parts.service.queued()
  const offered = suite.manifest.references.length
  const arms =
    setup.models.length * launches + (setup.references ? offered * Math.min(3, launches) : 0)
  const oneLaunch = profile.warmUpMs + profile.measureMs + profile.coolDownMs + 500
  return {
    models,
    quiet,
    grade: likelyGrade(quiet),
    launches,
    seconds: Math.round((arms * oneLaunch) / 1000),
    queued,
    advice: advise({
      models,
      quiet,
      launches,
      queued,
      busy: queued === 0 && (await parts.lock.isHeld()),
      references: { offered, wanted: setup.references },
      networkReason: null,
      unclean,
    }),
  }
}

async function fitOf(
  parts: PreflightParts,
  path: string,
  setup: BenchmarkSetup,
  unclean: { name: string; verdict: string }[],
  signal: AbortSignal,
): Promise<ModelFit> {
  const fit: ModelFit = {
    path,
    name: basename(path),
    runs: false,
    format: null,
    engine: null,
    bytes: 0,
    needsBytes: null,
    freeBytes: availableMemory(),
    reasons: [],
    exportCommand: null,
  }
  try {
    const { report, identify } = await peekAtModel(parts, path, signal)
    const verdict = report.summary.verdict
    if (verdict !== 'clean' || !isComplete(report)) unclean.push({ name: fit.name, verdict })
    const { format, files } = identify().identity
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
    const needsBytes = MEMORY_BASE + MEMORY_FACTOR * bytes
    const engine = readyEngine(parts.platform.paths, format, setup.engine ?? null)
    const reasons = reasonsAgainst(parts.settings, needsBytes, fit.freeBytes)
    if (setup.engine !== undefined && !ENGINES_OF[format].includes(setup.engine))
      reasons.push(`${setup.engine} does not run ${format}.`)
    if (engine === undefined) reasons.push(`No engine for ${format} is installed.`)
    return {
      ...fit,
      runs: reasons.length === 0,
      format,
      engine: engine?.name ?? null,
      bytes,
      needsBytes,
      reasons,
    }
  } catch (error) {
    if (!(error instanceof NotRunnableError)) throw error
    return { ...fit, reasons: [error.reason], exportCommand: error.exportCommand }
  }
}

function reasonsAgainst(settings: SettingsService, needs: number, free: number): string[] {
  const limit = settings.values()['benchmark.memory-megabytes'] * 1024 ** 2
  const gib = (bytes: number) => `${(bytes / 1024 ** 3).toFixed(1)} GiB`
  if (needs > limit)
    return [
      `It needs about ${gib(needs)} of memory, more than Settings allow (${gib(limit)}); raise benchmark.memory-megabytes.`,
    ]
  if (needs > free)
    return [
      `It needs about ${gib(needs)} of memory, and ${gib(free)} are free: close other programs.`,
    ]
  return []
}

/** What programs can have without swapping: on Linux freemem() leaves the page cache out. */
function availableMemory(): number {
  try {
    const found = /^MemAvailable:\s+(\d+) kB$/m.exec(readFileSync('/proc/meminfo', 'utf8'))
    if (found !== null) return Number(found[1]) * 1024
  } catch {
    // Another system.
  }
  return freemem()
}
