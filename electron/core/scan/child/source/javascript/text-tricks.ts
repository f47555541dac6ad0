import type { SourceText } from '../source-text'
import type { CodeName } from '../vocabulary'

export interface TextTrick {
  name: CodeName
  start: number
  end: number
  evidence?: string
}

const BIDI = /[\u202a-\u202e\u2066-\u2069]/
/** Blanks in a line that push what follows out of sight of every editor. */
const RUN = /\S[ \t]{160,}(?=[^\s/*])/g
const INVISIBLE =
  /(?:[\ufe00-\ufe0f\u200b-\u200f\u2060-\u2064\u3164\uffa0]|\udb40[\udc00-\uddef]){24,}/

/** What the characters themselves show, before anything is parsed. */
export function textTricks(source: SourceText): TextTrick[] {
  const { text } = source
  const tricks: TextTrick[] = []
  if (BIDI.test(text)) tricks.push(...bidirectional(text))
  const invisible = INVISIBLE.exec(text)
  if (invisible !== null)
    tricks.push({
      name: 'obfuscation.invisible',
      start: invisible.index,
      end: invisible.index + 1,
      evidence: `${invisible[0].length} invisible characters`,
    })
  const symbols = symbolsOnly(text)
  if (symbols !== undefined)
    tricks.push({
      name: 'obfuscation.symbols-only',
      start: 0,
      end: Math.min(80, text.length),
      evidence: symbols,
    })
  return tricks
}

/**
 * Lines in which a control of direction is not closed again (CVE-2021-42574): what is shown is not
 * what runs. Tables of such characters close none and have no words.
 */
function bidirectional(text: string): TextTrick[] {
  const tricks: TextTrick[] = []
  let start = 0
  for (const line of text.split('\n')) {
    const at = line.search(BIDI)
    // A minified line is looked at around its first control only: a table of them comes as one.
    const part = line.length < 5000 ? line : line.slice(Math.max(0, at - 100), at + 400)
    if (at !== -1 && isOpen(part))
      tricks.push({
        name: 'threat.trojan-source',
        start: start + at,
        end: start + at + 1,
        evidence: part.replace(new RegExp(BIDI, 'g'), '\u2423').trim().slice(0, 200),
      })
    start += line.length + 1
    if (tricks.length >= 20) break
  }
  return tricks
}

function isOpen(line: string): boolean {
  let embeddings = 0
  let isolates = 0
  let acts = false
  for (let index = 0; index < line.length; index++) {
    const code = line.charCodeAt(index)
    // Two in a row are a table, or the end of one.
    const words = /[\w\s"'`*/]/.test(line[index + 1] ?? '')
    if (code === 0x202d || code === 0x202e || (code >= 0x2066 && code <= 0x2068)) acts ||= words
    if (code === 0x202a || code === 0x202b || code === 0x202d || code === 0x202e) embeddings++
    else if (code === 0x202c && embeddings > 0) embeddings--
    else if (code >= 0x2066 && code <= 0x2068) isolates++
    else if (code === 0x2069 && isolates > 0) isolates--
  }
  return (
    acts &&
    (embeddings > 0 || isolates > 0 || /[\u2066\u202e].{0,40}\u2069.{0,10}\u2066/.test(line))
  )
}

/** JSFuck, JJEncode and AAEncode by their own forms. */
function symbolsOnly(text: string): string | undefined {
  const dense = text.replace(/\s+/g, '')
  if (dense.length < 120) return undefined
  if (/^[[\]()!+{};"'=,]{120,}$/.test(dense.slice(0, 20_000))) return 'only brackets and signs'
  if (/[[\]()!+]{400}/.test(dense)) return 'a long run of brackets and signs'
  if (/[\w$]+=~\[\];[\w$]+=\{___:\+\+[\w$]+/.test(dense)) return 'JJEncode'
  if (/\uff9f\u03c9\uff9f\uff89=|\(\uff9f\u0414\uff9f\)/.test(dense)) return 'AAEncode'
  return undefined
}

/** Runs of blanks of which the tree is asked whether they are code. */
const MOST_RUNS = 2000

/** Code far to the right of its line; `isCode` says whether an offset lies outside literals. */
export function pushedOutOfSight(
  text: string,
  isCode: (offset: number) => boolean,
): { tricks: TextTrick[]; stopped: boolean } {
  const tricks: TextTrick[] = []
  let looked = 0
  for (const match of text.matchAll(RUN)) {
    // Asking the tree takes time: once something was found, more of the same says nothing new.
    if (looked++ >= MOST_RUNS) return { tricks, stopped: tricks.length === 0 }
    const end = match.index + match[0].length
    if (!isCode(match.index + 80)) continue
    tricks.push({ name: 'obfuscation.whitespace', start: end, end: end + 80 })
    if (tricks.length >= 10) break
  }
  return { tricks, stopped: false }
}
