/** A piece of a word. Offsets are UTF-16 indices into the text that was parsed. */
export type Part =
  | { kind: 'text'; text: string; quoted: boolean; spelled?: true }
  /** `$name`, `${name…}`; `rest` is what follows the name inside the braces. */
  | { kind: 'variable'; name: string; rest: string; quoted: boolean }
  /** `$(…)`, `` `…` ``; with `file` set, `<(…)` or `>(…)`. */
  | { kind: 'command'; body: Pipeline[]; file: boolean }

export interface Word {
  start: number
  end: number
  parts: Part[]
}

export interface Redirect {
  /** '<', '>', '>>', '>&', '<&', '<>', '&>', '>|', '<<', '<<<'. */
  operator: string
  /** The number before the operator, '' without one. */
  descriptor: string
  target: Word
}

export interface Assignment {
  name: string
  value: Word
}

export interface Command {
  start: number
  end: number
  assignments: Assignment[]
  words: Word[]
  redirects: Redirect[]
  /** What `( … )`, `{ … }` and loops hold. */
  body?: Pipeline[]
  /** Name of the function that `body` defines. */
  defines?: string
}

/** Commands whose output is the next one's input. */
export interface Pipeline {
  commands: Command[]
}

/** Thrown where a text is nested too deep or has too many commands to be read. */
export class ShellTooComplex extends Error {
  override readonly name = 'ShellTooComplex'
}
