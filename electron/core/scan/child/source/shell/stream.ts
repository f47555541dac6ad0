import type { Source } from '../vocabulary'

/** What is known about a word, a variable or the output of a command. */
export interface Value {
  /** Text as far as it is known; unknown pieces are left out. */
  text: string
  /** Whether `text` is all of it. */
  known: boolean
  origins: ReadonlySet<Source>
  /** Addresses it was loaded from. */
  addresses: readonly string[]
  /** Names of the variables in it that have no known value. */
  unknown: readonly string[]
}

export const NOTHING: Value = {
  text: '',
  known: true,
  origins: new Set(),
  addresses: [],
  unknown: [],
}
export const UNKNOWN: Value = { ...NOTHING, known: false }

/** Longest text that is followed, characters. */
const MOST_TEXT = 256 * 1024

export const textValue = (text: string): Value => ({
  ...NOTHING,
  text: text.slice(0, MOST_TEXT),
  known: text.length <= MOST_TEXT,
})

export const originValue = (origin: Source, addresses: readonly string[] = []): Value => ({
  ...UNKNOWN,
  origins: new Set([origin]),
  addresses,
})

export function joinValues(values: readonly Value[], separator = ''): Value {
  const [only] = values
  if (only !== undefined && values.length === 1) return only
  let text = ''
  for (const [index, value] of values.entries()) {
    text += (index === 0 ? '' : separator) + value.text
    if (text.length > MOST_TEXT) break
  }
  const long = text.length > MOST_TEXT
  if (long) text = text.slice(0, MOST_TEXT)
  return {
    text,
    known: !long && values.every((value) => value.known),
    origins: new Set(values.flatMap((value) => [...value.origins])),
    addresses: values.flatMap((value) => value.addresses).slice(0, 32),
    unknown: values.flatMap((value) => value.unknown).slice(0, 32),
  }
}

/** The same with another text, and one more origin where one is given. */
export const withText = (value: Value, text: string | undefined, origin?: Source): Value => ({
  ...value,
  text: (text ?? '').slice(0, MOST_TEXT),
  known: text !== undefined && text.length <= MOST_TEXT && value.known,
  origins: origin === undefined ? value.origins : new Set([...value.origins, origin]),
})
