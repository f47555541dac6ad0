import type { Sink } from '../vocabulary'
import { noteHanded, notePassages } from './across'
import { noteArchive } from './check-archive'
import { checkCommand } from './check-command'
import { checkHanded } from './check-handed'
import { checkLogging } from './check-logging'
import { checkRequest } from './check-request'
import { checkSmall } from './check-small'
import { checkWrite } from './check-write'
import { CONFIGURATION, PARSES } from './entry-points'
import { sinkOfCall } from './knowledge'
import type { Machine } from './machine'
import { HUB, origin } from './origin'
import { noteImportHook } from './patch'
import { KNOWN_OWNERS } from './places'
import { reportFlow, reportUse, writtenOf } from './report-use'
import { noteSetup } from './setup'
import { kidOf, type Node } from './tree'
import {
  type Arguments,
  type Taint,
  taintsOf,
  textOf,
  UNKNOWN,
  unknownWith,
  type Value,
} from './value'

/** Judges a call of something from outside by its name and arguments. Gives a result where it has a say. */
export function checkCall(
  machine: Machine,
  callee: Value & { kind: 'ref' },
  given: Arguments,
  node: Node,
): Value | undefined {
  const { name } = callee
  checkSmall(machine, callee, given, node)
  noteSetup(machine, name, given, node)
  noteArchive(machine, callee, given, node)
  checkHanded(machine, name, given, node)
  noteHanded(machine, name, given, node)
  if (name.startsWith('logging.')) checkLogging(machine, name, given, node)
  if (/^sys\.(meta_path|path_hooks)\.(insert|append|extend)$/.test(name))
    noteImportHook(machine, node)
  const call = sinkOfCall(name)
  if (call === undefined) return undefined
  const first =
    given.plain[0] ??
    given.named.get('args') ??
    given.named.get('source') ??
    given.named.get('stmt') ??
    given.named.get('file') ??
    UNKNOWN
  switch (call.reach) {
    case 'code':
      if (callee.name === 'builtins.eval' || callee.name === 'builtins.exec')
        checkParameter(machine, callee.name, given, node)
      return checkCode(machine, callee, call.sink, first, node)
    case 'command':
      return checkCommand(machine, callee, given, node)
    case 'send':
      return checkRequest(machine, callee, given, node)
    case 'content':
      return checkWrite(machine, callee, given, node)
    case 'name':
      return checkName(machine, callee, call.sink, first, given, node)
    case 'object':
      return checkObject(machine, callee, call.sink, first, given, node)
  }
}

/**
 * A function of the module that runs what it is given as it is: no names are taken away, and nothing
 * looked at it before.
 */
function checkParameter(machine: Machine, name: string, given: Arguments, node: Node): void {
  const [code] = given.plain
  if (code?.parameter === undefined || given.plain.length + given.named.size > 1) return
  const { fn, name: parameter } = code.parameter
  const body = kidOf(fn, 'Body')
  if (body === undefined || node.from < body.from || node.to > body.to) return
  if (nameOf(machine, fn).startsWith('_')) return
  const before = machine.text.slice(body.from, node.from)
  if (new RegExp(`(?<![\\w.])${parameter}(?!\\w)`).test(before)) return
  const taint = origin('input', `gets the argument ${parameter}`, { ...fn, to: body.from })
  reportFlow(machine, taint, 'eval', node, `runs it by ${name.replace('builtins.', '')}`)
}

function nameOf(machine: Machine, fn: Node): string {
  const node = kidOf(fn, 'VariableName')
  return node === undefined ? '_' : machine.text.slice(node.from, node.to)
}

/** Text that runs as code, and where it comes from. */
function checkCode(
  machine: Machine,
  callee: Value & { kind: 'ref' },
  sink: Sink,
  code: Value,
  node: Node,
): Value | undefined {
  const text = textOf(code)
  const isExact = text !== undefined && code.kind !== 'partial'
  // A literal name or number that is evaluated does nothing that the literal would not do.
  if (
    callee.name === 'builtins.eval' &&
    isExact &&
    !code.made &&
    /^[\w.\s]*$/.test(text) &&
    callee.hidden === undefined
  )
    return undefined
  reportUse(machine, callee, sink, node)
  const label = `runs it by ${callee.name.replace('builtins.', '')}`
  notePassages(machine, taintsOf(code), sink, node, label)
  for (const origin of taintsOf(code)) {
    const taint = asDecoded(origin)
    if (taint.source === 'decoded') {
      const isBuilt = /^builds (bytes|text)/.test(taint.steps[0]?.label ?? '')
      if (taint.weak && !isBuilt && !(isExact && text.trim().length > 3)) continue
      reportLayers(machine, taint, node)
      machine.notes.marks.add('decoded')
    } else if (taint.source === 'host') continue
    else if (
      taint.weak &&
      taint.source !== 'environment' &&
      taint.steps[0]?.label !== 'reads a file of a repository' &&
      taint.steps[0]?.label !== CONFIGURATION
    )
      continue
    reportFlow(machine, taint, sink, node, label)
  }
  if (isExact && text.trim().length > 1) machine.nested(text, node, code.made)
  return callee.name === 'builtins.eval' ? undefined : unknownWith([])
}

const DECODES = /^(decodes|decompresses|loads code|reverses|picks|translates)/
/** Endings of files in which nobody keeps Python. */
const NO_PROGRAM =
  /\.(txt|json|bin|dat|data|png|jpe?g|gif|ico|md|rst|csv|tsv|log|model|vocab|npy|npz|pt|pth|pkl|safetensors|gguf|woff2?|ttf|wav|mp3)$/

