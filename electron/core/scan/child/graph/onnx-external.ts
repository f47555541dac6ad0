import { printable } from '../archive/entry-name'
import { pathProblem } from './data-path'
import { type OnnxReader, place, roomIn } from './onnx-reader'

export interface ExternalEntry {
  key: string
  value: string
}

/** onnxruntime takes `offset` for an address in its own memory then (core/framework/tensorprotoutils.h). */
const MEMORY_TAG = '_ORT_MEM_ADDR_'
/** Files of one model; sharded models have some hundreds. */
const MOST_FILES = 10_000

/**
 * External data of a tensor: a path relative to the model, and where in that file (onnx.proto,
 * TensorProto.external_data). Loaders before onnx 1.13 open any path (CVE-2022-25882), before 1.16
 * those of nested tensors (CVE-2024-27318), and saving writes to it (CVE-2025-51480).
 */
export function noteExternal(
  reader: OnnxReader,
  tensor: {
    entries: readonly ExternalEntry[]
    offset: number
    shown: string
    bytes: number | undefined
  },
): void {
  const { entries, offset, shown, bytes } = tensor
  const where = `${shown}${place(reader)}`
  const values = (key: string) => entries.filter((entry) => entry.key === key).map((e) => e.value)
  const locations = values('location')
  if (locations.length === 0)
    reader.context.anomaly('onnx.external-incomplete', offset, `${where} names no file`)
  if (locations.length > 1)
    reader.context.anomaly(
      'onnx.external-repeated',
      offset,
      `${where} names ${locations.length} files`,
    )
  const start = number(reader, values('offset'), offset, `offset of ${where}`) ?? 0
  const length = number(reader, values('length'), offset, `length of ${where}`)
  if (length !== undefined && bytes !== undefined && length !== bytes)
    reader.context.anomaly(
      'onnx.external-size',
      offset,
      `${where}: ${length} bytes for a tensor of ${bytes}`,
    )
  for (const location of locations) notePath(reader, location, offset, where)
  const [location] = locations
  if (location !== undefined) addFile(reader, location, offset, start + (length ?? bytes ?? 0))
}

function notePath(reader: OnnxReader, location: string, offset: number, where: string): void {
  const evidence = `${printable(location)} (${where})`
  if (location.includes(MEMORY_TAG)) {
    reader.context.anomaly('onnx.external-memory', offset, evidence)
    return
  }
  const problem = location === '' ? 'empty' : pathProblem(location)
  if (problem !== undefined)
    reader.context.anomaly(`onnx.external-path.${problem}`, offset, evidence)
}

/** Decimal digits, as every reader takes them; undefined when absent or wrong. */
function number(
  reader: OnnxReader,
  values: readonly string[],
  offset: number,
  what: string,
): number | undefined {
  const [value] = values
  if (value === undefined) return undefined
  const parsed = /^\d{1,20}$/.test(value) ? Number(value) : Number.NaN
  if (Number.isSafeInteger(parsed) && values.length === 1) return parsed
  reader.context.anomaly(
    'onnx.external-range',
    offset,
    printable(`${what} is ${values.slice(0, 3).join(' and ')}`),
  )
  return undefined
}

function addFile(reader: OnnxReader, location: string, offset: number, end: number): void {
  const known = reader.externals.get(location)
  if (known === undefined) {
    roomIn(reader.externals, MOST_FILES, 'files of external data')
    reader.externals.set(location, { tensors: 1, bytes: end, offset })
    return
  }
  known.tensors++
  known.bytes = Math.max(known.bytes, end)
}
