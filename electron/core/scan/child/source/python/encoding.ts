/** What the bytes of a source file say, as CPython's tokenizer reads them (PEP 263). */
export type DecodedSource =
  | { kind: 'text'; text: string; encoding: string }
  /** The cookie names a codec that turns other text into code: rot13, UTF-7, a codec of its own. */
  | { kind: 'disguised'; encoding: string; text: string }
  | { kind: 'unreadable'; reason: string }

/** The two lines in which a cookie counts. */
const COOKIE = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/

const UTF8 = new Set([
  'utf8',
  'utf',
  'u8',
  'utf8sig',
  'utf8unix',
  'utf8dos',
  'utf8mac',
  'cp65001',
  'utf8emacs',
])
const LATIN = new Set([
  'latin1',
  'iso88591',
  '88591',
  'l1',
  'ascii',
  'usascii',
  '646',
  'iso885915',
  'latin9',
  'cp1252',
  'windows1252',
  'latin0',
  'iso8859',
])
/** Encodings by their WHATWG names, which the decoder of this runtime knows. */
const OTHERS =
  /^(iso8859\d+|windows125\d|cp125\d|koi8[ru]|gbk|gb2312|gb18030|big5|eucjp|euckr|shiftjis|sjis|cp932|cp949|mac(roman|cyrillic)|latin[2-8]|iso2022jp)$/

export function decodeSource(bytes: Buffer): DecodedSource {
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  const body = hasMark ? bytes.subarray(3) : bytes
  const cookie = cookieOf(body)
  const name = (cookie ?? 'utf-8').toLowerCase().replace(/[-_.\s]/g, '')
  if (hasMark && !UTF8.has(name))
    return {
      kind: 'unreadable',
      reason: `It has a UTF-8 mark and declares the encoding ${cookie}.`,
    }
  if (UTF8.has(name)) return { kind: 'text', text: body.toString('utf8'), encoding: 'utf-8' }
  if (LATIN.has(name)) return { kind: 'text', text: body.toString('latin1'), encoding: name }
  if (OTHERS.test(name)) {
    const text = decodeWith(cookie ?? '', body)
    if (text !== undefined) return { kind: 'text', text, encoding: name }
  }
  const text = undisguised(name, body.toString('latin1'))
  if (text !== undefined) return { kind: 'disguised', encoding: cookie ?? '', text }
  return {
    kind: 'unreadable',
    reason: `It declares the encoding ${cookie}, which is not known here.`,
  }
}

function cookieOf(body: Buffer): string | undefined {
  const lines = body.toString('latin1', 0, 2000).split(/\r\n|\r|\n/, 2)
  const first = COOKIE.exec(lines[0] ?? '')?.[1]
  if (first !== undefined) return first
  // The second line counts only below a comment or a blank line.
  if (!/^[ \t\f]*(#.*)?$/.test(lines[0] ?? '')) return undefined
  return COOKIE.exec(lines[1] ?? '')?.[1]
}

function decodeWith(label: string, body: Buffer): string | undefined {
  for (const name of [label, label.replace(/^cp/, 'windows-'), label.replaceAll('_', '-')])
    try {
      return new TextDecoder(name).decode(body)
    } catch {
      // The decoder does not know this spelling; the next one may be known.
    }
  return undefined
}

/** The code behind codecs with which a file can look like other text. */
function undisguised(name: string, text: string): string | undefined {
  if (name === 'rot13') return rot13(text)
  if (name === 'utf7' || name === 'u7') return decodeUtf7(text)
  if (name === 'unicodeescape' || name === 'rawunicodeescape') return decodeEscapes(text)
  return undefined
}

export function rot13(text: string): string {
  return text.replace(/[a-z]/gi, (letter) => {
    const code = letter.charCodeAt(0)
    const base = code < 97 ? 65 : 97
    return String.fromCharCode(((code - base + 13) % 26) + base)
  })
}

/** RFC 2152: runs of modified Base64 of UTF-16BE between '+' and '-'. */
function decodeUtf7(text: string): string {
  return text.replace(/\+([A-Za-z0-9+/]*)-?/g, (_, run: string) =>
    run === '' ? '+' : utf16Text(Buffer.from(run, 'base64')),
  )
}

function utf16Text(bytes: Buffer): string {
  return bytes
    .subarray(0, bytes.length & ~1)
    .swap16()
    .toString('utf16le')
}

function decodeEscapes(text: string): string {
  return text.replace(/\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|n)/gi, (_, hex, unicode) =>
    hex === undefined && unicode === undefined
      ? '\n'
      : String.fromCharCode(Number.parseInt(hex ?? unicode, 16)),
  )
}
