import type { EvidenceStep, Fact } from './fact'
import { createFinder } from './find-file'

interface CallingFile {
  /** Relative to the root, '/' on every platform. */
  path: string
  facts: readonly Fact[]
}

/** Joined facts of one file. */
const MOST_JOINS = 20
/** Files that are looked through before the next pause. */
const PIECE = 64
const PREFIX = 'across.'

/**
 * Values that cross from one file into a function of another one: by path, all facts of the file that
 * calls. A file says what it hands over or takes, the other what its functions do with their arguments
 * or where their results come from; the two halves are one flow.
 */
export function* joinCalls(
  files: readonly CallingFile[],
): Generator<undefined, Map<string, Fact[]>> {
  const find = createFinder(files)
  const changed = new Map<string, Fact[]>()
  let since = 0
  for (const file of files) {
    if (++since % PIECE === 0) yield
    const joined: Fact[] = []
    for (const here of file.facts) {
      if (!isHalf(here, 'hands') && !isHalf(here, 'takes')) continue
      const next = find(file, String(here.detail?.target))
      for (const there of next?.facts ?? [])
        if (next !== undefined && fits(here, there) && joined.length < MOST_JOINS)
          joined.push(joinedFact(here, there, next.path))
    }
    const own = file.facts.filter((fact) => !isJoinedCall(fact))
    if (joined.length > 0 || own.length < file.facts.length)
      changed.set(file.path, [...own, ...joined])
  }
  return changed
}

const isHalf = ({ kind, name }: Fact, half: string): boolean =>
  kind === 'content' && name.startsWith(`${PREFIX}${half}.`)

/** Of an earlier join: a scan that was paused at its end joins again. */
export const isJoinedCall = ({ kind, detail }: Fact): boolean =>
  kind === 'code' && typeof detail?.across === 'string'

/** The same function, and of an argument the same one. */
function fits(here: Fact, there: Fact): boolean {
  if (here.detail?.function !== there.detail?.function) return false
  if (isHalf(here, 'takes')) return isHalf(there, 'gives')
  const { at } = here.detail ?? {}
  const { index, parameter, isRest } = there.detail ?? {}
  const isThere =
    at === index ||
    at === parameter ||
    (isRest === true && typeof at === 'number' && at >= Number(index))
  return isHalf(there, 'outlet') && isThere
}

function joinedFact(here: Fact, there: Fact, path: string): Fact {
  const isHanded = isHalf(here, 'hands')
  const source = last(isHanded ? here : there)
  const sink = last(isHanded ? there : here)
  const inFile = (there.path ?? []).map((step) => ({ ...step, file: path.slice(0, 1024) }))
  const steps = isHanded ? [...(here.path ?? []), ...inFile] : [...inFile, ...(here.path ?? [])]
  return {
    kind: 'code',
    name: source === 'input' && sink === 'network' ? 'threat.data-leak' : `flow.${source}.${sink}`,
    location: here.location,
    evidence: here.evidence ?? here.name,
    ...(here.frame !== undefined && { frame: here.frame }),
    path: steps.slice(0, 12).map(inOrder),
    detail: { language: 'python', across: path.slice(0, 1024) },
  }
}

/** One source, one sink, and steps between them. */
const inOrder = (step: EvidenceStep, index: number, all: EvidenceStep[]): EvidenceStep => ({
  ...step,
  role: index === 0 ? 'source' : index === all.length - 1 ? 'sink' : 'step',
})

const last = ({ name }: Fact): string => name.split('.').at(-1) ?? ''
