import { isAlias, isMap, isScalar, isSeq, type Node, parseAllDocuments } from 'yaml'
import { inconclusive, type ParseContext, type Parser } from '../context'
import { createSourceText, type SourceText } from '../source/source-text'
import { readText } from '../text/read-text'
import { readableToTheEnd } from '../text/text'
import { analyseConfig } from './analyse'
import { type ConfigEntry, MOST_ENTRIES } from './entries'
import { reportTag, searchForTags } from './yaml-tags'

/** The parser takes about a second for a megabyte. */
const MOST_BYTES = 8 * 1024 * 1024
/** Levels of collections; deeper ones are no configuration. */
const DEEPEST = 200
/** Nodes that aliases may stand for; beyond it, whoever expands them runs out of memory. */
const MOST_EXPANDED = 10_000_000

/** YAML without building anything: tags are read, never resolved, and aliases are not expanded. */
export const parseYaml: Parser = (source, context) => {
  const text = readText(source, context, MOST_BYTES)
  const lines = createSourceText(text, 'yaml')
  const isNamed = /\.ya?ml$/i.test(context.name)
  let problem: string | undefined
  try {
    problem = readDocuments(text, lines, context)
  } catch (error) {
    // The parser descends once for each level.
    if (!(error instanceof RangeError)) throw error
    problem = `it is nested deeper than ${DEEPEST} levels`
  }
  if (problem === undefined) return readableToTheEnd(source, context)
  searchForTags(lines, context)
  // Text that only looks like YAML is text.
  if (!isNamed) return { ...readableToTheEnd(source, context), format: 'text' }
  return inconclusive(`It could not be read as YAML: ${problem}.`)
}

/** What kept the text from being read to its end, or undefined. */
function readDocuments(text: string, lines: SourceText, context: ParseContext): string | undefined {
  if (nesting(text) > DEEPEST) return `it is nested deeper than ${DEEPEST} levels`
  const documents = parseAllDocuments(text, {
    strict: false,
    uniqueKeys: false,
    resolveKnownTags: false,
    prettyErrors: false,
    logLevel: 'silent',
    stringKeys: false,
  })
  if ('empty' in documents) return undefined
  let problem: string | undefined
  for (const document of documents) {
    context.checkpoint()
    const error = document.errors[0]
    if (error !== undefined) problem ??= error.message.replace(/\s+/g, ' ').slice(0, 200)
    if (document.contents === null) continue
    const { entries, expanded } = collect(document.contents, lines, context)
    if (expanded > MOST_EXPANDED)
      lines.reportAs(context, 'content', { name: 'yaml.alias-bomb', start: 0, end: 120 })
    analyseConfig(entries, lines, context)
  }
  return problem
}

function collect(root: Node, lines: SourceText, context: ParseContext) {
  const entries: ConfigEntry[] = []
  const weights = new Map<string, number>()
  let tick = 0

  /** Returns how many nodes this one stands for when its aliases are expanded. */
  function visit(node: unknown, path: readonly string[], depth: number): number {
    if (++tick % 1024 === 0) context.checkpoint()
    if (depth > DEEPEST) throw new RangeError('too deep')
    let weight = 1
    if (isAlias(node)) return weights.get(node.source) ?? 1
    if (isMap(node)) {
      for (const pair of node.items) {
        const key = isScalar(pair.key) ? String(pair.key.value) : ''
        if (!isScalar(pair.key)) weight += visit(pair.key, [...path, '?'], depth + 1)
        weight += visit(pair.value, [...path, key], depth + 1)
      }
    } else if (isSeq(node))
      for (const [index, item] of node.items.entries())
        weight += visit(item, [...path, String(index)], depth + 1)
    else if (isScalar(node)) addScalar(node, path)
    if (isMap(node) || isSeq(node) || isScalar(node)) {
      if (typeof node.tag === 'string') reportTag(node.tag, node, lines, context)
      if (node.anchor !== undefined) weights.set(node.anchor, weight)
    }
    return Math.min(weight, Number.MAX_SAFE_INTEGER / 4)
  }

  function addScalar(
    node: { value: unknown; range?: readonly [number, number, number] | null },
    path: readonly string[],
  ): void {
    const { value } = node
    const [start = 0, end = 0] = node.range ?? []
    if (entries.length >= MOST_ENTRIES) return
    if (
      typeof value !== 'string' &&
      typeof value !== 'number' &&
      typeof value !== 'boolean' &&
      value !== null
    )
      return
    entries.push({
      path,
      value,
      start,
      end,
      exact: typeof value === 'string' && lines.text.startsWith(value, start),
    })
  }

  const expanded = visit(root, [], 0)
  return { entries, expanded }
}

/** Deepest nesting of brackets, strings not regarded: an upper bound that costs one pass. */
function nesting(text: string): number {
  let depth = 0
  let deepest = 0
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at)
    if (char === 0x5b || char === 0x7b) deepest = Math.max(deepest, ++depth)
    else if ((char === 0x5d || char === 0x7d) && depth > 0) depth--
  }
  return deepest
}
