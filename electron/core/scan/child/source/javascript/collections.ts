import {
  arrayShape,
  constantValue,
  objectShape,
  type Shape,
  shapeValue,
  textOf,
  UNKNOWN,
  type Value,
} from './value'

/** Longest literal of JSON that is read, characters. */
const MOST_JSON = 1 << 16

/** What is in a literal of JSON. A name that comes from there was written to be no name. */
export function parsedJson(first: Value | undefined): Value | undefined {
  const text = first === undefined ? undefined : textOf(first)
  if (text === undefined || text.length > MOST_JSON) return undefined
  try {
    return jsonValue(JSON.parse(text), 0)
  } catch {
    return undefined
  }
}

function jsonValue(value: unknown, depth: number): Value {
  if (value === null || typeof value === 'number' || typeof value === 'boolean')
    return constantValue(value)
  if (typeof value === 'string') return constantValue(value, true)
  if (depth > 6 || typeof value !== 'object') return UNKNOWN
  if (Array.isArray(value))
    return shapeValue(arrayShape(value.map((item) => jsonValue(item, depth + 1))))
  const shape = objectShape()
  for (const [key, item] of Object.entries(value))
    shape.properties.set(key, jsonValue(item, depth + 1))
  return shapeValue(shape)
}

/** In the order of the language: whole numbers first. */
export function ownKeys({ properties }: Shape): string[] {
  const keys = [...properties.keys()]
  const isIndex = (key: string) => /^(?:0|[1-9]\d{0,9})$/.test(key)
  return [
    ...keys.filter(isIndex).sort((a, b) => Number(a) - Number(b)),
    ...keys.filter((key) => !isIndex(key)),
  ]
}

/** Entries of a Map are kept beside the names of its methods. */
export const mapKey = ({ known, constant }: Value): string | undefined =>
  known && (typeof constant === 'string' || typeof constant === 'number')
    ? `%entry ${constant}`
    : undefined
