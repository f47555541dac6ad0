import type { Accuracy } from '@shared/benchmark/accuracy'
import type { LaunchEnding, Measured } from '@shared/benchmark/launch'
import type { ChildEnding, ConfinedChild, NetworkIsolation, Platform } from '../platform'
import { confinedLimits } from './limits'
import {
  type FitsMessage,
  FromBenchmarkChild,
  type LaunchPlan,
  type ToBenchmarkChild,
} from './protocol'

/** All that one launch left behind. */
export interface LaunchOutcome {
  ending: LaunchEnding
  /** Null unless the ending is ok. */
  measured: Measured | null
  /** Null unless the plan asked for it and the ending is ok. */
  accuracy: Accuracy | null
  /** Spawn to exit. */
  wallMs: number
  watchedRssBytes: number | null
  network: NetworkIsolation
}

export interface RunLaunchOptions {
  platform: Platform
  plan: LaunchPlan
  /** Bytes of memory that the launch may take. */
  memoryBytes: number
  /** Where a launch of one thread stays. */
  core?: number | undefined
  signal: AbortSignal
  onMessage?(message: Extract<FromBenchmarkChild, { type: 'phase' | 'progress' }>): void
}

/**
 * Runs one model once, in a fresh child. Never rejects for what the model does: every way to end is an
 * ending with a sentence. An abort kills the child at once.
 */
export async function runLaunch(options: RunLaunchOptions): Promise<LaunchOutcome> {
  const { said, ended, child, wallMs } = await askChild('run', options)
  const result =
    ended.kind === 'ok' && said !== 'nonsense' && said?.type === 'result' ? said : undefined
  return {
    ending: options.signal.aborted ? CANCELLED : endingOf(ended, said, options.plan),
    measured: result?.measured ?? null,
    accuracy: result?.accuracy ?? null,
    wallMs,
    watchedRssBytes: child.peakResidentBytes(),
    network: child.network,
  }
}

export interface Fit {
  /** The engine loads the model, and model, suite and scenario go together. */
  runs: boolean
  /** Why not, and what to do. */
  sentence: string
  /** What the model wants; null when it does not run. */
  details: FitsMessage | null
}

/**
 * Whether a launch could be run: loads the model in a child under the same limits, and runs nothing of it.
 * Unknown operators, opsets, shapes and contexts are found here, and memory that is too small to load it.
 */
export async function checkFit(options: RunLaunchOptions): Promise<Fit> {
  const { said, ended } = await askChild('check', options)
  if (ended.kind === 'ok' && said !== 'nonsense' && said?.type === 'fits')
    return { runs: true, sentence: 'It runs here.', details: said }
  options.signal.throwIfAborted()
  return { runs: false, sentence: endingOf(ended, said, options.plan).sentence, details: null }
}

async function askChild(type: ToBenchmarkChild['type'], options: RunLaunchOptions) {
  const { platform, plan, signal } = options
  const started = platform.monotonic()
  const limits = confinedLimits(plan, options.memoryBytes, options.core)
  const child = await platform.launchConfined('benchmark', limits)
  const kill = () => void child.kill()
  signal.addEventListener('abort', kill, { once: true })
  if (signal.aborted) kill()
  const last = listen(child, limits.residentBytes, options)
  child.send({ type, plan } satisfies ToBenchmarkChild)
  const ended = await new Promise<ChildEnding>((resolve) => child.onExit(resolve))
  signal.removeEventListener('abort', kill)
  return { child, ended, said: last(), wallMs: platform.monotonic() - started }
}

const CANCELLED: LaunchEnding = { kind: 'cancelled', signal: null, sentence: 'It was cancelled.' }

type LastWord = Extract<FromBenchmarkChild, { type: 'result' | 'fits' | 'failed' }> | 'nonsense'

/**
 * Believes nothing that the schema does not: a child that talks nonsense is ended. So is one that says itself
 * that it is over its memory: on systems where nobody can look from outside, that has to do.
 */
function listen(child: ConfinedChild, residentBytes: number, { onMessage }: RunLaunchOptions) {
  let last: LastWord | undefined
  const end = (word: LastWord) => {
    last = word
    void child.kill()
  }
  child.onMessage((raw) => {
    const message = FromBenchmarkChild.safeParse(raw).data
    if (
      message === undefined ||
      message.type === 'core' ||
      (last !== undefined && last !== 'nonsense')
    )
      end('nonsense')
    else if (message.type === 'phase') onMessage?.(message)
    else if (message.type !== 'progress') last = message
    else if (message.rssBytes > residentBytes) end(overMemory(residentBytes))
    else onMessage?.(message)
  })
  return () => last
}

const overMemory = (bytes: number): LastWord => ({
  type: 'failed',
  kind: 'out-of-memory',
  sentence: `It needed more than ${Math.round(bytes / 1024 ** 2)} MiB of memory. Raise the memory of benchmarks in Settings, or choose a smaller model.`,
})

function endingOf(ended: ChildEnding, said: LastWord | undefined, plan: LaunchPlan): LaunchEnding {
  if (said === 'nonsense')
    return {
      kind: 'bad-output',
      signal: null,
      sentence:
        'The process answered with something that is no result. Update the console, or report it.',
    }
  if (said?.type === 'failed') return { kind: said.kind, signal: null, sentence: said.sentence }
  switch (ended.kind) {
    case 'ok':
      return said === undefined
        ? { kind: 'crash', signal: null, sentence: 'The process ended without a result.' }
        : { kind: 'ok', signal: null, sentence: 'It was measured to its end.' }
    case 'timeout':
      return {
        kind: 'timeout',
        signal: ended.signal,
        sentence: `It was stopped: ${ended.sentence}. Choose a longer profile (this one is "${plan.profile.name}"), or a smaller model.`,
      }
    case 'out-of-memory':
      return {
        kind: 'out-of-memory',
        signal: ended.signal,
        sentence: `It was stopped: ${ended.sentence}. Raise the memory of benchmarks in Settings, or choose a smaller model.`,
      }
    case 'killed':
      return { kind: 'cancelled', signal: ended.signal, sentence: 'It was stopped.' }
    case 'crash':
      return crash(ended, said !== undefined)
  }
}

/** A result before a crash is no result: an engine that breaks at its end may have been broken before. */
function crash(ended: ChildEnding, afterResult: boolean): LaunchEnding {
  if (ended.signal === 'SIGKILL' && !afterResult)
    return {
      kind: 'out-of-memory',
      signal: 'SIGKILL',
      sentence:
        'Something outside of the console ended the process (SIGKILL): most likely the system ran out of memory. Close other programs, or choose a smaller model.',
    }
  return {
    kind: 'crash',
    signal: ended.signal,
    sentence: `The engine crashed${afterResult ? ' after it had measured' : ''}: ${ended.sentence}. Try the other engine for this format; if only this one crashes, report it to the engine's makers.`,
  }
}
