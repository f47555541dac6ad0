// What a person reads of an example that is no text: opcodes of a pickle, else a hex dump.
import { OPCODE_BY_BYTE } from '../../electron/core/scan/child/pickle/opcodes'

const MOST_LINES = 60
const MOST_CHARACTERS = 60

/** `starts` with these opcodes, by what the note says about the bytes. */
export function listing(bytes: Buffer, isPickle: boolean): string {
  const lines = isPickle ? pickleLines(bytes) : hexLines(bytes)
  const more = lines.length - MOST_LINES
  return `${[...lines.slice(0, MOST_LINES), ...(more > 0 ? [`… ${more} more lines`] : [])].join('\n')}\n`
}

/** As `python -m pickletools`: position, opcode, argument; what is no opcode is a hex dump. */
function pickleLines(bytes: Buffer): string[] {
  const lines: string[] = []
  let at = 0
  let ended = false
  while (at < bytes.length && !ended) {
    const row = OPCODE_BY_BYTE[bytes[at] ?? 0]
    const read = row && argumentOf(bytes, at + 1, row[2])
    if (row === undefined || read === undefined) break
    lines.push(`${String(at).padStart(5)}: ${row[1]}${read.text === '' ? '' : ` ${read.text}`}`)
    at = read.end
    ended = row[1] === 'STOP'
  }
  return at < bytes.length ? [...lines, ...hexLines(bytes.subarray(at), at)] : lines
}

function argumentOf(
  bytes: Buffer,
  at: number,
  kind: string,
): { text: string; end: number } | undefined {
  if (kind === 'none') return { text: '', end: at }
  if (kind === 'line' || kind === 'two-lines') {
    let end = bytes.indexOf(10, at)
    if (kind === 'two-lines' && end !== -1) end = bytes.indexOf(10, end + 1)
    if (end === -1) return undefined
    return { text: shown(bytes.subarray(at, end)).replaceAll('\\n', ' '), end: end + 1 }
  }
  const width = Number(/\d/.exec(kind)?.[0])
  if (at + width > bytes.length) return undefined
  const value = width === 8 ? bytes.readBigUInt64LE(at) : BigInt(bytes.readUIntLE(at, width))
  if (kind.startsWith('u')) return { text: String(value), end: at + width }
  const end = at + width + Number(value)
  if (end > bytes.length)
    return {
      text: `${value} bytes, of which ${bytes.length - at - width} are there`,
      end: bytes.length,
    }
  return { text: `'${shown(bytes.subarray(at + width, end))}'`, end }
}

function shown(bytes: Buffer): string {
  const text = [...bytes.toString('latin1')]
    .map((character) => {
      const code = character.charCodeAt(0)
      if (code === 10) return '\\n'
      return code < 32 || code > 126 ? `\\x${code.toString(16).padStart(2, '0')}` : character
    })
    .join('')
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text
}

const PER_LINE = 16

/** As `hexdump -C`: a line that repeats the one before is a star. */
function hexLines(bytes: Buffer, from = 0): string[] {
  const lines: string[] = []
  let before = ''
  for (let at = 0; at < bytes.length; at += PER_LINE) {
    const row = bytes.subarray(at, at + PER_LINE)
    const hex = [...row].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
    const text = row.toString('latin1').replace(/[^ -~]/g, '.')
    if (hex === before) {
      if (lines.at(-1) !== '*') lines.push('*')
    } else
      lines.push(
        `${(from + at).toString(16).padStart(6, '0')}  ${hex.padEnd(PER_LINE * 3)} |${text}|`,
      )
    before = hex
  }
  return lines
}
