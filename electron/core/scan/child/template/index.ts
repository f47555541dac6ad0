import type { ParseContext } from '../context'
import { cut } from '../fact-store'
import { HIDDEN } from './prose'
import { parseTemplate } from './statements'
import { TooComplexError, Walker } from './walk'

/** Characters of a template; the longest in use have some 30 000. */
export const TEMPLATE_CHARACTERS = 262_144
/** Facts of one name; more of the same tell nothing new, and must not crowd out others. */
const FACTS_OF_NAME = 16
const EVIDENCE_CHARACTERS = 1024
const SNIPPET_CHARACTERS = 300

/**
 * Reads a Jinja chat template as code, without running it. Facts of kind 'template':
 * attribute.<name>, call.<name>, obfuscated-attribute, dynamic-attribute, behaviour.<what>,
 * load.<what>, root.<name>, hidden-text, unparsed, too-complex and too-large. `origin` says where
 * the template stands in its file: a name for people, and the offset of its first byte.
 */
export function analyseTemplate(
  source: string,
  context: ParseContext,
  origin: { name: string; offset: number },
): void {
  const read = source.slice(0, TEMPLATE_CHARACTERS)
  const place = placesIn(read)
  const seen = new Set<string>()
  const counts = new Map<string, number>()

  function report(name: string, at: number, evidence: string): void {
    // One condition that selects many texts is one thing to tell.
    const key = `${name}\0${name.startsWith('behaviour.') ? at : evidence}`
    const count = counts.get(name) ?? 0
    if (seen.has(key) || count >= FACTS_OF_NAME) return
    seen.add(key)
    counts.set(name, count + 1)
    const { line, bytes } = place(at)
    context.add({
      kind: 'template',
      name: cut(name, 200),
      location: { line, offset: origin.offset + bytes },
      evidence: cut(evidence, EVIDENCE_CHARACTERS),
      detail: { template: origin.name },
    })
  }

  function snippet(start: number, end: number): string {
    return cut(
      read.slice(start, Math.min(end, start + SNIPPET_CHARACTERS)).replace(/\s+/g, ' '),
      SNIPPET_CHARACTERS,
    )
  }

  if (read.length < source.length)
    report('too-large', read.length, `${source.length} characters, ${read.length} were read`)
  const hidden = HIDDEN.exec(read)
  if (hidden !== null)
    report('hidden-text', hidden.index, JSON.stringify(snippetAround(read, hidden.index)))
  const walker = new Walker({ report, snippet, checkpoint: () => context.checkpoint() })
  try {
    walker.run(parseTemplate(read))
  } catch (error) {
    if (!(error instanceof TooComplexError)) throw error
    report('too-complex', 0, error.message)
  }
  // What could not be read, or was not reached, is at least searched for what it must not hold.
  if ([...counts.keys()].some((name) => /^(unparsed|too-)/.test(name)))
    for (const match of read.matchAll(/__[a-z]\w{0,40}__/g))
      report(`attribute.${match[0]}`, match.index, snippetAround(read, match.index))
}

function snippetAround(source: string, at: number): string {
  return source.slice(Math.max(0, at - 60), at + 100).replace(/\s+/g, ' ')
}

/** Line (from 1) and byte offset of an index; places are asked for mostly in their order. */
function placesIn(source: string): (at: number) => { line: number; bytes: number } {
  let known = { at: 0, line: 1, bytes: 0 }
  return (at) => {
    if (at < known.at) known = { at: 0, line: 1, bytes: 0 }
    const between = source.slice(known.at, at)
    known = {
      at,
      line: known.line + between.split('\n').length - 1,
      bytes: known.bytes + Buffer.byteLength(between),
    }
    return { line: known.line, bytes: known.bytes }
  }
}
