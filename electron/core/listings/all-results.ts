import type { PublishedResultRow } from '@shared/backend/results'
import type { Backend } from '../backend/backend'

/** Results of one listing that a page takes in; a listing has one or two a version and machine. */
const MOST_PAGES = 10
const PAGE = 100

export async function allResults(
  backend: Backend,
  listingId: string,
  signal?: AbortSignal,
): Promise<PublishedResultRow[]> {
  const rows: PublishedResultRow[] = []
  let after: string | null = null
  for (let page = 0; page < MOST_PAGES; page++) {
    const args = { p_listing_id: listingId, p_after: after, p_limit: PAGE }
    const answer: { rows: PublishedResultRow[]; next: string | null } = await backend.read(
      'list_results',
      args,
      signal,
    )
    rows.push(...answer.rows)
    after = answer.next
    if (after === null) break
  }
  return rows
}
