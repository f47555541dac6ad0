import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { createCases } from './fuzz-cases'

const ROOT = resolve(import.meta.dirname, '../..')
const HOOKS = pathToFileURL(join(ROOT, 'scripts/typescript-hooks.mjs')).href
/** A worker that is silent for this long hangs: ten times what one file may take. */
const SILENCE_MS = 20_000
/** After this many broken laws there is enough to work on. */
const MOST_FAILURES = 50

export interface FuzzFailure {
  index: number
  seedName: string
  steps: string[]
  broken: string
  /** Where the bytes were saved, if they were. */
  reproducer: string | undefined
}

export interface FuzzResult {
  cases: number
  seconds: number
  outcomes: Record<string, number>
  failures: FuzzFailure[]
}

interface FuzzOptions {
  count: number
  seed: number
  /** Reproducers go here; left out, none are kept. */
  saveTo?: string
  progress?: (done: number) => void
}

/**
 * Runs cases 0 .. count - 1 in a process of their own. A crash or a hang costs that process: the
 * case is kept as a failure and a new process goes on behind it.
 */
export async function fuzz(options: FuzzOptions): Promise<FuzzResult> {
  const started = performance.now()
  const outcomes: Record<string, number> = {}
  const failures: FuzzFailure[] = []
  const caseAt = createCases(options.seed)
  const fail = (index: number, broken: string) => {
    const { seedName, steps, bytes } = caseAt(index)
    let reproducer: string | undefined
    if (options.saveTo !== undefined) {
      mkdirSync(options.saveTo, { recursive: true })
      reproducer = join(options.saveTo, `seed-${options.seed}-case-${index}.bin`)
      writeFileSync(reproducer, bytes)
    }
    failures.push({ index, seedName, steps, broken, reproducer })
  }
  let next = 0
  const folder = mkdtempSync(join(tmpdir(), 'fuzz-scan-'))
  while (next < options.count && failures.length < MOST_FAILURES) {
    const end = await runWorker(options, folder, next, (index, outcome, broken) => {
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
      if (broken !== undefined) fail(index, broken)
      options.progress?.(index + 1)
      return failures.length < MOST_FAILURES
    })
    if (end.running !== undefined) {
      outcomes[end.how] = (outcomes[end.how] ?? 0) + 1
      fail(end.running, `The process ${end.how}. ${end.complaint}`)
    }
    next = end.next
  }
  rmSync(folder, { recursive: true })
  const cases = Object.values(outcomes).reduce((sum, n) => sum + n, 0)
  return { cases, seconds: (performance.now() - started) / 1000, outcomes, failures }
}

interface WorkerEnd {
  /** The case that was running when the process ended before its time. */
  running: number | undefined
  next: number
  how: string
  /** The end of what it wrote to stderr. */
  complaint: string
}

function runWorker(
  { seed, count }: FuzzOptions,
  folder: string,
  from: number,
  onCase: (index: number, outcome: string, broken: string | undefined) => boolean,
): Promise<WorkerEnd> {
  const worker = spawn(
    process.execPath,
    [
      '--max-old-space-size=512',
      '--import',
      HOOKS,
      join(import.meta.dirname, 'fuzz-worker.ts'),
      folder,
      ...[seed, from, count].map(String),
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let running: number | undefined
  let next = from
  let hung = false
  let enough = false
  let complaint = ''
  const watchdog = setTimeout(() => {
    hung = true
    worker.kill('SIGKILL')
  }, SILENCE_MS)
  worker.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-2000)
  })
  createInterface({ input: worker.stdout }).on('line', (line) => {
    watchdog.refresh()
    if (!line.startsWith('{')) {
      running = Number(line)
      next = running + 1
      return
    }
    const { outcome, broken } = JSON.parse(line)
    const index = running ?? from
    running = undefined
    if (!onCase(index, outcome, broken)) {
      enough = true
      worker.kill()
    }
  })
  return new Promise((resolve, reject) => {
    worker.once('close', (code, signal) => {
      clearTimeout(watchdog)
      const how = hung ? 'hung' : `crashed (${signal ?? code})`
      if (running === undefined && code !== 0 && !enough && next === from)
        reject(new Error(`The fuzzing worker did not start: ${complaint}`))
      else resolve({ running: enough ? undefined : running, next, how, complaint })
    })
  })
}
