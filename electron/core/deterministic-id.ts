import { hash } from 'node:crypto'

/**
 * A UUID (version 8, RFC 9562 5.8) that is a hash of what is named: what is sent twice by mistake is
 * the same operation, and the server answers the second time as it did the first.
 */
export function idOf(...named: readonly string[]): string {
  const hex = hash('sha256', named.join('\n'))
  const variant = ((Number.parseInt(hex[16] ?? '0', 16) & 3) | 8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
