import { type ByteSource, readBytes, sliceSource } from '../byte-source'
import { OPCODE_BY_BYTE } from './opcodes'
import { HIGHEST_PROTOCOL, type Trial, TrialWalk } from './trial'

function scoreWithMagic(trial: Trial): number {
  if (trial.stops > 0) return 0.99
  if (trial.imports > 0) return 0.97
  if (trial.how === 'limit') return 0.9
  if (trial.opcodes >= 4) return trial.how === 'failed' ? 0.7 : 0.9
  return trial.how === 'source-ended' && trial.opcodes >= 2 ? 0.6 : 0.2
}

/** Without the magic of protocol 2, text and noise have to be told from a pickle. */
function scoreWithout(trial: Trial, size: number): number {
  const { imports, calls, opcodes, distinct, anyLines } = trial
  if (calls > 0 && trial.stops > 0 && (imports > 0 || trial.end === size)) return 0.95
  if (calls > 0 && imports > 0) return 0.85
  if (trial.how === 'limit') return 0.9
  // A list of words is an import as well, when its first word begins with c.
  if (imports > 0) return trial.stops > 0 || opcodes - anyLines >= 3 ? 0.6 : 0.4
  if (trial.stops > 0 && trial.end === size) return opcodes >= 4 ? 0.8 : size >= 8 ? 0.5 : 0.3
  if (trial.how !== 'failed' && opcodes >= 200 && distinct.size >= 3) return 0.6
  return 0
}

interface Tried {
  trial: Trial
  magic: boolean
}

/** A trial of the content as a pickle; undefined when its first byte is no opcode. */
function tryPickle(source: ByteSource): Tried | undefined {
  const head = new Uint8Array(2)
  if (source.readInto(head, 0) < 2) return undefined
  if (OPCODE_BY_BYTE[head[0] as number] === undefined) return undefined
  const magic = head[0] === 0x80 && (head[1] as number) <= HIGHEST_PROTOCOL
  return { trial: new TrialWalk(source, !magic).run(), magic }
}

const scoreOf = ({ trial, magic }: Tried, size: number): number =>
  magic ? scoreWithMagic(trial) : scoreWithout(trial, size)

/** How sure (0..1) the content is a pickle, or a stream of them, of any protocol. */
export function sniffPickle(source: ByteSource): number {
  const tried = tryPickle(source)
  if (tried === undefined) return 0
  const score = scoreOf(tried, source.size)
  const { stops, end } = tried.trial
  // Loaders that read one pickle after the other step over a line end between them.
  const stacked = score < PICKLE_SURE && stops > 0 && end < source.size
  return stacked && nextPickle(source, end) !== undefined ? STACKED : score
}

function sniffAlone(source: ByteSource): number {
  const tried = tryPickle(source)
  return tried === undefined ? 0 : scoreOf(tried, source.size)
}

/** A pickle of nothing in front of one that calls something. */
const STACKED = 0.8

/** Behind something that is no pickle, the next one is looked for this far, this many times. */
const GAP_BYTES = 1_048_576
const MOST_STARTS = 64
/** Of each place this much: what a pickle of an attack does, it does soon. */
const TRIED_BYTES = 262_144
/** Of text, what begins a line; a pickle that imports something begins with an import or a mark. */
const FIRST_OF_LINE = new Set([...Buffer.from('c(}])')])
const NEWLINE = 10

/**
 * Where behind `from` a pickle begins that is surely one: the magic of protocol 2 anywhere, or an
 * import at the start of a line that is called. Undefined when none of the first places does.
 */
export function nextPickle(source: ByteSource, from: number): number | undefined {
  const gap = readBytes(source, from, GAP_BYTES)
  let tried = 0
  for (let at = 0; at < gap.length && tried < MOST_STARTS; at++) {
    const byte = gap[at] as number
    const magic = byte === 0x80 && (gap[at + 1] ?? 0xff) <= HIGHEST_PROTOCOL
    const lineStart = at === 0 || gap[at - 1] === NEWLINE
    if (!magic && !(lineStart && FIRST_OF_LINE.has(byte))) continue
    tried++
    const rest = sliceSource(source, from + at, TRIED_BYTES)
    if (sniffAlone(rest) >= (magic ? SURE_WITH_MAGIC : SURE_WITHOUT)) return from + at
  }
  return undefined
}

/** `sniffPickle` of what reaches an import or STOP; raw data that follows a pickle does not. */
const SURE_WITH_MAGIC = 0.97
/** The same without the magic: an import that is called. */
const SURE_WITHOUT = 0.85

/** At which `sniffPickle` counts. */
export const PICKLE_SURE = 0.5

/**
 * The same for the head of something longer: 'undecided' when it ended before the trial did, so
 * that only the whole can tell.
 */
export function sniffHead(source: ByteSource): 'pickle' | 'other' | 'undecided' {
  const tried = tryPickle(source)
  if (tried === undefined) return 'other'
  if (scoreOf(tried, source.size) >= PICKLE_SURE) return 'pickle'
  return tried.trial.how === 'source-ended' ? 'undecided' : 'other'
}
