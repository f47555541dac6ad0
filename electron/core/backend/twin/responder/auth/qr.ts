/**
 * A QR code of a text (ISO/IEC 18004): byte mode, error correction M, the smallest version that holds it.
 * Authenticator apps read the key of a second factor from it. Versions up to 10 hold 213 bytes.
 */

/** Per version: bytes of data in all, bytes of correction in a block, blocks (table 9, level M). */
const VERSIONS = [
  { data: 16, correction: 10, blocks: 1, align: [] },
  { data: 28, correction: 16, blocks: 1, align: [6, 18] },
  { data: 44, correction: 26, blocks: 1, align: [6, 22] },
  { data: 64, correction: 18, blocks: 2, align: [6, 26] },
  { data: 86, correction: 24, blocks: 2, align: [6, 30] },
  { data: 108, correction: 16, blocks: 4, align: [6, 34] },
  { data: 124, correction: 18, blocks: 4, align: [6, 22, 38] },
  { data: 154, correction: 22, blocks: 4, align: [6, 24, 42] },
  { data: 182, correction: 22, blocks: 5, align: [6, 26, 46] },
  { data: 216, correction: 26, blocks: 5, align: [6, 28, 50] },
] as const
/** Bits of level M in the format (table 12). */
const LEVEL_M = 0
/** Light border that readers need, in modules. */
const QUIET = 4

type Version = (typeof VERSIONS)[number]

