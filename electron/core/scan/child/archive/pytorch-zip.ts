import { type ByteSource, sliceSource } from '../byte-source'
import { COMPLETE, inconclusive, type Outcome, type ParseContext, type Parser } from '../context'
import { type PythonValue, sniffPickle, walkPickle } from '../pickle'
import { parseTorchScript } from './torchscript'
import { LOCAL } from './zip-end'
import type { ZipLayout } from './zip-layout'
import { TENSOR_DATA } from './zip-member'

/** `sniffPickle` above which the head of raw tensor data is taken for a pickle. */
const EMBEDDED_PICKLE = 0.9
/** `sniffPickle` below which data.pkl is also scanned as whatever else it may be. */
const PICKLE = 0.5

/**
 * PyTorch's zip format (torch/serialization.py, caffe2/serialize/inline_container.cc): one folder
 * with data.pkl, whose persistent ids name the raw tensors data/<key>. TorchScript adds code/ and
 * constants.pkl. undefined when the names are not of that kind.
 */
export function pytorchLayout(names: readonly string[]): ZipLayout | undefined {
  const roots = names
    .filter((name) => /(^|\/)data\.pkl$/.test(name))
    .map((name) => name.slice(0, -'data.pkl'.length))
  const root = roots[0]
  if (root === undefined) return undefined
  const script = names.some(
    (name) => name === `${root}constants.pkl` || name.startsWith(`${root}code/`),
  )
  const keys = new Set<string>()
  const relative = (name: string): string => {
    const at = roots.find((candidate) => name.startsWith(candidate))
    return at === undefined ? name : name.slice(at.length)
  }
  const storageKey = (name: string): string | undefined =>
    /^(?:data|constants|bytecode|tensors|attributes)\/([^/]+)$/.exec(relative(name))?.[1]

  return {
    format: script ? 'torchscript' : 'pytorch-zip',
    parserFor(name) {
      const path = relative(name)
      if (/^[^/]+\.pkl$/.test(path)) return { format: 'pickle', parse: dataPickle(keys) }
      if (script && /^code\/.+\.py$/.test(path))
        return { format: 'torchscript-source', parse: parseTorchScript }
      return keys.has(storageKey(name) ?? '')
        ? { format: TENSOR_DATA, parse: parseStorage }
        : undefined
    },
    mayBeStorage: (name) => storageKey(name) !== undefined,
  }
}

/**
 * torch.package (torch/package/package_exporter.py): pickles and Python modules of any name, with
 * the storages of all pickles in .data/<key>.storage.
 */
export function packageLayout(names: readonly string[]): ZipLayout | undefined {
  const marker = names.find((name) => /(^|\/)\.data\/(extern_modules|version)$/.test(name))
  if (marker === undefined || !names.some((name) => name.endsWith('.storage'))) return undefined
  const data = marker.slice(0, marker.lastIndexOf('/') + 1)
  const keys = new Set<string>()
  const keyOf = (name: string): string | undefined =>
    name.startsWith(data) ? /^([^/]+)\.storage$/.exec(name.slice(data.length))?.[1] : undefined
  return {
    format: 'torch-package',
    parserFor(name) {
      if (name.endsWith('.pkl')) return { format: 'pickle', parse: dataPickle(keys) }
      return keys.has(keyOf(name) ?? '') ? { format: TENSOR_DATA, parse: parseStorage } : undefined
    },
    mayBeStorage: (name) => keyOf(name) !== undefined,
  }
}

/** Walks a pickle of the archive and adds the keys of the storages it names to `keys`. */
function dataPickle(keys: Set<string>): Parser {
  return (source, context) => {
    const walk = walkPickle(source, 0, context, { persistentIds: 'expected' })
    for (const { value } of walk.persistentIds) {
      const key = storageKeyOf(value)
      if (key !== undefined) keys.add(key)
    }
    let { outcome } = walk
    if (walk.stopped && walk.end < source.size)
      outcome = scanRest(source, context, walk.end, outcome)
    // torch.load calls the unpickler on it whatever it is; other loaders may go by its content.
    if (outcome.status !== 'complete' && sniffPickle(source) < PICKLE)
      context.scanMember(source, 'by its content')
    return outcome
  }
}

function scanRest(
  source: ByteSource,
  context: ParseContext,
  start: number,
  outcome: Outcome,
): Outcome {
  const length = source.size - start
  context.anomaly('pickle.trailing-data', start, `${length} bytes`)
  context.scanMember(sliceSource(source, start, length), `tail@${start}`)
  return outcome.status === 'complete'
    ? inconclusive(`${length} bytes follow the end of the pickle.`)
    : outcome
}

/** ('storage', <type>, key, location, count) of torch.save. */
function storageKeyOf(id: PythonValue): string | undefined {
  if (id.type !== 'tuple' || id.items[0]?.type !== 'str' || id.items[0].value !== 'storage')
    return undefined
  const key = id.items[2]
  if (key?.type === 'str') return key.value
  return key?.type === 'int' ? key.value.toString() : undefined
}

/** Raw tensor data is never read, except its head: it could be made to look like something loadable. */
const parseStorage: Parser = (source, context) => {
  const head = Buffer.alloc(4)
  source.readInto(head, 0)
  const archive = head.equals(LOCAL)
  const pickle = head[0] === 0x80 && sniffPickle(source) >= EMBEDDED_PICKLE
  if (archive || pickle) {
    context.anomaly('pytorch.loadable-storage', 0, archive ? 'a zip archive' : 'a pickle')
    context.scanMember(source, 'by its content')
  }
  return COMPLETE
}
