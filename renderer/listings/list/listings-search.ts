import type { ListingQuery } from '@shared/backend/listings'
import { CATEGORIES, LISTING_STATES } from '@shared/backend/words'
import { searched } from '../../ui/table-page/searched'

export const SCOPES = ['mine', 'published', 'all'] as const
export const SORTS = ['updated', 'name', 'price'] as const

/** What the address of Listings holds; `mine` and `updated` go without saying. */
export interface ListingsSearch {
  q?: string
  scope?: ListingQuery['scope']
  state?: NonNullable<ListingQuery['state']>
  category?: NonNullable<ListingQuery['category']>
  sort?: ListingQuery['sort']
}

export function parseListingsSearch(search: Record<string, unknown>): ListingsSearch {
  const q = searched(search.q, 200)
  const scope = SCOPES.find((known) => known === search.scope)
  const state = LISTING_STATES.find((known) => known === search.state)
  const category = CATEGORIES.find((known) => known === search.category)
  const sort = SORTS.find((known) => known === search.sort)
  return {
    ...(q && { q }),
    ...(scope && scope !== 'mine' && { scope }),
    // What is published has one state.
    ...(state && scope !== 'published' && { state }),
    ...(category && { category }),
    ...(sort && sort !== 'updated' && { sort }),
  }
}
