import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import type { Readable } from 'node:stream'
import type { Child, ChildEnding } from '../platform'
import { classifyEnding } from './ending'

/** Far beyond the facts of one file at the largest limits a person would set. */
const MOST_LINE_CHARACTERS = 256 * 1024 * 1024
/** Whoever holds the pipes of a child that is gone does not hold up the host. */
const PIPES_CLOSE_MS = 1000
const STDERR_CHARACTERS = 8192

export interface WrapOptions {
  /** Ends the child and whatever it started. */
  kill(): void
  /** Why the host's watch ended it, if it did. */
  stopped?(): ChildEnding | undefined
}

/** A process with a JSON text a line on its pipes, as the rest of the console knows it. */
export function wrapChild(child: ChildProcessWithoutNullStreams, options: WrapOptions): Child {
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    // The last words tell why; a program may have said a lot before them.
    stderr = (stderr + text).slice(-STDERR_CHARACTERS)
  })
  let killed = false
  let listener: (message: unknown) => void = () => {}
  readLines(child.stdout, (line) => listener(parseLine(line)), options.kill)
  // A child that just died cannot be told anything; its exit is handled by onExit.
  child.stdin.on('error', () => {})
  const gone = new Promise<ChildEnding>((resolve) => {
    child.once('error', (error) =>
      resolve({ kind: 'crash', sentence: error.message, signal: null }),
    )
    child.once('exit', () => {
      const impatient = setTimeout(() => {
        child.stdout.destroy()
        child.stderr.destroy()
      }, PIPES_CLOSE_MS)
      child.once('close', () => clearTimeout(impatient))
    })
    child.once('close', (code, signal) =>
      resolve(options.stopped?.() ?? classifyEnding({ code, signal, killed, stderr })),
    )
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
      options.kill()
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
