import type { ParseContext } from '../context'
import type { SourceText } from '../source/source-text'

const ENTITY =
  /<!ENTITY\s{1,50}(?:%\s{1,50})?[\w.-]{1,200}\s{1,50}(?:(?:SYSTEM|PUBLIC\s{1,50}(?:"[^"]{0,500}"|'[^']{0,500}'))\s{0,50}["']([^"']{0,1000})|["'])/g
/** Entities of one document that are still no bomb. */
const MOST_ENTITIES = 300
/** Entity sets that documents of the web have named for thirty years; no reader needs to load them. */
const KNOWN =
  /^(https?:\/\/(www\.)?(w3\.org|oasis-open\.org|docbook\.org|unicode\.org)\/|[\w.-]+(\/[\w.-]+)*$)/

const INTERNAL = /<!ENTITY\s{1,50}([\w.-]{1,200})\s{1,50}(?:"([^"]{0,4000})"|'([^']{0,4000})')/g
/** Characters that one entity may grow to; whole documents have less. */
const MOST_EXPANDED = 10_000_000

/** Place of an entity that grows beyond measure (a few lines make thousand millions); or undefined. */
function expandingEntity(text: string): number | undefined {
  const sizes = new Map<string, number>()
  for (const match of text.matchAll(INTERNAL)) {
    const value = match[2] ?? match[3] ?? ''
    let size = value.length
    for (const [, name = ''] of value.matchAll(/&([\w.-]{1,200});/g)) size += sizes.get(name) ?? 0
    if (size > MOST_EXPANDED) return match.index
    sizes.set(match[1] ?? '', size)
  }
  return undefined
}

/** External entities and entity bombs. False when there are too many to go on. */
export function reportEntities(lines: SourceText, context: ParseContext): boolean {
  let entities = 0
  const bomb = expandingEntity(lines.text)
  if (bomb !== undefined) {
    lines.reportAs(context, 'content', { name: 'xml.entity-bomb', start: bomb, end: bomb + 20 })
    return false
  }
  for (const match of lines.text.matchAll(ENTITY)) {
    context.checkpoint()
    const place = { start: match.index, end: match.index + match[0].length + 1 }
    const target = match[1]
    if (target !== undefined)
      lines.reportAs(context, 'content', {
        name: KNOWN.test(target) ? 'xml.entity-set' : 'xml.external-entity',
        ...place,
      })
    if (++entities <= MOST_ENTITIES) continue
    lines.reportAs(context, 'content', { name: 'xml.entity-bomb', ...place })
    return false
  }
  return true
}
