import { displayName } from '../path-text'

/** Records that change what a member is (POSIX.1-2017, pax, "pax Extended Header"; GNU sparse). */
export interface TarOverrides {
  path?: string
  link?: string
  size?: number
  sparse?: boolean
}

const DECIMAL = /^\d{1,16}$/

/** Records are '<length> <key>=<value>\n'; the length counts itself. undefined when one is not. */
export function readPaxRecords(bytes: Buffer): TarOverrides | undefined {
  const overrides: TarOverrides = {}
  let at = 0
  while (at < bytes.length) {
    const space = bytes.indexOf(0x20, at)
    const digits = space === -1 || space - at > 10 ? '' : bytes.toString('latin1', at, space)
    const end = at + (DECIMAL.test(digits) ? Number(digits) : 0)
    if (end <= space + 2 || end > bytes.length || bytes[end - 1] !== 0x0a) return undefined
    const equals = bytes.subarray(0, end).indexOf(0x3d, space)
    if (equals === -1) return undefined
    const key = bytes.toString('latin1', space + 1, equals)
    if (!apply(overrides, key, bytes.subarray(equals + 1, end - 1))) return undefined
    at = end
  }
  return overrides
}

function apply(overrides: TarOverrides, key: string, value: Buffer): boolean {
  if (key === 'path') overrides.path = displayName(value)
  else if (key === 'linkpath') overrides.link = displayName(value)
  else if (key.startsWith('GNU.sparse.')) {
    overrides.sparse = true
    if (key === 'GNU.sparse.name') overrides.path = displayName(value)
  } else if (key === 'size') {
    const digits = value.toString('latin1')
    if (!DECIMAL.test(digits)) return false
    overrides.size = Number(digits)
  }
  return true
}
