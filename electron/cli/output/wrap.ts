/** Narrower than this, a terminal wraps better than words do. */
const LEAST_WIDTH = 40

/**
 * Breaks plain text between words so that no line is longer than `width`; what does not fit a line
 * (a path, an address) stays whole. Lines after the first begin with `indent` spaces, and the first
 * has `before` characters in front of it already.
 */
export function wrap(text: string, width: number, indent: number, before = indent): string {
  if (width - indent < LEAST_WIDTH) return text
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const room = width - (lines.length === 0 ? before : indent)
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line].join(`\n${' '.repeat(indent)}`)
}

/** Columns of a terminal; files, pipes and logs are never wrapped. */
export const widthOf = (stream: NodeJS.WriteStream): number =>
  stream.isTTY === true ? stream.columns : Number.POSITIVE_INFINITY
