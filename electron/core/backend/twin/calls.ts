import type { FromTwin, ToTwin } from './protocol'

type Asked = Extract<ToTwin, { id: number }>
/** What is asked of the child, before it has a number. */
export type Question = Asked extends infer One
  ? One extends Asked
    ? Omit<One, 'id'>
    : never
  : never

export type CallEnd =
  | { kind: 'answer'; answer: Extract<FromTwin, { type: 'answer' }> }
  | { kind: 'done'; value: unknown }
  | { kind: 'failed'; message: string }
  /** It ran longer than its caller may, and its process was ended. */
  | { kind: 'timeout'; limitMs: number }
  /** Its process ended while it ran: whether it was done is unknown. */
  | { kind: 'crash'; sentence: string }
  /** There is no process that could answer. */
  | { kind: 'unreachable'; error: Error }

/** One question on its way. */
export interface Call {
  question: Question
  end(end: CallEnd): void
  /** Processes that were given it: one that ends them all is not sent for ever. */
  tries: number
}
