import { readFileSync } from 'node:fs'
import { freemem } from 'node:os'
import { basename } from 'node:path'
import { advise, likelyGrade } from '@shared/benchmark/advise'
import type { ModelFit, Preflight } from '@shared/benchmark/preflight'
import { PROFILE } from '@shared/benchmark/profile'
import type { BenchmarkSetup } from '@shared/contract/benchmark'
import type { SettingsService } from '../settings'
import type { BenchmarkService } from '.'
import { ENGINES_OF, type ReadyEngine, readyEngine } from './engine-stamp'
import { probeIsolation } from './isolation'
import { planOf } from './launch-plan'
import type { MachineLock } from './machine-lock'
import { isComplete, type ModelScanParts, peekAtModel, type ScannedModel } from './model-scan'
import { NotRunnableError } from './not-runnable'
import { createQuietGate } from './quiet'
import { checkFit } from './run-launch'
import type { OpenSuite } from './suite-folder'

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

/** Looks ahead without running anything of a model: what it is, whether it fits, how quiet it is. */
export async function preflight(
  parts: PreflightParts,
  setup: BenchmarkSetup,
  signal: AbortSignal,
): Promise<Preflight> {
  const suite = parts.service.suiteOf(setup.suite)
  const unclean: { name: string; verdict: string }[] = []
  const models: ModelFit[] = []
  const queued = parts.service.queued()
  const busy = queued === 0 && (await parts.lock.isHeld())
  // Loading a model would disturb whoever measures now.
  const load = queued === 0 && !busy ? suite : undefined
  for (const { path } of setup.models)
    models.push(await fitOf(parts, parts.service.modelPath(path), setup, load, unclean, signal))
  const quiet = await createQuietGate().look()
  const network = await probeIsolation(parts.platform)
  const profile = PROFILE[setup.profile]
  const launches = setup.launches ?? profile.launches
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
      busy,
      references: { offered, wanted: setup.references },
      networkReason: network.isolated ? null : (network.reason ?? 'this system cannot'),
      unclean,
    }),
  }
}

async function fitOf(
  parts: PreflightParts,
  path: string,
  setup: BenchmarkSetup,
  suite: OpenSuite | undefined,
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
    const model = identify()
    const { format, files } = model.identity
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
    const needsBytes = MEMORY_BASE + MEMORY_FACTOR * bytes
    const engine = readyEngine(parts.platform.paths, format, setup.engine ?? null)
    const reasons = reasonsAgainst(parts.settings, needsBytes, fit.freeBytes)
    if (setup.engine !== undefined && !ENGINES_OF[format].includes(setup.engine))
      reasons.push(`${setup.engine} does not run ${format}.`)
    if (engine === undefined) reasons.push(`No engine for ${format} is installed.`)
    else if (reasons.length === 0 && unclean.every(({ name }) => name !== fit.name) && suite)
      reasons.push(...(await loadingProblems(parts, { model, engine, suite, setup, signal })))
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

/** Loads a clean model in a child, as a launch would, and runs nothing of it: operators, shapes, memory. */
async function loadingProblems(
  { platform, settings }: PreflightParts,
  of: {
    model: Pick<ScannedModel, 'identity' | 'path' | 'parts'>
    engine: ReadyEngine
    suite: OpenSuite
    setup: BenchmarkSetup
    signal: AbortSignal
  },
): Promise<string[]> {
  const { scenarios } = of.suite.manifest
  const scenario = scenarios.find(({ kind }) => kind === of.setup.scenario) ?? scenarios[0]
  if (scenario === undefined) return []
  const plan = planOf(of, {
    runSeed: 0,
    seed: 0,
    threads: of.setup.threads,
    suite: of.suite,
    scenario,
    profile: PROFILE[of.setup.profile],
    accuracy: of.suite.manifest.data !== undefined,
  })
  const memoryBytes = settings.values()['benchmark.memory-megabytes'] * 1024 ** 2
  const fit = await checkFit({ platform, plan, memoryBytes, signal: of.signal })
  return fit.runs ? [] : [fit.sentence]
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
