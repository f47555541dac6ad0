import { LimitError } from '../context'

/**
 * 8192 entries, 64 KiB a chunk. The first chunk grows to that size: a file may hold a hundred thousand
 * small pickles, each with stacks of its own.
 */
const SHIFT = 13
const SIZE = 1 << SHIFT
const MASK = SIZE - 1
const FIRST = 64

/** A stack of float64 in chunks. `limit` is where it stops growing. */
export class NumberStack {
  length = 0
  private readonly chunks = [new Float64Array(FIRST)]
  /** Entries that there is room for. */
  private capacity = FIRST
  private readonly limit: number

  constructor(limit: number) {
    this.limit = limit
  }

  push(value: number): void {
    const at = this.length
    if (at === this.capacity) this.reserve(at)
    const chunk = this.chunks[at >>> SHIFT] as Float64Array
    chunk[at & MASK] = value
    this.length = at + 1
  }

  /** Not checked: the caller has compared with `length`. */
  get(at: number): number {
    const chunk = this.chunks[at >>> SHIFT] as Float64Array
    return chunk[at & MASK] as number
  }

  set(at: number, value: number): void {
    const chunk = this.chunks[at >>> SHIFT] as Float64Array
    chunk[at & MASK] = value
  }

  pop(): number {
    const at = this.length - 1
    this.length = at
    return this.get(at)
  }

  private reserve(at: number): void {
    if (at >= this.limit) throw new LimitError(`more than ${this.limit} items on a pickle's stack`)
    if (this.capacity < SIZE) {
      const grown = new Float64Array(Math.min(SIZE, this.capacity * 8))
      grown.set(this.chunks[0] as Float64Array)
      this.chunks[0] = grown
      this.capacity = grown.length
      return
    }
    this.chunks.push(new Float64Array(SIZE))
    this.capacity += SIZE
  }
}
