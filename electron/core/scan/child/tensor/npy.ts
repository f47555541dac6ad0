import { type ByteSource, readBytes, sliceSource } from '../byte-source'
import {
  COMPLETE,
  inconclusive,
  MalformedError,
  type Outcome,
  type ParseContext,
  type Parser,
} from '../context'
import { createCursor } from '../cursor'
import { walkPickle } from '../pickle'
import { dtypeOf, elementCount, type NpyLiteral, parseNpyLiteral } from './npy-header'

const MAGIC = Buffer.from('\x93NUMPY', 'latin1')
/** Longest header that is read; NumPy itself refuses more than 10 000 characters by default. */
const MOST_HEADER_BYTES = 1024 * 1024
const USUAL_HEADER_BYTES = 10_000
/** What a header that is evaluated could run: a call, an attribute, a lambda. */
const CODE = /[\w)\]]\s*\(|__|\blambda\b|\bimport\b/

/** What is behind one array: `end` is undefined when it cannot be found. */
interface ArrayEnd {
  outcome: Outcome
  end: number | undefined
}

/** NumPy arrays (numpy/lib/format.py). The elements are never read, unless they are a pickle. */
export const parseNpy: Parser = (source, context) => {
  for (let start = 0, arrays = 1; ; arrays++) {
    context.checkpoint()
    const { outcome, end } = readArray(source, context, start)
    if (outcome.status !== 'complete' || end === undefined || end >= source.size) return outcome
    if (arrays === context.limits.members)
      return inconclusive(`It holds more than ${context.limits.members} arrays.`)
    // Several np.save calls into one file are documented use; any other data is not.
    if (!readBytes(source, end, MAGIC.length).equals(MAGIC)) {
      const rest = source.size - end
      context.anomaly('npy.trailing-data', end, `${rest} bytes`)
      context.scanMember(sliceSource(source, end, rest), `tail@${end}`)
      return outcome
    }
    if (arrays === 1) context.anomaly('npy.second-array', end)
    start = end
  }
}

function readArray(source: ByteSource, context: ParseContext, start: number): ArrayEnd {
  const cursor = createCursor(source, start + MAGIC.length)
  const stop = (fact: string, evidence: string, reason: string): ArrayEnd => {
    context.anomaly(fact, start + MAGIC.length, evidence)
    return { outcome: inconclusive(reason), end: undefined }
  }
  const major = cursor.u8()
  const minor = cursor.u8()
  const version = `${major}.${minor}`
  if (major < 1 || major > 3 || minor !== 0)
    return stop('npy.version', version, `Its version ${version} is not one that NumPy writes.`)
  const length = major === 1 ? cursor.u16() : cursor.u32()
  if (length > MOST_HEADER_BYTES)
    return stop(
      'npy.header-too-long',
      `${length} bytes`,
      `Its header of ${length} bytes is too long.`,
    )
  if (length > USUAL_HEADER_BYTES) context.anomaly('npy.header-long', start, `${length} bytes`)
  const text = cursor.bytes(length).toString(major === 3 ? 'utf8' : 'latin1')
  const excerpt = text.trim().slice(0, 300)
  const header = readHeader(text)
  if (header === undefined)
    return stop(
      CODE.test(text) ? 'npy.header-code' : 'npy.header-not-literal',
      excerpt,
      'Its header is not the plain dictionary that NumPy writes.',
    )
  const dtype = dtypeOf(header.descr)
  const count = elementCount(header.shape)
  if (dtype === undefined || count === undefined)
    return stop('npy.bad-dtype', excerpt, 'Its type or shape is not one that NumPy accepts.')
  const bytes = count * dtype.itemBytes
  context.add({
    kind: 'tensor',
    name: 'array',
    location: { offset: cursor.offset },
    detail: { dtype: shown(header.descr), shape: shown(header.shape), bytes },
  })
  return dtype.hasObjects
    ? readObjects(source, context, cursor.offset)
    : readElements(source, context, cursor.offset, bytes)
}

function readHeader(text: string): { descr: NpyLiteral; shape: NpyLiteral } | undefined {
  const literal = parseNpyLiteral(text)
  if (literal?.type !== 'dict' || literal.entries.length !== 3) return undefined
  const { descr, fortran_order: order, shape } = Object.fromEntries(literal.entries)
  if (descr === undefined || order?.type !== 'bool' || shape?.type !== 'tuple') return undefined
  return { descr, shape }
}

function readElements(
  source: ByteSource,
  context: ParseContext,
  start: number,
  bytes: number,
): ArrayEnd {
  const available = source.size - start
  if (bytes > available) {
    context.anomaly('npy.truncated', start, `${bytes} bytes announced, ${available} there`)
    throw new MalformedError(`It ends early: its array has ${bytes} bytes, ${available} are there.`)
  }
  return { outcome: COMPLETE, end: start + bytes }
}

/** An array of Python objects is one pickle: np.load(allow_pickle=True) unpickles it. */
function readObjects(source: ByteSource, context: ParseContext, start: number): ArrayEnd {
  context.anomaly('npy.object-array', start)
  const walk = walkPickle(source, start, context)
  return { outcome: walk.outcome, end: walk.stopped ? walk.end : undefined }
}

/** As NumPy would print it, cut. */
function shown(literal: NpyLiteral): string {
  switch (literal.type) {
    case 'str':
      return literal.value
    case 'int':
    case 'bool':
      return String(literal.value)
    case 'none':
      return 'None'
    case 'dict':
      return '{…}'
    default:
      return `[${literal.items.map(shown).join(', ')}]`.slice(0, 200)
  }
}
