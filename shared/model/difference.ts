import { canonicalText } from './canonical'

/** Where a stated value is not what it should be. */
export interface Difference {
  /** JSONPath in its normal form (RFC 9535), from the statement down. */
  path: string
  stated: string
  recomputed: string
}

/** The first place, in order of keys, where two JSON values are not the same. */
export function firstDifference(
  stated: unknown,
  recomputed: unknown,
  path = '$',
): Difference | undefined {
  if (isObject(stated) && isObject(recomputed)) {
    for (const key of [...new Set([...Object.keys(stated), ...Object.keys(recomputed)])].sort()) {
      const found = firstDifference(stated[key], recomputed[key], at(path, key))
      if (found !== undefined) return found
    }
    return undefined
  }
  if (Array.isArray(stated) && Array.isArray(recomputed)) {
    for (let index = 0; index < Math.max(stated.length, recomputed.length); index++) {
      const found = firstDifference(stated[index], recomputed[index], `${path}[${index}]`)
      if (found !== undefined) return found
    }
    return undefined
  }
  if (Object.is(stated, recomputed)) return undefined
  return { path, stated: shown(stated), recomputed: shown(recomputed) }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const at = (path: string, key: string) =>
  /^[A-Za-z_]\w*$/.test(key) ? `${path}.${key}` : `${path}[${quoted(key)}]`

const quoted = (key: string) =>
  `'${JSON.stringify(key).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`

const MOST_SHOWN = 80
function shown(value: unknown): string {
  if (value === undefined) return 'nothing'
  const text = canonicalText(value)
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text
}