/** What a file held and a decoder made, or what a file held that is named as something else: hidden code. */
function asDecoded(taint: Taint): Taint {
  if (taint.source !== 'file' || taint.weak) return taint
  const [first, ...rest] = taint.steps
  if (rest.some(({ label }) => label === PARSES)) return { ...taint, source: 'input' }
  const decodes = rest.some(({ label }) => DECODES.test(label))
  return decodes || /holds$/.test(first?.label ?? '') || NO_PROGRAM.test(first?.label ?? '')
    ? { ...taint, source: 'decoded' }
    : taint
}

/** Two decoders one after the other, or one that unpacks. */
function reportLayers(machine: Machine, taint: Taint, node: Node): void {
  const labels = taint.steps
    .map((step) => step.label)
    .filter((label) => DECODES.test(label) || label.startsWith('builds'))
  const packed = labels.find((label) => /^(decompresses|loads code)/.test(label))
  const steps = [
    ...taint.steps,
    { role: 'sink' as const, label: 'runs it', start: node.from, end: node.to },
  ]
  if (packed !== undefined) machine.report({ name: 'obfuscation.packed', node, steps })
  if (new Set(labels).size > 1) machine.report({ name: 'obfuscation.nested-encoding', node, steps })
}

function checkName(
  machine: Machine,
  callee: Value & { kind: 'ref' },
  sink: Sink,
  first: Value,
  given: Arguments,
  node: Node,
): Value | undefined {
  if (sink === 'file-write') return checkWrite(machine, callee, given, node)
  const name = /spec_from_file_location|FileLoader|load_source|load_module|load_dynamic/.test(
    callee.name,
  )
    ? (given.plain[1] ?? given.named.get('location') ?? given.named.get('path') ?? first)
    : first
  const sources = ['cpp_sources', 'cuda_sources', 'sources'].flatMap((key) => {
    const value = given.named.get(key)
    return value === undefined ? [] : [...taintsOf(value), ...writtenOf(machine, value)]
  })
  const isLiteral = name.kind === 'str' && !name.made
  // import_module('json') is an import statement in other words.
  const isImport =
    /^(importlib\.import_module|builtins\.__import__|pkgutil\.resolve_name|pydoc\.locate)$/.test(
      callee.name,
    )
  if (
    isImport &&
    name.kind === 'str' &&
    callee.hidden === undefined &&
    !taintsOf(name).some((taint) => taint.source === 'decoded' && !taint.weak)
  )
    return undefined
  if (isImport && isLiteral && callee.hidden?.startsWith('~')) return undefined
  if (callee.hidden !== undefined || !isImport || name.kind !== 'str')
    reportUse(machine, callee, sink, node)
  if (
    name.kind === 'ref' &&
    HUB.test(name.name) &&
    !isImport &&
    !KNOWN_OWNERS.test(textOf(name.about ?? UNKNOWN) ?? '')
  )
    reportFlow(
      machine,
      origin('network', 'a repository is downloaded', node),
      sink,
      node,
      'loads code of it',
    )
  const label = sink === 'native' ? `loads it by ${callee.name}` : `imports it by ${callee.name}`
  for (const taint of [...taintsOf(name), ...writtenOf(machine, name), ...sources])
    if (!taint.weak && (taint.source === 'network' || (taint.source === 'decoded' && !isImport))) {
      reportFlow(machine, taint, sink, node, label)
      if (taint.source === 'network') machine.notes.marks.add('serious')
    }
  return undefined
}

const SAFE_LOADERS = /SafeLoader|BaseLoader/

function checkObject(
  machine: Machine,
  callee: Value & { kind: 'ref' },
  sink: Sink,
  object: Value,
  given: Arguments,
  node: Node,
): Value | undefined {
  const { name } = callee
  const isTrue = (key: string) => {
    const value = given.named.get(key)
    return value?.kind === 'bool' && value.value
  }
  if (/^numpy\.load$/.test(name) && !isTrue('allow_pickle')) return undefined
  if (/^torch\.load$/.test(name) && isTrue('weights_only')) return undefined
  if (/^yaml\.load/.test(name)) {
    const loader = given.named.get('Loader') ?? given.plain[1]
    if (loader?.kind === 'ref' && SAFE_LOADERS.test(loader.name)) return undefined
  }
  reportUse(machine, callee, sink, node)
  const isRemote = /^(https?|ftp):/.test(textOf(object) ?? '')
  const weightsOnly = given.named.get('weights_only')
  const isOpenLoad =
    weightsOnly?.kind === 'bool' && !weightsOnly.value && /^torch\.hub\./.test(name)
  if (isRemote && (name === 'pandas.read_pickle' || isOpenLoad))
    reportFlow(
      machine,
      origin('network', 'loads it from the network', node),
      sink,
      node,
      `deserialises it by ${name}`,
    )
  const label = `deserialises it by ${name}`
  notePassages(machine, taintsOf(object), sink, node, label)
  const held = object.kind === 'ref' && object.name === 'builtins.open()' ? object.about : object
  for (const taint of [...taintsOf(object), ...writtenOf(machine, held ?? UNKNOWN)]) {
    if (taint.weak || !/^(network|decoded|input)$/.test(taint.source)) continue
    // Whoever gives such a state was unpickled already.
    if (taint.source === 'input' && machine.frame.fn?.name === '__setstate__') continue
    // Weights that a library fetches and the answer of a server are not the same; this is the latter.
    reportFlow(machine, taint, sink, node, label)
  }
  return undefined
}
