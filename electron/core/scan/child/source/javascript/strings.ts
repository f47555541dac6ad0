import { type Constant, LONGEST_TEXT } from './value'

/** What a method of a constant gives, or undefined when it is not one that is pure and known. */
export interface Folded {
  value: Constant | Constant[]
  /** The text was hidden before: reversed, cleaned of filler, decoded. */
  decodes?: string
}

export const MOST_ITEMS = 100_000
const number = (value: Constant, otherwise: number) =>
  value === undefined ? otherwise : typeof value === 'number' ? value : Number.NaN

/** Methods of strings that are pure. Arguments are constants; RegExp arguments stay literal. */
export function foldStringMethod(
  text: string,
  method: string,
  args: readonly Constant[],
): Folded | undefined {
  const [first, second] = args
  switch (method) {
    case 'toString':
    case 'valueOf':
    case 'normalize':
      return { value: text }
    case 'toLowerCase':
    case 'toLocaleLowerCase':
      return { value: text.toLowerCase() }
    case 'toUpperCase':
    case 'toLocaleUpperCase':
      return { value: text.toUpperCase() }
    case 'trim':
      return { value: text.trim() }
    case 'trimStart':
    case 'trimLeft':
      return { value: text.trimStart() }
    case 'trimEnd':
    case 'trimRight':
      return { value: text.trimEnd() }
    case 'charAt':
      return { value: text.charAt(number(first, 0)) }
    case 'at':
      return { value: text.at(number(first, 0)) }
    case 'charCodeAt':
      return { value: text.charCodeAt(number(first, 0)) }
    case 'codePointAt':
      return { value: text.codePointAt(number(first, 0)) }
    case 'slice':
      return { value: text.slice(number(first, 0), number(second, text.length)) }
    case 'substring':
      return { value: text.substring(number(first, 0), number(second, text.length)) }
    case 'substr': {
      const start = number(first, 0)
      const from = start < 0 ? Math.max(0, text.length + start) : start
      return { value: text.slice(from, from + Math.max(0, number(second, text.length))) }
    }
    case 'indexOf':
      return typeof first === 'string'
        ? { value: text.indexOf(first, number(second, 0)) }
        : undefined
    case 'lastIndexOf':
      return typeof first === 'string' && second === undefined
        ? { value: text.lastIndexOf(first) }
        : undefined
    case 'includes':
    case 'startsWith':
    case 'endsWith':
      return typeof first === 'string' && second === undefined
        ? { value: text[method](first) }
        : undefined
    case 'repeat': {
      const times = number(first, 0)
      return times >= 0 && times * text.length <= LONGEST_TEXT
        ? { value: text.repeat(times) }
        : undefined
    }
    case 'padStart':
    case 'padEnd':
      return number(first, 0) <= LONGEST_TEXT &&
        (second === undefined || typeof second === 'string')
        ? { value: text[method](number(first, 0), second) }
        : undefined
    case 'concat':
      return args.every((arg) => typeof arg !== 'object')
        ? { value: text.concat(...args.map(String)) }
        : undefined
    case 'split':
      return split(text, args)
    case 'replace':
    case 'replaceAll':
      return replace(text, method, first, second)
    case 'match':
      return match(text, first)
    default:
      return undefined
  }
}

/** Patterns of hostile code run on text of their choice: only flat ones, so that none explodes. */
const isFlat = (pattern: RegExp) => !/[*+?}][^[\]\\]*\)[*+{]|\\[1-9]|\(\?[=!<]/.test(pattern.source)
const REGEXP_TEXT = 1 << 16

function usable(pattern: RegExp, text: string): RegExp | undefined {
  const quantifiers = pattern.source.match(/[*+{]/g)?.length ?? 0
  if (!isFlat(pattern) || quantifiers > 1 || text.length > REGEXP_TEXT) return undefined
  return new RegExp(pattern.source, pattern.flags)
}

function split(text: string, [by, limit]: readonly Constant[]): Folded | undefined {
  if (limit !== undefined) return undefined
  if (by === undefined) return { value: [text] }
  const separator =
    by instanceof RegExp ? usable(by, text) : typeof by === 'string' ? by : undefined
  if (separator === undefined) return undefined
  if (separator === '' && text.length > MOST_ITEMS) return undefined
  const parts = text.split(separator)
  return parts.length <= MOST_ITEMS ? { value: parts } : undefined
}

function replace(
  text: string,
  method: 'replace' | 'replaceAll',
  what: Constant,
  by: Constant,
): Folded | undefined {
  if (typeof by !== 'string' || by.length > 1024) return undefined
  const pattern = what instanceof RegExp ? usable(what, text) : what
  if (typeof pattern !== 'string' && !(pattern instanceof RegExp)) return undefined
  if (text.length * (by.length + 1) > LONGEST_TEXT) return undefined
  if (pattern instanceof RegExp && method === 'replaceAll' && !pattern.global) return undefined
  const value = text[method](pattern, by)
  // Taking filler out, several times over, is how text is hidden from a search.
  const removed = by === '' && text.length - value.length >= 3
  return removed ? { value, decodes: 'takes filler out of a literal' } : { value }
}

function match(text: string, what: Constant): Folded | undefined {
  if (!(what instanceof RegExp)) return undefined
  const pattern = usable(what, text)
  if (pattern === undefined) return undefined
  const found = text.match(pattern)
  return found === null ? { value: null } : { value: [...found].slice(0, MOST_ITEMS) }
}
