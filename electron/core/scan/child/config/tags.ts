/** An HTML start tag with its attributes, entities resolved. */
export interface Tag {
  name: string
  attributes: ReadonlyMap<string, string>
  start: number
  /** Index behind the '>'. */
  end: number
}

/** Attributes of one tag that are kept. */
const MOST_ATTRIBUTES = 200
const SPACE = /\s/
const NAME_END = /[\s/>=]/

/**
 * Start tags as a browser reads them (HTML standard, 13.2.5 tokenization, shortened): quotes count behind '='
 * only. One pass: the next tag is looked for behind the last.
 */
export function* tagsOf(page: string): Generator<Tag> {
  for (let start = page.indexOf('<'); start !== -1; start = page.indexOf('<', start + 1)) {
    if (!/[a-z]/i.test(page[start + 1] ?? '')) continue
    const tag = readTag(page, start)
    if (tag === undefined) return
    yield tag
    start = Math.max(start, tag.end - 1)
  }
}

/** undefined when the page ends inside the tag. */
function readTag(page: string, start: number): Tag | undefined {
  let at = start + 1
  const word = (stop: RegExp): string => {
    const from = at
    while (at < page.length && !stop.test(page[at] ?? '')) at++
    return page.slice(from, at)
  }
  const name = word(NAME_END).toLowerCase()
  const attributes = new Map<string, string>()
  while (at < page.length) {
    const char = page[at] ?? ''
    if (char === '>') return { name, attributes, start, end: at + 1 }
    if (char === '/' || char === '=' || SPACE.test(char)) {
      at++
      continue
    }
    const key = word(NAME_END).toLowerCase()
    while (SPACE.test(page[at] ?? '')) at++
    if (page[at] !== '=') continue
    at++
    while (SPACE.test(page[at] ?? '')) at++
    const value = readValue()
    if (attributes.size < MOST_ATTRIBUTES) attributes.set(key, unescapeEntities(value))
  }
  return undefined

  function readValue(): string {
    const quote = page[at]
    if (quote !== '"' && quote !== "'") return word(/[\s>]/)
    const from = at + 1
    const close = page.indexOf(quote, from)
    at = close === -1 ? page.length : close + 1
    return page.slice(from, close === -1 ? page.length : close)
  }
}

/** The page with its comments blanked, so that places stay what they are. */
export function withoutComments(page: string): string {
  const parts: string[] = []
  let at = 0
  for (let open = page.indexOf('<!--'); open !== -1; open = page.indexOf('<!--', at)) {
    const close = page.indexOf('-->', open + 4)
    const end = close === -1 ? page.length : close + 3
    parts.push(page.slice(at, open), page.slice(open, end).replace(/[^\n]/g, ' '))
    at = end
  }
  return parts.join('') + page.slice(at)
}

/** The entities with which a handler can be hidden. */
export function unescapeEntities(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(quot|apos|lt|gt|amp|colon|tab|newline|lpar|rpar));?/gi,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
      return code <= 0x10_ffff ? String.fromCodePoint(code) : whole
    },
  )
}

const NAMED: Readonly<Record<string, string>> = {
  quot: '"',
  apos: "'",
  lt: '<',
  gt: '>',
  amp: '&',
  colon: ':',
  tab: '\t',
  newline: '\n',
  lpar: '(',
  rpar: ')',
}
