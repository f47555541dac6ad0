import { parse, TomlError } from 'smol-toml'
import { inconclusive, LimitError, type Parser } from '../context'
import { createSourceText } from '../source/source-text'
import { readText } from '../text/read-text'
import { readableToTheEnd } from '../text/text'
import { analyseConfig } from './analyse'
import { type ConfigEntry, MOST_ENTRIES } from './entries'

/** Lock files of large projects have two megabytes. */
const MOST_BYTES = 16 * 1024 * 1024
const DEEPEST = 200
/** How far behind the last value the next one is looked for, characters. */
const LOOK_AHEAD = 2000

/** TOML 1.0: data, judged by what tools do with it. */
export const parseToml: Parser = (source, context) => {
  const text = readText(source, context, MOST_BYTES)
  const lines = createSourceText(text, 'toml')
  let value: unknown
  try {
    value = parse(text, { maxDepth: DEEPEST })
  } catch (error) {
    if (!(error instanceof TomlError) && !(error instanceof RangeError)) throw error
    return inconclusive(`It could not be read as TOML: ${error.message.split('\n', 1)[0] ?? ''}`)
  }
  const entries: ConfigEntry[] = []
  // The parser gives no places: a value stands where its text is found behind the last one.
  let last = 0

  function visit(node: unknown, path: readonly string[]): void {
    if (entries.length % 1024 === 0) context.checkpoint()
    if (entries.length > MOST_ENTRIES)
      throw new LimitError(`It has more than ${MOST_ENTRIES} values.`)
    if (typeof node === 'string' || typeof node === 'number' || typeof node === 'boolean') {
      const shown = String(node)
      const near = text.slice(last, last + LOOK_AHEAD).indexOf(shown)
      if (near !== -1) last += near
      const exact = near !== -1 && typeof node === 'string'
      entries.push({ path, value: node, start: last, end: last + shown.length, exact })
    } else if (Array.isArray(node))
      for (const [index, item] of node.entries()) visit(item, [...path, String(index)])
    else if (typeof node === 'object' && node !== null && !(node instanceof Date))
      for (const [key, item] of Object.entries(node)) visit(item, [...path, key])
  }
  visit(value, [])
  analyseConfig(entries, lines, context)
  return readableToTheEnd(source, context)
}
