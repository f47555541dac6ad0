import type * as acorn from 'acorn'
import type { ParseContext } from '../../context'
import type { Sighting } from '../source-text'
import { block } from './execute'
import { Imprecise, type Machine } from './machine'
import { memberOf } from './member'
import { childrenOf, type Node, plainKey } from './node'
import { parseProgram } from './parse'
import { createScope, declare, lookUp, type Scope } from './scope'
import { objectShape, type Shape, shapeValue, UNKNOWN, type Value } from './value'

/** Other modules of the delivery that one file brings in and that are followed. */
const MOST_MODULES = 16
/** Characters of such modules together. */
const MOST_CHARACTERS = 512 << 10

/** Trees that are kept: the files of a folder bring in the same modules one after the other. */
const MOST_TREES = 64
const trees = new Map<string, { readonly program: acorn.Program; start: number }>()

interface Range {
  readonly start: number
  readonly end: number
}

/** A module of the same delivery. Its nodes are placed after the text of the file that is read. */
interface Part extends Range {
  readonly path: string
  /** Where the file that is read brings it in. */
  readonly at: Range
}

/**
 * Modules that the file brings in by a relative path. What they export takes part in the analysis;
 * what they do by themselves is told when it is their turn to be scanned.
 */
export interface Delivery {
  /** What the module exports; undefined when it is not there or is not followed. */
  load(m: Machine, name: string, at: Range): Value | undefined
  /** A sighting as the file that is read shows it; undefined when it concerns other modules only. */
  placed(sighting: Sighting): Sighting | undefined
}

export function createDelivery(context: ParseContext, ownLength: number, level: number): Delivery {
  const parts: Part[] = []
  const known = new Map<string, Value | undefined>()
  const inUse = new Set<string>()
  let characters = 0

  const partAt = (offset: number): Part | undefined =>
    offset < ownLength ? undefined : parts.find(({ start, end }) => start <= offset && offset < end)

  function load(m: Machine, name: string, at: Range): Value | undefined {
    // Texts that run inside of a text bring nothing in: its analysis holds the trees.
    if (level > 0 || context.beside === undefined || !/^\.\.?(?:\/|$)/.test(name)) return undefined
    const from = partAt(at.start)
    const path = joined(from === undefined ? '' : folderOf(from.path), name)
    if (known.has(path)) return known.get(path)
    if (m.precise > 0) throw new Imprecise()
    known.set(path, undefined)
    if (parts.length >= MOST_MODULES) return undefined
    for (const candidate of candidates(path)) {
      const bytes = context.beside(candidate)
      if (bytes === undefined) continue
      const text = Buffer.from(bytes).toString('utf8')
      characters += text.length
      if (characters > MOST_CHARACTERS) return undefined
      const isJson = candidate.endsWith('.json')
      const source = isJson ? `(${text}\n)` : text
      const start = m.text.length + 1
      const program = treeAt(source, start)
      if (program === undefined) return undefined
      m.text += `\n${source}`
      parts.push({ path: candidate, start, end: m.text.length + 1, at: from?.at ?? at })
      return aside(m, () => exportsOf(m, program, isJson, (v) => known.set(path, v)))
    }
    return undefined
  }

  /** The tree of a module, placed there. One that was read before is moved, unless it is in use. */
  function treeAt(text: string, start: number): acorn.Program | undefined {
    let tree = inUse.has(text) ? undefined : trees.get(text)
    if (tree === undefined) {
      const parsed = parseProgram(text)
      if (parsed.kind !== 'whole') return undefined
      tree = { program: parsed.program, start: 0 }
      if (trees.size >= MOST_TREES) trees.clear()
      trees.set(text, tree)
    }
    inUse.add(text)
    move(tree.program, start - tree.start)
    tree.start = start
    return tree.program
  }

  function placed(sighting: Sighting): Sighting | undefined {
    if (parts.length === 0) return sighting
    const path = sighting.path?.map((step) => {
      const part = partAt(step.start)
      return part === undefined
        ? step
        : {
            ...step,
            label: `in ${part.path}: ${step.label}`,
            start: part.at.start,
            end: part.at.end,
          }
    })
    const moved = path === undefined ? sighting : { ...sighting, path }
    if (sighting.start < ownLength) return moved
    // A function of the module does it with what this file hands over.
    const last = sighting.path?.findLast((step) => step.start < ownLength)
    return last === undefined ? undefined : { ...moved, start: last.start, end: last.end }
  }

  return { load, placed }
}

