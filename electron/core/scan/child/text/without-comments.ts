export interface CommentSyntax {
  /** Marks that begin a comment which ends with its line. */
  line: readonly string[]
  /** Pairs of marks around a comment. */
  block: readonly (readonly [string, string])[]
  /** Quotes between which a mark is a text; doubled or escaped ones do not end it. */
  quotes: string
}

/** The same text, as long as before, with its comments blanked out: one pass. */
export function withoutComments(text: string, { line, block, quotes }: CommentSyntax): string {
  const parts: string[] = []
  let from = 0
  let at = 0
  const blank = (to: number) => {
    parts.push(text.slice(from, at), text.slice(at, to).replace(/[^\n]/g, ' '))
    from = to
    at = to
  }
  while (at < text.length) {
    const char = text[at] ?? ''
    const pair = block.find(([open]) => text.startsWith(open, at))
    if (pair !== undefined) {
      const close = text.indexOf(pair[1], at + pair[0].length)
      blank(close === -1 ? text.length : close + pair[1].length)
    } else if (line.some((mark) => text.startsWith(mark, at))) {
      const end = text.indexOf('\n', at)
      blank(end === -1 ? text.length : end)
    } else at = quotes.includes(char) ? endOfText(text, at, char) : at + 1
  }
  parts.push(text.slice(from))
  return parts.join('')
}

/** Index behind the closing quote; a text that is not closed ends with its line. */
function endOfText(text: string, start: number, quote: string): number {
  if (text.startsWith(quote.repeat(3), start)) {
    const close = text.indexOf(quote.repeat(3), start + 3)
    return close === -1 ? text.length : close + 3
  }
  for (let at = start + 1; at < text.length; at++) {
    const char = text[at]
    if (char === '\\') at++
    else if (char === quote || char === '\n') return at + 1
  }
  return text.length
}
