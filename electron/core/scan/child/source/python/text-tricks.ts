import type { ParseContext } from '../../context'
import type { SourceText } from '../source-text'
import type { Node } from './tree'

/** Explicit embeddings, overrides and isolates (CVE-2021-42574). */
const BIDI = /[\u202a\u202b\u202d\u202e\u2066-\u2068]/g
/** Characters without an image, one behind the other: variation selectors, zero widths, tags, fillers. */
const INVISIBLE =
  /(?:[\u200b\u200c\u200e\u200f\u2060-\u2064\u3164\uffa0\u180e]|\u200d|\u115f|\u1160|[\ufe00-\ufe0f]|\udb40[\udc00-\uddef]){16,}/g
/** An identifier with Latin letters and Cyrillic ones that look like them (CVE-2021-42694). */
const MIXED = /[A-Za-z_\u0400-\u0481\u048a-\u04ff][\w\u0400-\u0481\u048a-\u04ff]*/g
const CONFUSABLE = /[асеорхуіјѕԁһвкмнтАВЕКМНОРСТХІЈЅ]/
/** Blanks that push code beyond the edge of a window. */
const GAP = /[^\s#][^\n#]*?[ \t]{120,}(?=[^\s#\\])/g
const MOST_HITS = 20

/** Tricks with characters, which a tree does not show. */
export function checkCharacters(context: ParseContext, source: SourceText, root: Node): void {
  const { text } = source
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII.
  const isAscii = /^[\x00-\x7f]*$/.test(text)
  if (!isAscii) {
    each(BIDI, (start) =>
      source.report(context, {
        name: 'threat.trojan-source',
        start,
        end: start + 1,
        evidence: visible(source, start),
        detail: { how: 'turns the direction of the text around' },
      }),
    )
    each(INVISIBLE, (start, end) =>
      source.report(context, {
        name: 'obfuscation.invisible',
        start,
        end,
        evidence: `${end - start} invisible characters`,
      }),
    )
    each(MIXED, (start, end, word) => {
      if (/[A-Za-z]/.test(word) && CONFUSABLE.test(word) && !isLiteral(root, start))
        source.report(context, {
          name: 'threat.trojan-source',
          start,
          end,
          detail: { how: 'mixes Cyrillic letters into a Latin name' },
        })
    })
  }
  if (/[ \t]{120}/.test(text))
    each(GAP, (_, end) => {
      if (!isLiteral(root, end))
        source.report(context, { name: 'obfuscation.whitespace', start: end, end: end + 80 })
    })

  function each(pattern: RegExp, see: (start: number, end: number, word: string) => void): void {
    let hits = 0
    for (const match of text.matchAll(pattern)) {
      if (++hits % 1000 === 0) context.checkpoint()
      if (hits > MOST_HITS && pattern !== MIXED) return
      see(match.index, match.index + match[0].length, match[0])
    }
  }
}

/** The line with what cannot be seen written out. */
function visible(source: SourceText, at: number): string {
  return source
    .excerpt(Math.max(0, at - 60), at + 60)
    .replace(
      /[\u200b-\u200f\u202a-\u202e\u2060-\u2069]/g,
      (letter) => `<U+${letter.charCodeAt(0).toString(16).toUpperCase()}>`,
    )
}

/** Whether a place is in a string or comment: those have no code. */
function isLiteral(root: Node, at: number): boolean {
  let node = root
  for (;;) {
    let low = 0
    let high = node.kids.length - 1
    let found: Node | undefined
    while (low <= high) {
      const middle = (low + high) >> 1
      const kid = node.kids[middle]
      if (kid === undefined) break
      if (kid.to <= at) low = middle + 1
      else if (kid.from > at) high = middle - 1
      else {
        found = kid
        break
      }
    }
    // Comments are not in the tree: where no leaf is, there is no code.
    if (found === undefined) return node.kids.length > 0
    if (found.type === 'String') return true
    node = found
  }
}