export function qrSvg(text: string): string {
  const modules = qrModules(text)
  const size = modules.length + 2 * QUIET
  const dark = modules
    .flatMap((row, y) => row.map((on, x) => (on ? `M${x + QUIET} ${y + QUIET}h1v1h-1z` : '')))
    .join('')
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><rect width="${size}" height="${size}" fill="#fff"/><path d="${dark}" fill="#000"/></svg>`
}

/** Rows of modules; true is dark. */
export function qrModules(text: string): boolean[][] {
  const bytes = Buffer.from(text, 'utf8')
  const nth = VERSIONS.findIndex(({ data }, index) => bytes.length <= data - (index < 9 ? 2 : 3))
  const version = VERSIONS[nth]
  if (version === undefined) throw new Error('The text is too long for a QR code')
  const codewords = interleave(dataCodewords(bytes, version, nth + 1), version)
  const grid = createGrid(nth + 1, version)
  grid.place(codewords)
  return grid.masked()
}

/** Mode, length, bytes, end, and the two padding bytes in turn (7.4). */
function dataCodewords(bytes: Buffer, { data }: Version, version: number): number[] {
  const bits = ['0100']
  bits.push(bytes.length.toString(2).padStart(version < 10 ? 8 : 16, '0'))
  for (const byte of bytes) bits.push(byte.toString(2).padStart(8, '0'))
  const stream = bits.join('')
  const ended = stream.padEnd(Math.min(stream.length + 4, data * 8), '0')
  const whole = ended.padEnd(Math.ceil(ended.length / 8) * 8, '0')
  const words = (whole.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2))
  for (let pad = 0xec; words.length < data; pad ^= 0xec ^ 0x11) words.push(pad)
  return words
}

/** Blocks with their correction, read column by column (7.6). Longer blocks come last. */
function interleave(words: number[], { blocks, correction, data }: Version): number[] {
  const short = Math.floor(data / blocks)
  const long = data % blocks
  let at = 0
  const parts = Array.from({ length: blocks }, (_, nth) => {
    const length = short + (nth >= blocks - long ? 1 : 0)
    const part = words.slice(at, at + length)
    at += length
    return { part, code: correctionOf(part, correction) }
  })
  const columns = (lists: number[][]) =>
    Array.from({ length: Math.max(...lists.map((list) => list.length)) }, (_, nth) =>
      lists.flatMap((list) => list.slice(nth, nth + 1)),
    ).flat()
  return [...columns(parts.map(({ part }) => part)), ...columns(parts.map(({ code }) => code))]
}

/** Product in GF(256) with the polynomial 0x11d (7.5.2). */
function multiply(a: number, b: number): number {
  let product = 0
  for (let bit = 7; bit >= 0; bit--) {
    product = (product << 1) ^ (product >>> 7 ? 0x11d : 0)
    if ((b >>> bit) & 1) product ^= a
  }
  return product
}

/** Remainder of the Reed-Solomon division. */
function correctionOf(words: readonly number[], length: number): number[] {
  let divisor = [1]
  for (let nth = 0, root = 1; nth < length; nth++, root = multiply(root, 2))
    divisor = [...divisor, 0].map((value, index) => value ^ multiply(divisor[index - 1] ?? 0, root))
  const rest = new Array<number>(length).fill(0)
  for (const word of words) {
    const factor = word ^ (rest.shift() ?? 0)
    rest.push(0)
    for (let nth = 0; nth < length; nth++)
      rest[nth] = (rest[nth] ?? 0) ^ multiply(divisor[nth + 1] ?? 0, factor)
  }
  return rest
}

/** BCH code of format (15, 5) and version (18, 6) (annexes C and D). */
function bch(value: number, polynomial: number, bits: number): number {
  let rest = value
  for (let nth = 0; nth < bits; nth++) rest = (rest << 1) ^ ((rest >>> (bits - 1)) * polynomial)
  return (value << bits) | rest
}

const MASKS: ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
]

function createGrid(version: number, { align }: Version) {
  const size = version * 4 + 17
  const dark = Array.from({ length: size }, () => new Array<boolean>(size).fill(false))
  const fixed = Array.from({ length: size }, () => new Array<boolean>(size).fill(false))
  const set = (x: number, y: number, on: boolean) => {
    const [row, fixedRow] = [dark[y], fixed[y]]
    if (row === undefined || fixedRow === undefined || x < 0 || x >= size) return
    row[x] = on
    fixedRow[x] = true
  }
  const square = (cx: number, cy: number, radius: number, on: (distance: number) => boolean) => {
    for (let y = -radius; y <= radius; y++)
      for (let x = -radius; x <= radius; x++)
        set(cx + x, cy + y, on(Math.max(Math.abs(x), Math.abs(y))))
  }
  for (let nth = 0; nth < size; nth++) {
    set(6, nth, nth % 2 === 0)
    set(nth, 6, nth % 2 === 0)
  }
  for (const [x, y] of [
    [3, 3],
    [size - 4, 3],
    [3, size - 4],
  ] as const)
    square(x, y, 4, (distance) => distance !== 2 && distance !== 4)
  const last = align.length - 1
  align.forEach((x, i) => {
    align.forEach((y, j) => {
      const corner = (i === 0 && j === 0) || (i === 0 && j === last) || (i === last && j === 0)
      if (!corner) square(x, y, 2, (distance) => distance !== 1)
    })
  })
  if (version >= 7) {
    const bits = bch(version, 0x1f25, 12)
    for (let nth = 0; nth < 18; nth++) {
      const [a, b] = [size - 11 + (nth % 3), Math.floor(nth / 3)]
      set(a, b, ((bits >>> nth) & 1) === 1)
      set(b, a, ((bits >>> nth) & 1) === 1)
    }
  }
  /** Level and mask, twice (7.9). */
  const format = (mask: number) => {
    const bits = bch((LEVEL_M << 3) | mask, 0x537, 10) ^ 0x5412
    const bit = (nth: number) => ((bits >>> nth) & 1) === 1
    for (let nth = 0; nth <= 5; nth++) set(8, nth, bit(nth))
    set(8, 7, bit(6))
    set(8, 8, bit(7))
    set(7, 8, bit(8))
    for (let nth = 9; nth < 15; nth++) set(14 - nth, 8, bit(nth))
    for (let nth = 0; nth < 8; nth++) set(size - 1 - nth, 8, bit(nth))
    for (let nth = 8; nth < 15; nth++) set(8, size - 15 + nth, bit(nth))
    set(8, size - 8, true)
  }
  format(0)

  return {
    /** Two columns at a time, from the right, up and down (7.7.3). */
    place(words: readonly number[]) {
      let nth = 0
      for (let right = size - 1; right >= 1; right -= 2) {
        if (right === 6) right = 5
        for (let step = 0; step < size; step++)
          for (const x of [right, right - 1]) {
            const y = ((right + 1) & 2) === 0 ? size - 1 - step : step
            if (fixed[y]?.[x] === false && nth < words.length * 8) {
              const row = dark[y]
              if (row !== undefined)
                row[x] = (((words[nth >>> 3] ?? 0) >>> (7 - (nth & 7))) & 1) === 1
              nth++
            }
          }
      }
    },
    /** With the mask of the lowest penalty. */
    masked(): boolean[][] {
      const all = MASKS.map((mask, nth) => {
        format(nth)
        return dark.map((row, y) => row.map((on, x) => (fixed[y]?.[x] ? on : on !== mask(x, y))))
      })
      const scores = all.map(penalty)
      return all[scores.indexOf(Math.min(...scores))] ?? dark
    },
  }
}

/** 7.8.3: runs, squares, patterns that look like a finder, and the share of dark modules. */
function penalty(rows: boolean[][]): number {
  const size = rows.length
  const columns = rows.map((_, x) => rows.map((row) => row[x] ?? false))
  let score = 0
  for (const line of [...rows, ...columns]) {
    const text = line.map((on) => (on ? '1' : '0')).join('')
    for (const [run] of text.matchAll(/0{5,}|1{5,}/g)) score += run.length - 2
    for (const pattern of ['10111010000', '00001011101'])
      for (let at = text.indexOf(pattern); at >= 0; at = text.indexOf(pattern, at + 1)) score += 40
  }
  for (let y = 0; y + 1 < size; y++)
    for (let x = 0; x + 1 < size; x++) {
      const on = rows[y]?.[x]
      if (on === rows[y]?.[x + 1] && on === rows[y + 1]?.[x] && on === rows[y + 1]?.[x + 1])
        score += 3
    }
  const dark = rows.flat().filter(Boolean).length
  return score + 10 * Math.floor(Math.abs((dark * 100) / size ** 2 - 50) / 5)
}
