const SIMPLE: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
}

const ESCAPE =
  /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{1,3})|N\{([^}]{1,64})\}|([\s\S]))/g

/** Names that write the characters of attribute names (unicodedata.name). */
const NAMED: Readonly<Record<string, string>> = { 'LOW LINE': '_', 'FULL STOP': '.' }

/**
 * Decodes the escapes of a Python string, as jinja2/lexer.py does. `escaped` says that a printable
 * ASCII character was written as a number or by its name, which nobody needs to do.
 */
export function readEscapes(raw: string): { text: string; escaped: boolean } {
  if (!raw.includes('\\')) return { text: raw, escaped: false }
  let escaped = false
  const text = raw.replace(
    ESCAPE,
    (whole, hex2, hex4, hex8, octal, name: string | undefined, simple: string | undefined) => {
      if (simple !== undefined) return SIMPLE[simple] ?? whole
      const character =
        name === undefined
          ? fromCode(Number.parseInt(hex2 ?? hex4 ?? hex8 ?? octal, octal === undefined ? 16 : 8))
          : (NAMED[name.toUpperCase()] ?? letterNamed(name) ?? '\ufffd')
      // Angle brackets and the like are escaped by tools; letters and underscores are not.
      if (/^[\w.]$/.test(character)) escaped = true
      return character
    },
  )
  return { text, escaped }
}

function fromCode(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd'
}

/** 'LATIN SMALL LETTER A' -> 'a'. */
function letterNamed(name: string): string | undefined {
  const match = /^LATIN (SMALL|CAPITAL) LETTER ([A-Z])$/i.exec(name)
  if (match === null) return undefined
  const letter = match[2] ?? ''
  return match[1]?.toUpperCase() === 'SMALL' ? letter.toLowerCase() : letter.toUpperCase()
}