/** Runs the module's top level as if it were the first to run. */
function aside<T>(m: Machine, run: () => T): T {
  const { maybe, callDepth, returned, thrown, yielded, lost } = m
  Object.assign(m, { maybe: 0, callDepth: 0, returned: undefined, thrown: undefined })
  try {
    return run()
  } finally {
    Object.assign(m, { maybe, callDepth, returned, thrown, yielded, lost })
  }
}

function exportsOf(
  m: Machine,
  program: acorn.Program,
  isJson: boolean,
  keep: (value: Value) => void,
): Value {
  const [first] = program.body
  if (isJson && first?.type === 'ExpressionStatement') {
    const value = m.evaluate(first.expression, createScope(undefined, undefined, UNKNOWN, true))
    keep(value)
    return value
  }
  const scope = createScope(undefined, undefined, UNKNOWN, true)
  const shape = objectShape()
  const whole = shapeValue(shape)
  const module = objectShape()
  module.properties.set('exports', whole)
  declare(scope, 'module', shapeValue(module))
  declare(scope, 'exports', whole)
  keep(whole)
  block(m, program.body, scope)
  for (const node of program.body) exported(m, node, scope, shape)
  const assigned = module.properties.get('exports') ?? whole
  const value = shape.properties.size > 0 && assigned.shape === shape ? whole : assigned
  keep(value)
  return value
}

/** Names that an `export` gives to others. */
function exported(m: Machine, node: Node, scope: Scope, shape: Shape): void {
  const keep = (name: string, value: Value | undefined) => {
    if (value !== undefined && value !== UNKNOWN) shape.properties.set(name, value)
  }
  const named = (name: string) => lookUp(scope, name)?.binding.value
  if (node.type === 'ExportDefaultDeclaration') {
    const { declaration } = node
    const name =
      'id' in declaration && declaration.id?.type === 'Identifier' ? declaration.id.name : undefined
    keep('default', name === undefined ? m.evaluate(declaration, scope) : named(name))
  } else if (node.type === 'ExportAllDeclaration') {
    const all = m.delivery.load(m, String(node.source.value), node)
    for (const [name, value] of all?.shape?.properties ?? []) keep(name, value)
  } else if (node.type === 'ExportNamedDeclaration') {
    const { declaration, source } = node
    if (declaration?.type === 'VariableDeclaration')
      for (const { id } of declaration.declarations) {
        if (id.type === 'Identifier') keep(id.name, named(id.name))
        else if (id.type === 'ObjectPattern')
          for (const part of id.properties)
            if (part.type === 'Property' && part.value.type === 'Identifier')
              keep(part.value.name, named(part.value.name))
      }
    else if (declaration != null && 'id' in declaration && declaration.id?.type === 'Identifier')
      keep(declaration.id.name, named(declaration.id.name))
    const from = source == null ? undefined : m.delivery.load(m, String(source.value), node)
    for (const { local, exported: as } of node.specifiers) {
      const inner = plainKey(local, false)
      const outer = plainKey(as, false)
      if (inner === undefined || outer === undefined) continue
      keep(
        outer,
        source == null ? named(inner) : from && memberOf(m, from, inner, false, scope, node),
      )
    }
  }
}

/** Places a tree `by` characters further on. */
function move(program: Node, by: number): void {
  const stack: Node[] = [program]
  // `import { a }` has one node for both of its names.
  const moved = new Set<Node>()
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (moved.has(node)) continue
    moved.add(node)
    node.start += by
    node.end += by
    stack.push(...childrenOf(node))
  }
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1)

/** `folder/name` without '.', and without the '..' that can be resolved. */
function joined(folder: string, name: string): string {
  const steps: string[] = []
  for (const step of `${folder}${name}`.split('/')) {
    if (step === '' || step === '.') continue
    if (step === '..' && steps.length > 0 && steps.at(-1) !== '..') steps.pop()
    else steps.push(step)
  }
  return steps.join('/')
}

/** Files that a path without an extension, or with that of what TypeScript compiles to, may mean. */
function candidates(path: string): string[] {
  const compiled = /\.([cm]?)js(x?)$/.exec(path)
  if (compiled !== null)
    return [path, path.replace(/\.([cm]?)js(x?)$/, '.$1ts$2'), path.replace(/\.js$/, '.tsx')]
  if (/\.(?:[cm]?ts|tsx|json)$/.test(path)) return [path]
  const endings = ['.js', '.ts', '.mjs', '.cjs', '.tsx', '.jsx', '.json', '/index.js', '/index.ts']
  return endings.map((ending) => `${path}${ending}`)
}
