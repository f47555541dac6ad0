import type { ParseContext } from '../context'
import { createSourceText } from '../source/source-text'
import { type JsonScalar, readJson } from '../tensor/json-reader'
import { analyseJsonEntries } from './analyse'
import { type ConfigEntry, MOST_ENTRIES } from './entries'

/** Configuration in JSON: commands that npm, editors, agents and containers start. */
export function analyseJsonConfig(document: Buffer, context: ParseContext): void {
  const text = document.toString('utf8')
  const lines = createSourceText(text, 'json')
  const entries: ConfigEntry[] = []
  /** Key of each open object on the way, position in each open list. */
  const path: (string | number)[] = []
  const place = placesIn(document)

  const step = (): void => {
    const last = path.at(-1)
    if (typeof last === 'number') path[path.length - 1] = last + 1
  }
  readJson(
    document,
    {
      open(kind) {
        step()
        path.push(kind === 'array' ? -1 : '')
      },
      close: () => void path.pop(),
      key(name) {
        path[path.length - 1] = name
      },
      value(value: JsonScalar, offset) {
        step()
        if (entries.length >= MOST_ENTRIES) return
        const start = place(offset) + (typeof value === 'string' ? 1 : 0)
        const length = String(value).length
        const exact = typeof value === 'string' && text.startsWith(value, start)
        entries.push({ path: path.map(String), value, start, end: start + length, exact })
      },
    },
    () => context.checkpoint(),
  )
  analyseJsonEntries(entries, lines, context)
}

/** UTF-16 index of a byte offset; offsets are asked for in their order. */
function placesIn(document: Buffer): (offset: number) => number {
  let known = 0
  let index = 0
  return (offset) => {
    index += document.toString('utf8', known, offset).length
    known = offset
    return index
  }
}
