import { writeSync } from 'node:fs'
import type { FromBenchmarkChild } from '../protocol'

export type Say = (message: FromBenchmarkChild) => void

/** A line of JSON on stdout. When nobody listens any more, the console is gone and so is the launch. */
export const say: Say = (message) => {
  const bytes = Buffer.from(`${JSON.stringify(message)}\n`)
  try {
    for (let done = 0; done < bytes.length; ) done += writeSync(1, bytes, done)
  } catch {
    process.exit(0)
  }
}
