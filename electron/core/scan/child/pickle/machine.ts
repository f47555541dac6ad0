import type { ByteSource } from '../byte-source'
import type { ParseContext } from '../context'
import { Arena, UNKNOWN } from './arena'
import { type ArrayWrapper, NUMPY_OBJECTS, type NumpyDtype } from './array-objects'
import { Imports } from './imports'
import { Memo } from './memo'
import { NumberStack } from './number-stack'
import type { PythonValue } from './python-value'
import { Window } from './window'

export interface WalkOptions {
  /**
   * Persistent ids are how PyTorch names storages: collected in the result. Elsewhere they are an
   * anomaly, because only a loader made for them can read the file.
   */
  persistentIds?: 'expected'
  /** joblib writes array bytes into the stream, behind the BUILD of a NumpyArrayWrapper. */
  joblib?: boolean
  /** Items of one container that are remembered (default 32); the others are only counted. */
  keptItems?: number
}

export interface PersistentId {
  offset: number
  value: PythonValue
}

/** What is shown of containers: enough for the evidence of a call. */
const KEPT_ITEMS = 32

/** Persistent ids of one pickle; models have one or two for each tensor. */
const MOST_PERSISTENT_IDS = 1_000_000

/** State of the unpickling machine: what CPython's Unpickler has, with numbers for objects. */
export class Machine {
  readonly source: ByteSource
  readonly window: Window
  readonly options: WalkOptions
  readonly stack: NumberStack
  readonly marks: NumberStack
  readonly memo: Memo
  readonly arena: Arena
  readonly imports: Imports
  readonly objects: (NumpyDtype | ArrayWrapper)[] = []
  context: ParseContext
  /** Height of the stack at the topmost mark: pops do not reach below. */
  fence = 0
  protocol = 0
  frameEnd = 0
  persistentIds: PersistentId[] = []
  /** Why the walk cannot be called complete; the first reason stays. */
  problem: string | null = null
  /** Whether joblib wrote this file. */
  hasWrappers = false
  /** Offset of the first inline array of raw elements, 0 before there is one. */
  firstArray = 0
  /** Walks what joblib pickles inside the stream. Made when the first object array is met. */
  inner: Machine | undefined
  /** Literals looked into, to call `checkpoint` often enough. */
  inspected = 0
  /** Pickles and archives found in literals. */
  members = 0
  /** Literals that were scanned as files of their own, by offset and encoding. */
  readonly scanned = new Set<string>()
  private readonly noted = new Set<string>()

  constructor(source: ByteSource, context: ParseContext, options: WalkOptions = {}) {
    this.source = source
    this.context = context
    this.options = options
    this.window = new Window(source)
    const limit = context.limits.memoEntries
    this.stack = new NumberStack(limit)
    this.marks = new NumberStack(Math.max(1024, Math.floor(limit / 4)))
    this.memo = new Memo(limit)
    this.arena = new Arena(options.keptItems ?? KEPT_ITEMS)
    this.imports = new Imports()
  }

  /** A new Unpickler on the same file: the imports stay, the rest starts over. */
  reset(): void {
    this.stack.length = 0
    this.marks.length = 0
    this.memo.clear()
    this.fence = 0
    this.protocol = 0
    this.frameEnd = 0
    this.persistentIds = []
    this.problem = null
    if (this.objects.length > NUMPY_OBJECTS) this.objects.length = 0
  }

  /** Notes an anomaly once in a pickle. */
  note(name: string, offset: number, evidence?: string): void {
    if (this.noted.has(name)) return
    this.noted.add(name)
    this.context.anomaly(name, offset, evidence)
  }

  /** An anomaly after which a loader may see something else than this walk does. */
  broken(name: string, offset: number, reason: string): void {
    this.note(name, offset, reason)
    this.problem ??= `${reason} at byte ${offset}`
  }

  /** CPython raises here. What follows is still walked: another loader may go on. */
  underflow(offset: number, needed: number): void {
    this.broken('pickle.stack-underflow', offset, 'an opcode takes more than there is on the stack')
    while (this.stack.length - this.fence < needed) this.stack.push(UNKNOWN)
  }

  /** Drops the topmost mark and returns the height of the stack below its items. */
  popMark(offset: number): number {
    const { marks } = this
    if (marks.length === 0) {
      this.broken('pickle.missing-mark', offset, 'an opcode needs a mark and there is none')
      return 0
    }
    const start = marks.pop()
    this.fence = marks.length === 0 ? 0 : marks.get(marks.length - 1)
    return start
  }

  getMemo(key: number, offset: number): void {
    const value = this.memo.get(key)
    if (value === 0)
      this.broken('pickle.unset-memo', offset, `memo entry ${key} is read before it is written`)
    this.stack.push(value === 0 ? UNKNOWN : value)
  }

  /** The C unpickler ignores where frames end; the one in Python does not (PEP 3154). */
  frame(offset: number, length: number): void {
    if (offset < this.frameEnd)
      this.note('pickle.frame-mismatch', offset, 'a frame begins inside another one')
    this.frameEnd = offset + 9 + length
    if (this.frameEnd > this.source.size)
      this.broken('pickle.truncated', offset, 'a frame is longer than the file')
  }

  /**
   * `pickle.load` of CPython reads a frame at once and, when a read goes beyond it, drops what was
   * left of the frame and reads on behind it (_Unpickler_ReadImpl and _Unpickler_Readline in
   * Modules/_pickle.c). `pickle.loads` of the same bytes drops nothing: two different pickles.
   */
  splitByFrame(offset: number): void {
    this.broken('pickle.frame-split', offset, 'a frame ends in the middle of an opcode')
  }

  stop(offset: number): void {
    if (this.stack.length === this.fence) this.underflow(offset, 1)
    if (this.frameEnd > offset + 1)
      this.note('pickle.frame-mismatch', offset, 'the pickle stops before its frame does')
    if (this.stack.length > 1 || this.marks.length > 0)
      this.note('pickle.unused-stack', offset, 'values are left on the stack at the end')
  }

  addPersistentId(offset: number, value: PythonValue): void {
    if (this.options.persistentIds !== 'expected') this.note('pickle.persistent-id', offset)
    if (this.persistentIds.length < MOST_PERSISTENT_IDS) this.persistentIds.push({ offset, value })
    else this.problem ??= `more than ${MOST_PERSISTENT_IDS} persistent ids`
  }
}
