import type { Sighting } from '../source-text'
import type { CodeName } from '../vocabulary'
import type { Delivery } from './delivery'
import type { SourceLimit } from './limits'
import type { FunctionNode, Node } from './node'
import type { Scope } from './scope'
import type { FunctionRecord, Shape, Value } from './value'

/** How a statement ended; 'maybe' when only one of its branches did so. */
export type Completion = 'normal' | 'break' | 'continue' | 'return' | 'throw' | 'maybe'

/**
 * Thrown in a precise run when a condition is not known: the run is undone. No stack is recorded:
 * it happens thousands of times in a large file.
 */
export class Imprecise extends Error {
  override readonly name = 'Imprecise'
  constructor() {
    const { stackTraceLimit } = Error
    Error.stackTraceLimit = 0
    super('a condition is not known')
    Error.stackTraceLimit = stackTraceLimit
  }
}

/** A file written by this source: the place, and whether a download went there. */
export interface Written {
  key: string
  start: number
  end: number
  taints: Value['taints']
}

/**
 * What one analysis of one text shares. The functions are here because expressions, statements and
 * calls need each other.
 */
export interface Machine {
  /** The text, and after it those of the modules of the delivery that it brings in. */
  text: string
  readonly delivery: Delivery
  evaluate(node: Node, scope: Scope): Value
  execute(node: Node, scope: Scope): Completion
  assign(target: Node, value: Value, scope: Scope, declares: boolean): void
  /** Calls a function of this text. */
  invoke(code: FunctionRecord, args: readonly Value[], self: Value, at: Node): Value
  /** Calls anything. */
  call(callee: Value, args: readonly Value[], self: Value, at: Node, isNew: boolean): Value
  functionValue(node: FunctionNode, scope: Scope): Value
  /** Analyses text that runs as code; facts are placed at `at`. `hides`: it was decoded. */
  runText(text: string, hides: boolean, at: Node): Value
  see(name: CodeName, at: { start: number; end: number }, more?: Partial<Sighting>): void
  /** Throws when the time of the file is over; counts the steps of the budget. */
  step(): void
  /** Remembers how to undo a change of the current precise run. */
  journal(undo: () => void): void
  /** The functions that read it run again: it turned out to hold more. */
  wake(readers: Set<FunctionRecord> | undefined): void

  /** Values stored under names of the global object. */
  readonly globals: Map<string, Value>
  /** What `module.exports`, prototypes and the like hold, by path. */
  readonly stored: Map<string, Shape>
  readonly written: Written[]
  /** Loops without an end. */
  readonly endless: { start: number; end: number }[]
  /** Functions put in the place of one that everybody uses: the assignment, and the new function. */
  readonly wrappers: { start: number; end: number; from: number; to: number }[]
  /** Starts of requests that pass on what they are given and name no address of their own. */
  readonly relays: Set<number>
  /** Windows whose pages get Node's own functions. */
  readonly openWindows: { start: number; end: number }[]
  /** Functions of the file are called over the network ('use server' of React). */
  readonly servesCalls: boolean
  /** Command lines that were started, for what is written afterwards. */
  readonly started: string[]
  /** Scripts of other hosts that are put into pages on their way. */
  readonly injections: { start: number; end: number }[]
  /** Calls that remove files or folders. */
  readonly removals: { start: number; end: number }[]
  /** Functions that listen for events of the program's own, by the event's name. */
  readonly listeners: Map<string, Value[]>
  /** File names were asked whether they are those of secrets. */
  seeksSecrets: boolean
  /** Address of the last request that was opened and is to be sent. */
  opened: string | undefined
  /** Inside of `with`: names may be members of its object. */
  usesWith: boolean
  /** Functions put into the loader of modules. */
  readonly hooks: { start: number; end: number; from: number; to: number }[]
  readonly seen: Map<string, Sighting>
  /** Above 0: branches are taken, not joined. */
  precise: number
  /** Above 0: this code may not run, so that writes are joined. */
  maybe: number
  callDepth: number
  depth: number
  returned: Value | undefined
  /** What the last `throw` of the block that is tried gave. */
  thrown: Value | undefined
  /** What the generator that runs has given so far. */
  yielded: Value[] | undefined
  /** Steps left of precise runs and of repeated calls. */
  preciseSteps: number
  attemptSteps: number
  wastedSteps: number
  callSteps: number
  /** Something was left out because a limit was reached: the file ends inconclusive. */
  limit(name: SourceLimit): void
  /** The last precise run was given up for its length, not for something unknown. */
  ranOut: boolean
  /** Inside of a loop that was given up for its length: what is assigned at this depth of calls. */
  lost: { readonly taints: Value['taints']; readonly callDepth: number } | undefined
  /** Depth of text in text. */
  readonly level: number
}
