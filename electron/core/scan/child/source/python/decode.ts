import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib'
import { rot13 } from './encoding'

/** Characters of a text that folding makes; beyond it the value is unknown but its origin stays. */
export const MOST_TEXT = 4 * 1024 * 1024

interface Decoder {
  /** In the words of the report. */
  label: string
  /** It unpacks: what runs afterwards was packed. */
  packs?: boolean
  /** Characters 0-255 in and out; undefined when the text is not of that encoding. */
  decode?(text: string): string | undefined
}

const inflated =
  (unpack: (bytes: Buffer, options: { maxOutputLength: number }) => Buffer) =>
  (text: string): string | undefined => {
    try {
      return unpack(Buffer.from(text, 'latin1'), { maxOutputLength: MOST_TEXT }).toString('latin1')
    } catch {
      return undefined
    }
  }

/** zlib.decompress with any of its window sizes: a zlib header, gzip, or none. */
const anyDeflate = (text: string): string | undefined =>
  inflated(inflateSync)(text) ?? inflated(gunzipSync)(text) ?? inflated(inflateRawSync)(text)

const BASE64: Decoder = { label: 'decodes Base64', decode: base64 }
const HEX: Decoder = { label: 'decodes hex', decode: hex }
const ZLIB: Decoder = { label: 'decompresses zlib', packs: true, decode: anyDeflate }
const GZIP: Decoder = { label: 'decompresses gzip', packs: true, decode: anyDeflate }
const BZ2: Decoder = { label: 'decompresses bzip2', packs: true }
const LZMA: Decoder = { label: 'decompresses LZMA', packs: true }
const ROT13: Decoder = { label: 'decodes rot13', decode: rot13 }

/** Functions whose first argument is decoded. */
const DECODERS: Readonly<Record<string, Decoder>> = {
  'base64.b64decode': BASE64,
  'base64.standard_b64decode': BASE64,
  'base64.urlsafe_b64decode': {
    ...BASE64,
    decode: (text) => base64(text.replaceAll('-', '+').replaceAll('_', '/')),
  },
  'base64.decodebytes': BASE64,
  'base64.decodestring': BASE64,
  'binascii.a2b_base64': BASE64,
  'base64.b32decode': { label: 'decodes Base32', decode: base32 },
  'base64.b16decode': HEX,
  'base64.b85decode': { label: 'decodes Base85', decode: base85 },
  'base64.a85decode': { label: 'decodes Ascii85', decode: ascii85 },
  'binascii.unhexlify': HEX,
  'binascii.a2b_hex': HEX,
  'binascii.a2b_uu': { label: 'decodes uuencoded text' },
  'builtins.bytes.fromhex': HEX,
  'builtins.bytearray.fromhex': HEX,
  'zlib.decompress': ZLIB,
  'zlib.decompressobj().decompress': ZLIB,
  'gzip.decompress': GZIP,
  'bz2.decompress': BZ2,
  'lzma.decompress': LZMA,
  'brotli.decompress': {
    label: 'decompresses Brotli',
    packs: true,
    decode: inflated(brotliDecompressSync),
  },
  'zstandard.decompress': { label: 'decompresses Zstandard', packs: true },
  'urllib.parse.unquote': { label: 'decodes percent signs', decode: percent },
  'urllib.parse.unquote_plus': { label: 'decodes percent signs', decode: percent },
  'urllib.unquote': { label: 'decodes percent signs', decode: percent },
  'quopri.decodestring': { label: 'decodes quoted-printable', decode: quotedPrintable },
  'quopri.a2b_qp': { label: 'decodes quoted-printable', decode: quotedPrintable },
  'binascii.a2b_qp': { label: 'decodes quoted-printable', decode: quotedPrintable },
  'html.unescape': { label: 'decodes entities', decode: entities },
  'codecs.escape_decode': { label: 'decodes escapes' },
  'base58.b58decode': { label: 'decodes Base58' },
  'bz2.BZ2Decompressor().decompress': BZ2,
  'lzma.LZMADecompressor().decompress': LZMA,
  'zstandard.ZstdDecompressor().decompress': { label: 'decompresses Zstandard', packs: true },
  'compression.zstd.decompress': { label: 'decompresses Zstandard', packs: true },
  'lz4.frame.decompress': { label: 'decompresses LZ4', packs: true },
  'lz4.block.decompress': { label: 'decompresses LZ4', packs: true },
  'snappy.decompress': { label: 'decompresses Snappy', packs: true },
}

