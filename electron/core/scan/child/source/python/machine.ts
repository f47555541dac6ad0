import type { CodeName } from '../vocabulary'
import type { Passage } from './across'
import type { Scope } from './scope'
import type { SetupHook } from './setup'
import type { Node } from './tree'
import type { Arguments, FunctionValue, Step, Taint, Value } from './value'

/** What happens while one function, or the module itself, runs. */
export interface Frame {
  readonly fn: FunctionValue | undefined
  /** Importing the file is enough to get here. */
  readonly atImport: boolean
  readonly scope: Scope
  returned: Value | undefined
  /** What a generator gave, in order. */
  yielded: Value[]
  /** How many loops without an end are around this place. */
  endless: number
}

export interface Seen {
  name: CodeName
  node: { from: number; to: number }
  evidence?: string
  steps?: readonly Step[]
  detail?: Record<string, string | number | boolean>
}

/** Things that mean something only together. */
export interface Notes {
  /** Files that were written here, by path, with where their content came from. */
  written: Map<string, readonly Taint[]>
  marks: Set<Mark>
  /** Judged when the whole file was read. */
  pending: { mark: Mark; seen: Seen }[]
  functions: FunctionValue[]
  /** What functions gave when their bodies ran, and how often they did. */
  results: Map<Node, { value: Value; count: number }>
  hooks: SetupHook[]
  /** Modules that may be files of the same delivery, as paths from this file's folder. */
  imports: Map<string, Node>
  passages: Passage[]
}

export type Mark =
  | 'socket'
  | 'socket-dup'
  | 'shell'
  | 'send'
  | 'key-hook'
  | 'file-write'
  | 'clipboard-read'
  | 'clipboard-write'
  | 'setup'
  | 'process'
  | 'eval'
  | 'network'
  | 'decoded'
  | 'sandbox-check'
  | 'import-hook'
  | 'encrypt'
  | 'serious'
  | 'memory-file'
  | 'executable-memory'
  | 'logs-input'

export interface Machine {
  readonly text: string
  readonly module: Scope
  readonly notes: Notes
  readonly frame: Frame
  evaluate(node: Node, scope: Scope): Value
  /** Runs a statement, or each statement of a body. */
  execute(node: Node, scope: Scope): void
  call(callee: Value, given: Arguments, node: Node): Value
  attribute(on: Value, name: string, node: Node, hidden?: string): Value
  assign(target: Node, value: Value, scope: Scope): void
  /** Runs the body of a function in a frame of its own. */
  within(fn: FunctionValue, scope: Scope, atImport: boolean, run: () => void): Value | undefined
  report(seen: Seen): void
  /** What a text of Python's literals stands for: ast.literal_eval. */
  literal(text: Value): Value
  /** Code that this file makes and runs: analysed as a member of its own. */
  nested(code: string, node: Node, decoded: boolean): void
  /** A template that this file holds: read as the program that it is. */
  template(text: string, node: Node): void
  /** A command line that goes to a shell. */
  shell(command: string, node: Node): void
  /** Names of the place where a call stands, for globals() and eval('name'). */
  namesAt(): Scope
  /** Whether there is still room for going over code again: loops, calls. */
  spend(amount: number): boolean
  /** Whether this function runs already. */
  isActive(node: Node): boolean
}

export const NO_ARGUMENTS: Arguments = { plain: [], named: new Map() }
