import { type ByteSource, readBytes, sliceSource } from '../byte-source'
import { COMPLETE, inconclusive, type Outcome, type ParseContext, type Parser } from '../context'
import { JsonError } from './json-reader'
import { readSafetensorsHeader, type SafetensorsHeader, type TensorRow } from './safetensors-header'

/** MAX_HEADER_SIZE of the reference implementation (safetensors/src/tensor.rs). */
const MOST_HEADER_BYTES = 100_000_000
const LENGTH_BYTES = 8

/** Bits of one element (safetensors Dtype). */
const DTYPE_BITS: Readonly<Record<string, number>> = {
  BOOL: 8,
  U8: 8,
  I8: 8,
  F8_E5M2: 8,
  F8_E4M3: 8,
  F8_E8M0: 8,
  F8_E4M3FNUZ: 8,
  F8_E5M2FNUZ: 8,
  F4: 4,
  F6_E2M3: 6,
  F6_E3M2: 6,
  I16: 16,
  U16: 16,
  F16: 16,
  BF16: 16,
  I32: 32,
  U32: 32,
  F32: 32,
  I64: 64,
  U64: 64,
  F64: 64,
  C64: 64,
}

/**
 * A safetensors file: a JSON table of tensors, then their bytes, which are never read. Tensors must
 * fill the data exactly, one after the other, as the reference implementation demands.
 */
export const parseSafetensors: Parser = (source, context) => {
  const length = Number(readBytes(source, 0, LENGTH_BYTES).readBigUInt64LE(0))
  const room = source.size - LENGTH_BYTES
  if (length > MOST_HEADER_BYTES || length > room) {
    const fact = length > MOST_HEADER_BYTES ? 'header-too-long' : 'truncated'
    context.anomaly(`safetensors.${fact}`, 0, `${length} bytes announced, ${room} there`)
    return inconclusive(`Its header announces ${length} bytes, which cannot be.`)
  }
  const bytes = readBytes(source, LENGTH_BYTES, length)
  let header: SafetensorsHeader
  try {
    header = readSafetensorsHeader(
      bytes,
      context.limits.members,
      (name, offset, evidence) => context.anomaly(name, LENGTH_BYTES + offset, evidence),
      () => context.checkpoint(),
    )
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    context.anomaly('safetensors.bad-header', LENGTH_BYTES + error.offset, error.message)
    return inconclusive(`Its header is not JSON: ${error.message}.`)
  }
  if (header.end < bytes.length) {
    context.anomaly('safetensors.header-padding', LENGTH_BYTES + header.end)
    context.scanMember(
      sliceSource(source, LENGTH_BYTES + header.end, bytes.length - header.end),
      'header tail',
    )
  }
  for (const [key, value] of header.metadata)
    context.add({
      kind: 'metadata',
      name: key,
      location: {},
      detail: { value: value.slice(0, 500) },
    })
  return checkTensors(source, context, header.tensors, LENGTH_BYTES + length)
}

function checkTensors(
  source: ByteSource,
  context: ParseContext,
  tensors: TensorRow[],
  dataStart: number,
): Outcome {
  const room = source.size - dataStart
  let outcome = COMPLETE
  tensors.sort((a, b) => a.start - b.start || a.end - b.end)
  let covered = 0
  for (const tensor of tensors) {
    const { name, dtype, shape, start, end } = tensor
    const where = LENGTH_BYTES + tensor.offset
    const bytes = end - start
    context.add({
      kind: 'tensor',
      name,
      location: { offset: where },
      detail: { dtype, shape: `[${shape.join(', ')}]`.slice(0, 200), bytes },
    })
    const bits = DTYPE_BITS[dtype]
    if (bits === undefined) {
      context.anomaly('safetensors.unknown-dtype', where, `${name}: ${dtype}`)
      outcome = inconclusive(`Its tensor ${name} has the unknown type ${dtype}.`)
    } else if (shape.reduce((product, size) => product * size, bits) !== bytes * 8)
      context.anomaly(
        'safetensors.size-mismatch',
        where,
        `${name}: ${dtype} [${shape.join(', ')}] in ${bytes} bytes`,
      )
    if (end > room) {
      context.anomaly(
        'safetensors.out-of-file',
        where,
        `${name}: ends at ${end}, the data at ${room}`,
      )
      outcome = inconclusive(`Its tensor ${name} lies outside the file.`)
    }
    if (start < covered) context.anomaly('safetensors.overlap', where, name)
    if (start > covered) {
      context.anomaly('safetensors.hole', where, `${start - covered} bytes before ${name}`)
      scanUnlisted(source, context, dataStart + covered, Math.min(start, room) - covered)
    }
    covered = Math.max(covered, end)
  }
  if (covered < room) {
    context.anomaly('safetensors.trailing-data', dataStart + covered, `${room - covered} bytes`)
    scanUnlisted(source, context, dataStart + covered, room - covered)
  }
  return outcome
}

function scanUnlisted(
  source: ByteSource,
  context: ParseContext,
  start: number,
  length: number,
): void {
  if (length > 0) context.scanMember(sliceSource(source, start, length), `unlisted@${start}`)
}
