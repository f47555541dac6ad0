import { constants } from 'node:os'
import type { ChildEnding } from '../platform'

export interface ProcessEnd {
  code: number | null
  signal: NodeJS.Signals | null
  /** The host wanted it to end. */
  killed: boolean
  stderr: string
}

/** V8, Node, libstdc++ and engines, as they say that there was no memory left. */
const OUT_OF_MEMORY =
  /heap out of memory|allocation failed|ERR_MEMORY_ALLOCATION|bad_alloc|bad allocation|cannot allocate memory|out of memory/i

export function classifyEnding(end: ProcessEnd): ChildEnding {
  if (end.killed) return { kind: 'killed', sentence: 'it was stopped', signal: null }
  if (end.code === 0) return { kind: 'ok', sentence: 'it ended', signal: null }
  const signal = end.signal ?? signalOfShell(end.code)
  if (OUT_OF_MEMORY.test(end.stderr))
    return { kind: 'out-of-memory', sentence: 'it needed more memory than its limit', signal }
  if (signal === 'SIGXCPU')
    return { kind: 'timeout', sentence: 'it used more processor time than its limit', signal }
  const how = signal === null ? `code ${end.code}` : `signal ${signal}`
  return { kind: 'crash', sentence: `it ended with ${how}`, signal }
}

/** A shell that waits for a program says 128 + n for signal n (POSIX, "Exit Status for Commands"). */
function signalOfShell(code: number | null): NodeJS.Signals | null {
  if (code === null || code <= 128) return null
  const found = Object.entries(constants.signals).find(([, number]) => number === code - 128)
  return (found?.[0] as NodeJS.Signals | undefined) ?? null
}
