import type { Fact } from '@shared/scan-report/fact'
import type { ScanLimits } from '../protocol'
import { type ByteSource, readBytes } from './byte-source'
import {
  COMPLETE,
  inconclusive,
  LimitError,
  MalformedError,
  type Outcome,
  type ParseContext,
  type Parser,
} from './context'
import { detect } from './detect'
import { checkPromise } from './detect/promise'
import { createFactStore, cut } from './fact-store'
import { parserOf, secondParserOf } from './parsers'
import { SourceEngineNeeded } from './source-engine'

/** Member paths in facts and sentences are cut to this many characters. */
const PATH_CHARACTERS = 1024

export interface FileInspection {
  format: string
  outcome: Outcome
  facts: Fact[]
}

/** What all members of one file share. */
interface FileState {
  readonly limits: ScanLimits
  readonly store: ReturnType<typeof createFactStore>
  /** Milliseconds of `performance.now()` after which parsing stops. */
  readonly deadline: number
  readonly tick: () => void
  readonly beside: ParseContext['beside']
  members: number
  full: boolean
}

/**
 * Detects and parses one file with all that is inside it. Whatever a parser does, the result says
 * whether the file was read to its end. Throws nothing but SourceEngineNeeded.
 */
export function inspectFile(
  source: ByteSource,
  displayName: string,
  limits: ScanLimits,
  tick: () => void,
  beside?: ParseContext['beside'],
): FileInspection {
  const state: FileState = {
    limits,
    store: createFactStore(limits.facts),
    deadline: performance.now() + limits.fileSeconds * 1000,
    tick,
    beside,
    members: 0,
    full: false,
  }
  const level = createLevel(state, undefined, 0, displayName)
  const { format, outcome } = level.inspect(source, displayName)
  const facts = state.store.list()
  if (!state.full) return { format, outcome, facts }
  facts.push({
    kind: 'structure',
    name: 'limit.facts',
    location: {},
    evidence: factsSentence(limits),
  })
  return { format, outcome: worse(outcome, inconclusive(factsSentence(limits))), facts }
}

function factsSentence(limits: ScanLimits): string {
  return `More than ${limits.facts} facts were found; the ones beyond that were not kept.`
}

function createLevel(
  state: FileState,
  member: string | undefined,
  depth: number,
  ownName: string,
  isPart = false,
) {
  let membersWorst = COMPLETE

  const context: ParseContext = {
    limits: state.limits,
    member,
    name: ownName,
    depth,
    // The scripts of a page are where the page is; members of an archive stand alone.
    beside: depth === 0 || isPart ? state.beside : undefined,
    add(fact) {
      const location = member === undefined ? fact.location : { ...fact.location, member }
      if (!state.store.add({ ...fact, location })) state.full = true
    },
    anomaly(name, offset, evidence) {
      context.add({
        kind: 'structure',
        name,
        location: { offset },
        ...(evidence === undefined ? {} : { evidence }),
      })
    },
    checkpoint() {
      state.tick()
      if (performance.now() > state.deadline)
        throw new LimitError(
          `It was not read to its end within ${state.limits.fileSeconds} s, the limit for one file.`,
        )
    },
    scanMember(source, name, as) {
      context.checkpoint()
      state.members++
      if (state.members > state.limits.members) {
        context.anomaly('limit.members', 0, `more than ${state.limits.members} members`)
        throw new LimitError(
          `It holds more than ${state.limits.members} members, nested ones included.`,
        )
      }
      const path = cut(member === undefined ? name : `${member}!${name}`, PATH_CHARACTERS)
      const result = depth < state.limits.depth ? inside(path, source, name, as) : tooDeep(name)
      const { status, reason } = result.outcome
      if (status !== 'complete')
        membersWorst = worse(membersWorst, { status, reason: located(path, reason) })
      return result
    },
  }

  function inside(
    path: string,
    source: ByteSource,
    name: string,
    as: { format: string; parse: Parser } | undefined,
  ) {
    const isScript = depth === 0 && as?.format === 'javascript'
    return createLevel(state, path, depth + 1, name, isScript).inspect(source, name, as)
  }

  function tooDeep(name: string) {
    context.anomaly('limit.depth', 0, `${name} is nested ${depth + 1} levels deep`)
    return {
      format: 'unknown',
      outcome: inconclusive(
        `It is nested deeper than ${state.limits.depth} levels and was not opened.`,
      ),
    }
  }

  /** Runs one parser and turns what it throws into an outcome. */
  function run(source: ByteSource, format: string, parse: Parser) {
    try {
      const { format: refined = format, status, reason } = parse(source, context)
      return { format: refined, outcome: { status, reason } }
    } catch (error) {
      return { format, outcome: outcomeOf(error, format) }
    }
  }

  function inspect(
    source: ByteSource,
    name: string,
    as?: { format: string; parse: Parser },
  ): { format: string; outcome: Outcome } {
    if (as !== undefined) {
      const result = run(source, as.format, as.parse)
      return { ...result, outcome: worse(result.outcome, membersWorst) }
    }
    let format = 'unknown'
    let outcome: Outcome
    try {
      const detected = detect(source, name)
      ;({ format, outcome } = run(source, detected.format, parserOf(detected.format)))
      const head = readBytes(source, 0, 64).toString('latin1')
      const promise = checkPromise(context, format, head)
      if (promise !== undefined) outcome = worse(outcome, promise)
      for (const also of detected.also) {
        context.anomaly(
          `polyglot.${detected.format}.${also}`,
          0,
          `the same bytes are a valid ${detected.format} and a valid ${also}`,
        )
        outcome = worse(outcome, run(source, also, secondParserOf(also)).outcome)
      }
    } catch (error) {
      outcome = outcomeOf(error, format)
    }
    return { format, outcome: worse(outcome, membersWorst) }
  }

  return { inspect }
}

function outcomeOf(error: unknown, format: string): Outcome {
  // Not a failure: the file is scanned again once the chunk is there.
  if (error instanceof SourceEngineNeeded) throw error
  if (error instanceof MalformedError || error instanceof LimitError)
    return inconclusive(error.message)
  if (isSystemError(error))
    return { status: 'error', reason: `It could not be read: ${error.message}.` }
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return {
    status: 'error',
    reason: `The ${format} parser failed (${cut(what, 200)}); nothing is known about the rest.`,
  }
}

/** Errors of read(2) and friends carry a syscall; nothing a parser throws does. */
function isSystemError(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error
}

function located(path: string, reason: string | null): string {
  return reason?.startsWith('In ') ? reason : `In ${path}: ${reason ?? 'not read to its end.'}`
}

const ORDER = ['complete', 'inconclusive', 'error'] as const

/** The worse of two; the first one keeps its sentence when they are equally bad. */
export function worse(first: Outcome, second: Outcome): Outcome {
  return ORDER.indexOf(second.status) > ORDER.indexOf(first.status) ? second : first
}
