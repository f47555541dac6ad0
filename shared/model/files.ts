import type { z } from 'zod'
import type { Subject } from './statement'
import type { Check } from './verification'

/** Files that somebody has beside a passport. */
export interface GivenFiles {
  /** By name inside the model's folder; null where a file could not be read. */
  hashes: ReadonlyMap<string, string | null>
  /** Whether these are all files of the folder: one that is missing is then missing there. */
  complete: boolean
}

const MOST_TOLD = 20

export const filesOf = (count: number): string => `${count} ${count === 1 ? 'file' : 'files'}`

/** The files against the subjects of a statement. What a passport does not name, it does not cover. */
export function compareFiles(
  subject: readonly z.infer<typeof Subject>[],
  { hashes, complete }: GivenFiles,
): Check[] {
  const checks: Check[] = []
  const add = (result: Check['result'], sentence: string) =>
    checks.push({ id: 'files', result, sentence })
  const named = new Map(subject.map(({ name, digest }) => [name, digest.sha256]))
  let same = 0
  let missing = 0
  for (const [name, expected] of named) {
    const found = hashes.get(name)
    if (found === expected) same++
    else if (found === undefined && complete) add('failed', `${name} is not there.`)
    else if (found === undefined) missing++
    else if (found === null) add('open', `${name} could not be read.`)
    else add('failed', `${name} is another file: its SHA-256 is ${found}, not ${expected}.`)
  }
  for (const [name, hash] of hashes) {
    if (named.has(name)) continue
    if (hash === null) add('open', `${name} is there and is no file that can be read.`)
    else add('failed', `${name} is there, and the passport does not cover it.`)
  }
  if (missing > 0)
    add('open', `${missing} of the ${filesOf(named.size)} of the model were not given.`)
  if (same > 0 || checks.length === 0)
    add(
      'ok',
      `${same} of the ${filesOf(named.size)} of the model ${same === 1 ? 'is' : 'are'} what was signed, byte for byte.`,
    )
  // What is wrong comes first, and is never among what is left out.
  checks.sort((a, b) => Number(b.result === 'failed') - Number(a.result === 'failed'))
  if (checks.length <= MOST_TOLD) return checks
  const left = checks.length - MOST_TOLD
  return [
    ...checks.slice(0, MOST_TOLD),
    { id: 'files', result: 'note', sentence: `And ${left} more of the same kind.` },
  ]
}
