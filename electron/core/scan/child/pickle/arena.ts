import type { NumberStack } from './number-stack'

/**
 * Values of the unpickling machine are plain numbers, `payload * 8 + tag`, so that ten million of
 * them cost 80 MB and no garbage collection. 0 is "unset" in the memo and never a value.
 */
export const LITERAL = 1 //  payload: offset of the opcode; decoded again when somebody looks
export const IMPORT = 2 //   payload: index of the import
export const NODE = 3 //     payload: position in the arena
export const OBJECT = 4 //   payload: index of an object whose parts matter later (dtype, wrapper)
export const CONSTANT = 5 // payload: one of the values below

export const NONE = 0 * 8 + CONSTANT
export const TRUE = 1 * 8 + CONSTANT
export const FALSE = 2 * 8 + CONSTANT
export const UNKNOWN = 3 * 8 + CONSTANT
export const EMPTY_TUPLE = 4 * 8 + CONSTANT
export const BUFFER = 5 * 8 + CONSTANT

export const payloadOf = (value: number): number => Math.floor(value / 8)
export const tagOf = (value: number): number => value - Math.floor(value / 8) * 8

/** Kinds of node: low four bits of a node's first slot, the item count above them. */
export const TUPLE = 1 //      [header, item…]
export const FROZENSET = 2 //  [header, item…]
export const LIST = 3 //       [header, first batch, last batch]
export const SET = 4
export const DICT = 5 //       items are key, value, key, value
export const CALL = 6 //       [header, callee, arguments, keyword arguments]
export const NEW = 7 //        same, by NEWOBJ and NEWOBJ_EX
export const PERSISTENT = 8 // [header, id]

const SHIFT = 13
const SIZE = 1 << SHIFT
const MASK = SIZE - 1

/** Slots of the first chunk before it grows: most pickles of a stack are small. */
const FIRST = 256

/** 4 Mi slots of 8 bytes: 32 MiB at most, allocated as they are reached. */
const CAPACITY = 1 << 22

/** 128 entries: objects that judge their state have some thirty attributes. */
const KEPT_ENTRIES = 256

/**
 * Tuples, containers and call results. A ring: the contents of a node matter for the evidence of a
 * call soon after they were written, so the oldest are overwritten and then shown as `…`. What may
 * never be forgotten (imports) is not kept here.
 */
export class Arena {
  /** Items of one container that are kept; the rest is only counted. */
  readonly keptItems: number
  /** Keys and values of a dictionary that are kept: the state of an object has more than a call. */
  readonly keptEntries: number
  private readonly chunks = [new Float64Array(FIRST)]
  /** Where the next node goes: `chunk[next]`, which is position `start + next`. */
  private chunk = this.chunks[0] as Float64Array
  private start = 0
  private next = 0

  constructor(keptItems: number) {
    this.keptItems = keptItems
    this.keptEntries = Math.max(keptItems, KEPT_ENTRIES)
  }

  /** Reserves slots for a node of any size and returns the position of the first. */
  private allot(slots: number): number {
    this.room(Math.min(slots, SIZE))
    const at = this.start + this.next
    while (this.next + slots > SIZE) {
      slots -= SIZE - this.next
      this.nextChunk()
    }
    this.next += slots
    return at
  }

  /** Makes room for a node that lies in one chunk: in the first while it grows, else in the next. */
  private room(slots: number): void {
    while (this.next + slots > this.chunk.length) {
      if (this.chunk.length === SIZE) {
        this.nextChunk()
        return
      }
      const grown = new Float64Array(Math.min(SIZE, this.chunk.length * 8))
      grown.set(this.chunk)
      this.chunks[0] = grown
      this.chunk = grown
    }
  }

  /** Leaves the rest of a chunk unused, so that small nodes lie in one chunk. */
  private nextChunk(): void {
    this.start += SIZE
    this.next = 0
    const index = (this.start & (CAPACITY - 1)) >>> SHIFT
    if (index >= this.chunks.length) this.chunks.push(new Float64Array(SIZE))
    this.chunk = this.chunks[index] as Float64Array
  }

  private read(at: number): number {
    return (this.chunks[(at & (CAPACITY - 1)) >>> SHIFT] as Float64Array)[at & MASK] as number
  }

  private write(at: number, value: number): void {
    ;(this.chunks[(at & (CAPACITY - 1)) >>> SHIFT] as Float64Array)[at & MASK] = value
  }

  private alive(at: number): boolean {
    return this.start + this.next - at <= CAPACITY
  }

  tuple1(a: number): number {
    if (this.next + 2 > this.chunk.length) this.room(2)
    const { chunk, next } = this
    chunk[next] = 16 + TUPLE
    chunk[next + 1] = a
    this.next = next + 2
    return (this.start + next) * 8 + NODE
  }

  tuple2(a: number, b: number): number {
    if (this.next + 3 > this.chunk.length) this.room(3)
    const { chunk, next } = this
    chunk[next] = 32 + TUPLE
    chunk[next + 1] = a
    chunk[next + 2] = b
    this.next = next + 3
    return (this.start + next) * 8 + NODE
  }

  tuple3(a: number, b: number, c: number): number {
    if (this.next + 4 > this.chunk.length) this.room(4)
    const { chunk, next } = this
    chunk[next] = 48 + TUPLE
    chunk[next + 1] = a
    chunk[next + 2] = b
    chunk[next + 3] = c
    this.next = next + 4
    return (this.start + next) * 8 + NODE
  }