/** Names that codecs.decode and Python 2's str.decode take. */
const CODECS: Readonly<Record<string, Decoder>> = {
  base64: BASE64,
  base64codec: BASE64,
  hex: HEX,
  hexcodec: HEX,
  rot13: ROT13,
  rot_13: ROT13,
  zip: ZLIB,
  zlib: ZLIB,
  zlibcodec: ZLIB,
  bz2: BZ2,
  uu: { label: 'decodes uuencoded text' },
}

export function decoderOf(name: string): Decoder | undefined {
  return Object.hasOwn(DECODERS, name) ? DECODERS[name] : undefined
}

export function codecOf(name: string): Decoder | undefined {
  const key = name.toLowerCase().replace(/[-_ ]/g, '')
  return Object.hasOwn(CODECS, key) ? CODECS[key] : undefined
}

export type { Decoder }

function base64(text: string): string | undefined {
  const clean = text.replace(/[^A-Za-z0-9+/]/g, '')
  return clean === '' && text !== '' ? undefined : Buffer.from(clean, 'base64').toString('latin1')
}

function hex(text: string): string | undefined {
  const clean = text.replace(/\s+/g, '')
  return /^([0-9a-fA-F]{2})*$/.test(clean)
    ? Buffer.from(clean, 'hex').toString('latin1')
    : undefined
}

/** RFC 4648, section 6. */
function base32(text: string): string | undefined {
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  let bits = 0
  let value = 0
  const out: number[] = []
  for (const letter of text.toUpperCase().replace(/=+$/, '')) {
    const digit = digits.indexOf(letter)
    if (digit < 0) return undefined
    value = ((value << 5) | digit) & 0xffff
    bits += 5
    if (bits >= 8) {
      bits -= 8
      out.push((value >> bits) & 0xff)
    }
  }
  return Buffer.from(out).toString('latin1')
}

/** The alphabet of git and of Python's b85encode (RFC 1924). */
const DIGITS85 =
  '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~'

function base85(text: string): string | undefined {
  return groups85([...text].map((letter) => DIGITS85.indexOf(letter)))
}

function ascii85(text: string): string | undefined {
  const clean = text
    .replace(/^<~|~>$/g, '')
    .replace(/\s+/g, '')
    .replaceAll('z', '!!!!!')
  return groups85([...clean].map((letter) => letter.charCodeAt(0) - 33))
}

/** Five digits of base 85 are four bytes; the last group may be shorter. */
function groups85(digits: number[]): string | undefined {
  if (digits.some((digit) => digit < 0 || digit > 84)) return undefined
  const out: number[] = []
  for (let at = 0; at < digits.length; at += 5) {
    const missing = Math.max(0, at + 5 - digits.length)
    let value = 0
    for (let index = 0; index < 5; index++) value = value * 85 + (digits[at + index] ?? 84)
    const bytes = [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256)
    out.push(...bytes.slice(0, 4 - missing))
  }
  return Buffer.from(out).toString('latin1')
}

function percent(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/** RFC 2045, section 6.7. */
function quotedPrintable(text: string): string {
  return text
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    )
}

function entities(text: string): string {
  return text.replace(/&#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}));?/g, (all, hex, decimal) => {
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
    return code <= 0x10_ffff ? String.fromCodePoint(code) : all
  })
}

/** UTF-8 bytes as text, as bytes.decode() gives it. */
export function utf8Text(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8')
}

export function utf8Bytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1')
}
