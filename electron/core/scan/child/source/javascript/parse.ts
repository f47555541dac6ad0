import { tsPlugin } from '@sveltejs/acorn-typescript'
import * as acorn from 'acorn'
import jsx from 'acorn-jsx'

export type Parsed =
  | { kind: 'whole'; program: acorn.Program }
  | { kind: 'partial'; program: acorn.Program | undefined; offset: number; message: string }
  | { kind: 'too-deep' }

type Grammar = Pick<typeof acorn.Parser, 'parse'>

const OPTIONS = {
  ecmaVersion: 'latest',
  allowReturnOutsideFunction: true,
  allowImportExportEverywhere: true,
  allowAwaitOutsideFunction: true,
  allowSuperOutsideMethod: true,
  allowHashBang: true,
  checkPrivateFields: false,
} as const

/**
 * Acorn counts all lines up to an error. Grammars that try one reading and then another throw
 * thousands of errors, and a place in characters is all that is needed here.
 */
function cheapErrors(Base: typeof acorn.Parser): typeof acorn.Parser {
  const fail = (pos: number, message: string): never => {
    throw Object.assign(new SyntaxError(message), { pos })
  }
  const Quick = class extends Base {}
  Object.assign(Quick.prototype, { raise: fail, raiseRecoverable: fail })
  return Quick
}

let grammars: { plain: Grammar; jsx: Grammar; ts: Grammar; tsx: Grammar } | undefined
function allGrammars() {
  grammars ??= {
    plain: acorn.Parser.extend(cheapErrors),
    jsx: acorn.Parser.extend(cheapErrors, jsx()),
    ts: acorn.Parser.extend(
      cheapErrors,
      tsPlugin() as (base: typeof acorn.Parser) => typeof acorn.Parser,
    ),
    tsx: acorn.Parser.extend(
      cheapErrors,
      tsPlugin({ jsx: true }) as (base: typeof acorn.Parser) => typeof acorn.Parser,
    ),
  }
  return grammars
}

/** Words that only TypeScript (or Flow) has: its grammar is tried before JSX then. */
const TYPED =
  /^\s*(import type|export (declare|interface|type|enum|abstract)|interface \w|type \w+ =|declare )|[\w)\]]\??: (string|number|boolean|unknown|void|any|never)\b|\bas (const|unknown|any)\b/m

/** A file that cannot be parsed is parsed without the lines that are wrong, at most so many. */
const MOST_BLANKED = 12
/** Characters that such attempts may read together. */
const RETRY_BUDGET = 4 << 20

/**
 * A syntax tree of JavaScript, TypeScript or JSX, whatever it turns out to be. `inputs` are tried
 * as a module, then as a script: a module sees code that HTML comments hide in a script.
 */
export function parseProgram(text: string): Parsed {
  const { plain, jsx: withJsx, ts, tsx } = allGrammars()
  const typed = TYPED.test(text)
  const order: [Grammar, 'module' | 'script'][] = typed
    ? [
        // First all the same: it fails at the first type, and a bundle may hold such words in texts.
        [plain, 'module'],
        [ts, 'module'],
        [tsx, 'module'],
        [plain, 'script'],
        [withJsx, 'module'],
      ]
    : [
        [plain, 'module'],
        [plain, 'script'],
        [withJsx, 'module'],
        [ts, 'module'],
        [tsx, 'module'],
      ]
  let furthest: { offset: number; message: string; grammar: (typeof order)[number] } | undefined
  for (const grammar of order) {
    const result = attempt(text, grammar)
    if ('program' in result) return { kind: 'whole', program: result.program }
    if (result.deep) return { kind: 'too-deep' }
    if (furthest === undefined || result.offset > furthest.offset)
      furthest = { offset: result.offset, message: result.message, grammar }
  }
  if (furthest === undefined) return { kind: 'too-deep' }
  const { offset, message, grammar } = furthest
  return { kind: 'partial', program: withoutErrors(text, grammar, offset), offset, message }
}

type Attempt =
  | { program: acorn.Program }
  | { program?: never; offset: number; message: string; deep: boolean }

function attempt(text: string, [grammar, sourceType]: [Grammar, 'module' | 'script']): Attempt {
  try {
    // The TypeScript plugin reads locations, and fails without them.
    const locations = grammar === grammars?.ts || grammar === grammars?.tsx
    return { program: grammar.parse(text, { ...OPTIONS, sourceType, locations }) }
  } catch (error) {
    if (error instanceof SyntaxError) {
      const position = (error as { pos?: unknown }).pos
      return {
        offset: typeof position === 'number' ? Math.min(position, text.length) : 0,
        message: error.message.replace(/\s*\(\d+:\d+\)$/, ''),
        deep: false,
      }
    }
    // The stack of a recursive parser is over; anything else is a defect of a grammar plugin.
    const deep = error instanceof RangeError
    return { offset: 0, message: 'the grammar does not understand it', deep }
  }
}

/** Blanks one wrong line after the other until the rest parses. */
function withoutErrors(
  text: string,
  grammar: [Grammar, 'module' | 'script'],
  firstError: number,
): acorn.Program | undefined {
  let rest = text
  let offset = firstError
  let budget = RETRY_BUDGET
  for (let count = 0; count < MOST_BLANKED && budget > 0; count++) {
    let start = rest.lastIndexOf('\n', Math.max(0, offset - 1)) + 1
    const newline = rest.indexOf('\n', offset)
    const end = newline === -1 ? rest.length : newline
    // An error at the end is an open bracket further up: cut the last line that has something.
    if (rest.slice(start, end).trim() === '') start = lastLine(rest, start)
    if (start < 0) return undefined
    rest = rest.slice(0, start) + rest.slice(start, end).replace(/[^\r\n]/g, ' ') + rest.slice(end)
    budget -= rest.length
    const result = attempt(rest, grammar)
    if ('program' in result && result.program !== undefined) return result.program
    if (!('offset' in result) || result.deep) return undefined
    offset = result.offset
  }
  return undefined
}

function lastLine(text: string, before: number): number {
  const trimmed = text.slice(0, before).trimEnd()
  return trimmed === '' ? -1 : trimmed.lastIndexOf('\n') + 1
}
