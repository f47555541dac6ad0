import { LimitError } from '../context'

const SHIFT = 13
const SIZE = 1 << SHIFT
const MASK = SIZE - 1
/** The first chunk grows from this to its size: most pickles of a stack have a few entries. */
const FIRST = 64

/** Keys beyond the limit are legal (PUT may name any); this many are remembered. */
const SPARSE_KEYS = 65_536

/** The unpickler's memo: dense keys in chunks of 64 KiB, wild ones in a map. 0 means unset. */
export class Memo {
  /** Distinct keys. MEMOIZE stores under this number, as `len(memo)` in CPython. */
  count = 0
  private chunks: (Float64Array | undefined)[] = []
  private sparse = new Map<number, number>()
  /** The chunk written last, where the next key nearly always falls. */
  private last: Float64Array = new Float64Array(0)
  private lastIndex = -1
  private readonly limit: number

  constructor(limit: number) {
    this.limit = limit
  }

  get(key: number): number {
    if (key >= this.limit) return this.sparse.get(key) ?? 0
    const index = key >>> SHIFT
    if (index >= this.chunks.length) return 0
    const chunk = this.chunks[index]
    return chunk === undefined ? 0 : (chunk[key & MASK] ?? 0)
  }

  set(key: number, value: number): void {
    if (key >= this.limit) {
      this.setSparse(key, value)
      return
    }
    if (key >>> SHIFT !== this.lastIndex) this.select(key >>> SHIFT)
    if ((key & MASK) >= this.last.length) this.grow(key & MASK)
    const { last } = this
    if (last[key & MASK] === 0) this.count++
    last[key & MASK] = value
  }

  clear(): void {
    if (this.count === 0) return
    this.count = 0
    this.chunks = this.chunks.slice(0, 1)
    this.chunks[0]?.fill(0)
    this.lastIndex = -1
    this.sparse.clear()
  }

  private select(index: number): void {
    // Filled up with undefined, so that the array never turns into a dictionary.
    while (this.chunks.length <= index) this.chunks.push(undefined)
    const chunk = this.chunks[index] ?? new Float64Array(index === 0 ? FIRST : SIZE)
    this.chunks[index] = chunk
    this.last = chunk
    this.lastIndex = index
  }

  private grow(index: number): void {
    let size = this.last.length
    while (size <= index) size = Math.min(SIZE, size * 8)
    const grown = new Float64Array(size)
    grown.set(this.last)
    this.last = grown
    this.chunks[this.lastIndex] = grown
  }

  private setSparse(key: number, value: number): void {
    // MEMOIZE reaches the limit here: its key is the number of entries.
    if (this.count >= this.limit || this.sparse.size >= SPARSE_KEYS)
      throw new LimitError(`more than ${this.limit} entries in a pickle's memo`)
    if (!this.sparse.has(key)) this.count++
    this.sparse.set(key, value)
  }
}
