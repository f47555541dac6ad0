import type { Source } from '../vocabulary'
import { baseName } from './program-names'
import { joinValues, NOTHING, textValue, UNKNOWN, type Value, withText } from './stream'
import type { Command, Part, Pipeline, Word } from './syntax'

/** What the reader of a workflow writes for `${{ toJSON(secrets) }}`. */
const ALL_SECRETS = /^secrets__all_*$/

export interface Resolver {
  /** What a word is, its substitutions run. */
  resolve(word: Word): Value
  /** The words that an unquoted $IFS or braces make of one. */
  resolveWords(word: Word): Value[]
  /** Base name of the program, without running anything: '' where it is not plain. */
  nameOf(command: Command): string
}

/** Resolves words by the variables that are known so far; `run` gives the output of a substitution. */
export function createResolver(
  variables: ReadonlyMap<string, Value>,
  run: (body: readonly Pipeline[]) => Value,
): Resolver {
  function resolve(word: Word): Value {
    return joinValues(word.parts.map(resolvePart))
  }

  function resolveWords(word: Word): Value[] {
    const isIfs = (part: Part) => part.kind === 'variable' && part.name === 'IFS' && !part.quoted
    if (word.parts.some(isIfs)) {
      const words: Part[][] = [[]]
      for (const part of word.parts)
        if (isIfs(part)) words.push([])
        else words.at(-1)?.push(part)
      return words.filter((parts) => parts.length > 0).map((parts) => resolve({ ...word, parts }))
    }
    const value = resolve(word)
    const only = word.parts.length === 1 ? word.parts[0] : undefined
    if (only?.kind === 'text' && !only.quoted && /^\{[^{}\s]*,[^{}\s]*\}$/.test(only.text))
      return only.text.slice(1, -1).split(',').map(textValue)
    if (only?.kind === 'variable' && !only.quoted && value.known && value.text.includes(' '))
      return value.text
        .trim()
        .split(/\s+/)
        .map((text) => withText(value, text))
    return [value]
  }

  function resolvePart(part: Part): Value {
    if (part.kind === 'text')
      return part.spelled
        ? withText(textValue(part.text), part.text, 'decoded')
        : textValue(part.text)
    if (part.kind === 'command') return withoutLastNewline(run(part.body))
    return resolveVariable(part)
  }

  function resolveVariable({ name, rest, quoted }: Extract<Part, { kind: 'variable' }>): Value {
    if (name === 'IFS') return textValue(' ')
    const value = variables.get(name)
    // A script that is started without arguments has none: `c$@url` is curl.
    if (value === undefined && /^[@*]$/.test(name) && !quoted) return NOTHING
    if (value === undefined) {
      const fallback = /^:?[-=]([\s\S]*)$/.exec(rest)?.[1]
      const origins: Source[] = /^[@*1-9]$/.test(name)
        ? ['input']
        : ALL_SECRETS.test(name)
          ? ['credentials']
          : []
      return {
        ...UNKNOWN,
        origins: new Set(origins),
        unknown: [name],
        text:
          fallback !== undefined && !/[$`]/.test(fallback)
            ? fallback.replace(/^(['"])(.*)\1$/, '$2')
            : '',
      }
    }
    return rest === '' || !value.known ? value : withText(value, expandRest(value.text, rest))
  }

  function nameOf({ words: [first] }: Command): string {
    if (first === undefined || first.parts.some(({ kind }) => kind === 'command')) return ''
    return baseName(resolve(first).text)
  }

  return { resolve, resolveWords, nameOf }
}

/** `${x:1:3}`, `${x/a/b}`, `${x//a/b}`, `${x^^}`; undefined for what is not followed. */
function expandRest(text: string, rest: string): string | undefined {
  const slice = /^:\s*(\d+)(?::\s*(\d+))?$/.exec(rest)
  if (slice !== null) {
    const from = Number(slice[1])
    return slice[2] === undefined ? text.slice(from) : text.slice(from, from + Number(slice[2]))
  }
  const replace = /^(\/\/?)([^/\\$*?[]+)(?:\/([^$]*))?$/.exec(rest)
  if (replace !== null) {
    const [, how, from = '', to = ''] = replace
    return how === '//' ? text.replaceAll(from, () => to) : text.replace(from, () => to)
  }
  if (/^:?[-=]/.test(rest)) return text === '' ? undefined : text
  if (rest === ',,') return text.toLowerCase()
  return rest === '^^' ? text.toUpperCase() : undefined
}

const withoutLastNewline = (value: Value): Value => withText(value, value.text.replace(/\n+$/, ''))
