import type { ListingRow } from '@shared/backend/listings'

/** What a row of the list shows to be missing; the server has the last word (check_version). */
export const GAPS = ['version', 'licence', 'price', 'scan', 'scan-verdict', 'benchmark'] as const
export type Gap = (typeof GAPS)[number]

/** Empty for what is published already, and for what a row cannot show to be missing. */
export function gapsOf(row: ListingRow): Gap[] {
  if (row.state !== 'draft') return []
  const { version, licence, price, scan, benchmark } = row
  const missing: Record<Gap, boolean> = {
    version: version === null,
    licence: licence === null,
    price: price === null,
    scan: version !== null && scan === null,
    'scan-verdict': scan !== null && scan.verdict !== 'clean',
    benchmark: version !== null && benchmark === 'missing',
  }
  return GAPS.filter((gap) => missing[gap])
}
