/** RFC 4648 section 4: the standard alphabet, with padding. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const VALUES = new Int8Array(128).fill(-1)
for (let value = 0; value < 64; value++) VALUES[ALPHABET.charCodeAt(value)] = value

/** Two characters at a time: half the strings to make for the megabytes of a long passport. */
const PAIRS = Array.from(
  { length: 4096 },
  (_, bits) => `${ALPHABET[bits >> 6]}${ALPHABET[bits & 63]}`,
)

export function toBase64(bytes: Uint8Array): string {
  const whole = bytes.length - (bytes.length % 3)
  let text = ''
  for (let at = 0; at < whole; at += 3) {
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
    text += `${PAIRS[group >> 12]}${PAIRS[group & 4095]}`
  }
  const [first = 0, second = 0] = bytes.subarray(whole)
  if (bytes.length - whole === 1) text += `${PAIRS[first << 4]}==`
  if (bytes.length - whole === 2)
    text += `${PAIRS[(first << 4) | (second >> 4)]}${ALPHABET[(second & 15) << 2]}=`
  return text
}

/**
 * Undefined for anything but the one text of some bytes: no white space, no other alphabet, no
 * missing padding, no bits set beyond the last byte (RFC 4648 3.5).
 */
export function fromBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0) return undefined
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  const bytes = new Uint8Array((text.length / 4) * 3 - padding)
  const digits = text.length - padding
  let group = 0
  let filled = 0
  let written = 0
  for (let at = 0; at < digits; at++) {
    const value = VALUES[text.charCodeAt(at)] ?? -1
    if (value < 0) return undefined
    group = ((group << 6) | value) & 0xffff
    filled += 6
    if (filled < 8) continue
    filled -= 8
    bytes[written++] = group >> filled
  }
  return (group & ((1 << filled) - 1)) === 0 ? bytes : undefined
}
