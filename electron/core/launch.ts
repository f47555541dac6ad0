import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { createHash, timingSafeEqual } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import type { Readable } from 'node:stream'
import type { Child, ChildEnding, ChildName, LaunchLimits } from './platform'

/** SHA-256 (hex) of every file of every child, by child and file name; written by the build. */
export type ChildDigests = Readonly<Record<string, Readonly<Record<string, string>>>>

/** Far beyond the facts of one file at the largest limits a person would set. */
const MOST_LINE_CHARACTERS = 256 * 1024 * 1024

export interface LaunchOptions {
  /** The product's own Node; the children never run in the host's runtime. */
  node: string
  /** Folder of the child bundles. */
  folder: string
  digests: ChildDigests
}

/**
 * Starts a child: plain Node, its own files, an empty environment, read access to the given paths and to
 * nothing else (Node permission model: no writing, no processes, no addons, no workers).
 */
export async function launchChild(
  options: LaunchOptions,
  name: ChildName,
  limits: LaunchLimits,
): Promise<Child> {
  const bundle = join(options.folder, `${name}.js`)
  const files = { [`${name}.js`]: undefined, ...options.digests[name] }
  for (const [file, digest] of Object.entries(files)) verifyFile(join(options.folder, file), digest)
  const child = spawn(
    options.node,
    [
      '--permission',
      ...Object.keys(files).map((file) => `--allow-fs-read=${join(options.folder, file)}`),
      ...limits.readable.flatMap((path) => readFlags(path, limits.readable)),
      `--max-old-space-size=${limits.heapMegabytes}`,
      // A parser makes garbage only in its window buffer: small young generation, small process.
      '--max-semi-space-size=4',
      '--no-warnings',
      bundle,
    ],
    {
      cwd: dirname(bundle),
      env: {},
      // Plain pipes with a JSON text a line. Node's own IPC channel trusts its peer: a child could end
      // the host with a line that is no JSON, or with one of Node's internal messages.
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
    },
  )
  return wrap(child)
}

/**
 * A path and what is below it. `*` is a wildcard to Node, so such a name opens a little more. Node 24
 * forgets the grant of `model` when `model.bak` is granted too (its tree of paths splits a name into
 * prefixes); a wildcard over the common beginning is kept.
 */
function readFlags(path: string, granted: readonly string[]): string[] {
  const below = path.endsWith(sep) ? path : path + sep
  const shadowed = granted.some(
    (other) => other !== path && other.startsWith(path) && !other.startsWith(below),
  )
  return [`--allow-fs-read=${path}${shadowed ? '*' : ''}`, `--allow-fs-read=${below}*`]
}

function verifyFile(path: string, expected: string | undefined): void {
  const actual = createHash('sha256').update(readFileSync(path)).digest()
  const wanted = Buffer.from(expected ?? '', 'hex')
  if (wanted.length !== actual.length || !timingSafeEqual(actual, wanted))
    throw new Error(
      `${path} is not the file that was built. Run \`npm run build\`, or reinstall the console.`,
    )
}

function wrap(child: ChildProcessWithoutNullStreams): Child {
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (stderr.length < 8192) stderr += text
  })
  let killed = false
  let listener: (message: unknown) => void = () => {}
  readLines(
    child.stdout,
    (line) => listener(parseLine(line)),
    () => child.kill('SIGKILL'),
  )
  // A child that just died cannot be told anything; its exit is handled by onExit.
  child.stdin.on('error', () => {})
  const gone = new Promise<ChildEnding>((resolve) => {
    child.once('error', (error) => resolve({ kind: 'crash', sentence: error.message }))
    child.once('close', (code, signal) => resolve(classify(code, signal, killed, stderr)))
  })
  return {
    process: child,
    send(message) {
      child.stdin.write(`${JSON.stringify(message)}\n`)
    },
    onMessage(next) {
      listener = next
    },
    onExit(then) {
      void gone.then(then)
    },
    async kill() {
      killed = true
      child.kill('SIGKILL')
      await gone
    },
  }
}

/** Calls `line` for every line, `tooLong` for one that never ends: nothing is kept without bound. */
function readLines(stream: Readable, line: (text: string) => void, tooLong: () => void): void {
  let parts: string[] = []
  let length = 0
  stream.setEncoding('utf8').on('data', (text: string) => {
    const [first = '', ...more] = text.split('\n')
    parts.push(first)
    length += first.length
    for (const next of more) {
      line(parts.join(''))
      parts = [next]
      length = next.length
    }
    if (length > MOST_LINE_CHARACTERS) tooLong()
  })
}

/** What is no JSON becomes undefined, which no schema accepts. */
function parseLine(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

function classify(
  code: number | null,
  signal: NodeJS.Signals | null,
  killed: boolean,
  stderr: string,
): ChildEnding {
  if (killed) return { kind: 'killed', sentence: 'it was stopped' }
  if (code === 0) return { kind: 'ok', sentence: 'it ended' }
  if (/heap out of memory|Array buffer allocation failed|ERR_MEMORY_ALLOCATION/i.test(stderr))
    return { kind: 'out-of-memory', sentence: 'it needed more memory than its limit' }
  const how = signal === null ? `code ${code}` : `signal ${signal}`
  return { kind: 'crash', sentence: `it ended with ${how}` }
}
