import { type ByteSource, readBytes, sliceSource } from '../byte-source'
import {
  COMPLETE,
  inconclusive,
  MalformedError,
  type Outcome,
  type ParseContext,
  type Parser,
} from '../context'
import { readSuperblock } from './hdf5-format'
import { Hdf5Walk } from './hdf5-walk'
import { readJsonTree } from './json-tree'
import { noteKeras } from './keras'

const WINDOW_BYTES = 1024 * 1024
/** A key of every configuration of Keras; in Keras 3 the module stands in front of it. */
const KEY = Buffer.from('"class_name"')
/** How far in front of the key its document may begin. */
const LOOK_BACK = 256
/** Longest configuration that is read; those of large models have a few megabytes. */
const MOST_JSON_BYTES = 16 * 1024 * 1024
/** Places that are tried: raw weights hold the key by no chance, a forged file by the million. */
const MOST_TRIES = 40

/**
 * HDF5: weights and whole models of Keras before 3 (keras/src/legacy/saving/legacy_h5_format.py). All
 * groups, datasets and attributes are walked; where something in them is not understood, the text of
 * a configuration is searched wherever it stands, and the file is not complete.
 */
export const parseHdf5: Parser = (source, context) => {
  const superblock = readSuperblock(source)
  if (superblock === undefined) return searched(source, context, 'its first block is not readable')
  context.add({
    kind: 'metadata',
    name: 'hdf5.superblock',
    location: { offset: superblock.offset },
    detail: { value: superblock.version },
  })
  // Behind a user block, writers count the end from the start of the file all the same.
  const counted = superblock.base + superblock.end
  const end = counted > source.size && superblock.end <= source.size ? superblock.end : counted
  if (end > source.size)
    return searched(source, context, `its last ${end - source.size} bytes are missing`)
  const walk = new Hdf5Walk(source, context, superblock)
  try {
    walk.run(superblock.root)
  } catch (error) {
    if (!(error instanceof MalformedError) && !(error instanceof RangeError)) throw error
    return searched(source, context, error.message)
  }
  if (walk.unread !== null) return searched(source, context, `${walk.unread} is not read`)
  if (end === source.size) return COMPLETE
  context.anomaly('hdf5.trailing-data', end, `${source.size - end} bytes`)
  context.scanMember(sliceSource(source, end, source.size - end), `tail@${end}`)
  return inconclusive(`${source.size - end} bytes follow the end of the file that HDF5 sees.`)
}

/** What can be said of a file whose structure was not read to its end. */
function searched(source: ByteSource, context: ParseContext, why: string): Outcome {
  const { found, tried } = searchConfigurations(source, context)
  if (tried === MOST_TRIES)
    return inconclusive('It is an HDF5 file with more configurations than are read.')
  return inconclusive(
    found > 0
      ? `It is an HDF5 file; only its Keras configuration was read (${why}).`
      : tried > 0
        ? `It is an HDF5 file; its Keras configuration could not be read as one piece (${why}).`
        : `It is an HDF5 file that was not read to its end: ${why}.`,
  )
}

function searchConfigurations(source: ByteSource, context: ParseContext) {
  let found = 0
  let tried = 0
  /** Nothing before this offset is tried again. */
  let done = 0
  for (let offset = 0; offset < source.size && tried < MOST_TRIES; ) {
    context.checkpoint()
    const window = readBytes(source, offset, WINDOW_BYTES)
    if (window.length === 0) break
    for (
      let at = window.indexOf(KEY);
      at !== -1 && tried < MOST_TRIES;
      at = window.indexOf(KEY, at + 1)
    ) {
      if (offset + at < done) continue
      tried++
      const end = readConfiguration(source, offset + at, context)
      if (end === undefined) continue
      found++
      done = end
    }
    offset += Math.max(1, window.length - KEY.length + 1)
    if (window.length < WINDOW_BYTES) break
  }
  return { found, tried }
}

/** The document around the key at `at`: tried from each '{' before it, the nearest first. */
function readConfiguration(
  source: ByteSource,
  at: number,
  context: ParseContext,
): number | undefined {
  const start = Math.max(0, at - LOOK_BACK)
  const before = readBytes(source, start, at - start)
  let bytes: Buffer | undefined
  for (let brace = before.lastIndexOf(0x7b); brace !== -1; ) {
    bytes ??= readBytes(source, start, MOST_JSON_BYTES)
    const document = readJsonTree(bytes.subarray(brace), () => context.checkpoint())
    if (document !== undefined) {
      noteKeras(document.value, context, start + brace)
      return start + brace + document.end
    }
    brace = brace === 0 ? -1 : before.lastIndexOf(0x7b, brace - 1)
  }
  notePiece(source, at, context)
  return undefined
}

/** A configuration that is stored in pieces still shows which class stands here. */
function notePiece(source: ByteSource, at: number, context: ParseContext): void {
  const text = readBytes(source, at, 64).toString('latin1')
  if (/^"class_name"\s*:\s*"(Lambda|__lambda__)"/.test(text))
    context.add({
      kind: 'content',
      name: 'keras.lambda-layer',
      location: { offset: at },
      evidence: 'class_name: Lambda, in a configuration that is not whole',
    })
}
