import { JsonError, type JsonVisitor, readJson } from '../tensor/json-reader'

export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject
/** A Map: names like __proto__ are keys like any other. The last of two equal keys counts, as in Python. */
export type JsonObject = ReadonlyMap<string, JsonValue>

export const isObject = (value: JsonValue | undefined): value is JsonObject => value instanceof Map

/**
 * The first JSON document in `bytes` and where it ends, or undefined when there is none. NaN and
 * Infinity are read too: Python's json takes them, so a model may hide behind one.
 */
export function readJsonTree(
  bytes: Buffer,
  tick: () => void,
): { value: JsonValue; end: number } | undefined {
  let root: JsonValue = null
  const open: { container: JsonValue[] | Map<string, JsonValue>; key: string }[] = []
  const put = (value: JsonValue): void => {
    const top = open.at(-1)
    if (top === undefined) root = value
    else if (Array.isArray(top.container)) top.container.push(value)
    else top.container.set(top.key, value)
  }
  const visitor: JsonVisitor = {
    open(kind) {
      const container = kind === 'array' ? [] : new Map<string, JsonValue>()
      put(container)
      open.push({ container, key: '' })
    },
    close: () => void open.pop(),
    key(name) {
      const top = open.at(-1)
      if (top !== undefined) top.key = name
    },
    value: put,
  }
  try {
    const end = readJson(bytes, visitor, tick, { python: true })
    return { value: root, end }
  } catch (error) {
    if (error instanceof JsonError) return undefined
    throw error
  }
}

/** Every object of the document, outer ones first. Documents are at most 128 levels deep. */
export function* objectsOf(value: JsonValue): Generator<JsonObject> {
  const pending: JsonValue[] = [value]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (isObject(next)) {
      yield next
      for (const child of next.values()) if (typeof child === 'object') pending.push(child)
    } else if (Array.isArray(next))
      for (const child of next) if (typeof child === 'object') pending.push(child)
  }
}

export const textAt = (object: JsonObject | undefined, key: string): string | undefined => {
  const value = object?.get(key)
  return typeof value === 'string' ? value : undefined
}

export const objectAt = (object: JsonObject | undefined, key: string): JsonObject | undefined => {
  const value = object?.get(key)
  return isObject(value) ? value : undefined
}

export const listAt = (object: JsonObject | undefined, key: string): readonly JsonValue[] => {
  const value = object?.get(key)
  return Array.isArray(value) ? value : []
}