  /** A TUPLE or FROZENSET of the `count` items of `stack` from `start`. */
  sequence(kind: number, count: number, stack: NumberStack, start: number): number {
    const kept = Math.min(count, this.keptItems)
    const at = this.allot(1 + kept)
    this.write(at, count * 16 + kind)
    for (let index = 0; index < kept; index++) this.write(at + 1 + index, stack.get(start + index))
    return at * 8 + NODE
  }

  /** An empty LIST, SET or DICT. */
  container(kind: number): number {
    const at = this.allot(3)
    this.write(at, kind)
    this.write(at + 1, -1)
    this.write(at + 2, -1)
    return at * 8 + NODE
  }

  /** A CALL or NEW; `keywords` may be NONE. */
  call(kind: number, callee: number, args: number, keywords: number): number {
    const at = this.allot(4)
    this.write(at, kind)
    this.write(at + 1, callee)
    this.write(at + 2, args)
    this.write(at + 3, keywords)
    return at * 8 + NODE
  }

  persistent(id: number): number {
    const at = this.allot(2)
    this.write(at, PERSISTENT)
    this.write(at + 1, id)
    return at * 8 + NODE
  }

  /** Adds items to a LIST, SET or DICT; anything else and forgotten ones are left alone. */
  append(value: number, count: number, stack: NumberStack, start: number): void {
    if (tagOf(value) !== NODE) return
    const at = payloadOf(value)
    if (!this.alive(at)) return
    const header = this.read(at)
    const kind = header & 15
    if (kind !== LIST && kind !== SET && kind !== DICT) return
    this.write(at, header + count * 16)
    const already = Math.floor(header / 16)
    const most = kind === DICT ? this.keptEntries : this.keptItems
    const kept = Math.min(count, most - already)
    if (kept <= 0) return
    const batch = this.allot(2 + kept)
    if (!this.alive(at)) return
    this.write(batch, -1)
    this.write(batch + 1, kept)
    for (let index = 0; index < kept; index++)
      this.write(batch + 2 + index, stack.get(start + index))
    const last = this.read(at + 2)
    if (last < 0) this.write(at + 1, batch)
    else if (this.alive(last)) this.write(last, batch)
    this.write(at + 2, batch)
  }

  /** Kind and contents of a node; undefined when it was overwritten. */
  node(value: number): { kind: number; count: number; items: number[] } | undefined {
    const at = payloadOf(value)
    if (!this.alive(at)) return undefined
    const header = this.read(at)
    const kind = header & 15
    const count = Math.floor(header / 16)
    const items: number[] = []
    if (kind === TUPLE || kind === FROZENSET) {
      const kept = Math.min(count, this.keptItems)
      for (let index = 1; index <= kept; index++) items.push(this.read(at + index))
    } else if (kind === CALL || kind === NEW) {
      items.push(this.read(at + 1), this.read(at + 2), this.read(at + 3))
    } else if (kind === PERSISTENT) {
      items.push(this.read(at + 1))
    } else {
      let batch = this.read(at + 1)
      const most = kind === DICT ? this.keptEntries : this.keptItems
      while (batch >= 0 && this.alive(batch) && items.length < most) {
        const kept = this.read(batch + 1)
        for (let index = 0; index < kept; index++) items.push(this.read(batch + 2 + index))
        batch = this.read(batch)
      }
    }
    return { kind, count, items }
  }

  /** What a CALL or NEW called; 0 for everything else. */
  calleeOf(value: number): number {
    if (tagOf(value) !== NODE) return 0
    const at = payloadOf(value)
    if (!this.alive(at)) return 0
    const kind = this.read(at) & 15
    return kind === CALL || kind === NEW ? this.read(at + 1) : 0
  }

  /** Exchanges what a CALL or NEW was called with: BUILD does that to a partial and to a BytesIO. */
  setArguments(value: number, args: number, keywords: number): void {
    if (this.calleeOf(value) === 0) return
    this.write(payloadOf(value) + 2, args)
    this.write(payloadOf(value) + 3, keywords)
  }

  /** Whether a kept item of a tuple or dictionary is an import. */
  holdsImport(value: number): boolean {
    if (tagOf(value) !== NODE) return false
    const at = payloadOf(value)
    if (!this.alive(at)) return false
    const header = this.read(at)
    const kind = header & 15
    if (kind === DICT)
      return this.node(value)?.items.some((item) => tagOf(item) === IMPORT) ?? false
    if (kind !== TUPLE) return false
    const kept = Math.min(Math.floor(header / 16), this.keptItems)
    for (let index = 1; index <= kept; index++)
      if (tagOf(this.read(at + index)) === IMPORT) return true
    return false
  }

  /** Whether something other than numbers and texts may be in it, for objects' states. */
  holdsValue(value: number): boolean {
    const node = tagOf(value) === NODE ? this.node(value) : undefined
    if (node?.kind === TUPLE)
      return node.items.some((item) => tagOf(item) === NODE && this.kindOf(item) === DICT)
    if (node?.kind !== DICT) return false
    return node.items.some(
      (item, index) => index % 2 === 1 && (tagOf(item) === IMPORT || this.calleeOf(item) !== 0),
    )
  }

  /** Kind of a node without its contents; 0 when it was overwritten. */
  kindOf(value: number): number {
    const at = payloadOf(value)
    return this.alive(at) ? this.read(at) & 15 : 0
  }
}
