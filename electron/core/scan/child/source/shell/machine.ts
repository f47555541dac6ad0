import type { CodeName } from '../vocabulary'
import type { Address } from './places'
import type { Value } from './stream'
import type { Command } from './syntax'

/** What a shell text does at a range of it. Offsets are UTF-16 indices. */
export interface ShellSighting {
  name: CodeName
  start: number
  end: number
  /** The command as it would run, where the text hides it. */
  evidence?: string
}

/** What a text shows while it is followed. */
export interface ShellObserver {
  see(sighting: ShellSighting): void
  /** A file that is run or sourced and that the text did not write itself. */
  file?(path: string): void
  /** A program in another language that stands in a command: `node -e "…"`. */
  code?(language: 'javascript' | 'python', text: string, at: Command): void
}

/** One command that is about to run, its words resolved as far as they are known. */
export interface Call {
  command: Command
  /** Base name of the program, lower case, without '.exe'. */
  name: string
  args: readonly Value[]
  input: Value
  /** Whether a pipe or a redirection feeds it. */
  fed: boolean
}

/** What programs ask of the machine that runs them. */
export interface Machine {
  report(name: CodeName, at: Command, evidence?: string): void
  /** Reads a text as a script that runs in place of `at`. */
  runText(text: string, at: Command): Value
  /** A value becomes the text of a program: says what that means by where it comes from. */
  runValue(value: Value, at: Command, language: 'shell' | 'other'): Value
  /** A file that is run or sourced. */
  runFile(path: Value, at: Command): void
  /** A text of another language becomes a program. */
  runCode(language: 'javascript' | 'python', text: string, at: Command): void
  /** A value leaves the machine. */
  send(value: Value, to: readonly Address[], at: Command): void
  write(path: Value, value: Value, at: Command): void
  readFile(path: string): Value
  /** A checksum or a signature was checked: what is run afterwards was pinned. */
  verified(): void
  assign(name: string, value: Value): void
  /** Resolves and runs words as a command of their own: `sudo x`, `xargs x`. */
  call(args: readonly Value[], outer: Call): Value
}

export type Program = (call: Call, machine: Machine) => Value
