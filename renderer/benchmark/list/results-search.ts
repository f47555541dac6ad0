import { searched } from '../../ui/table-page/searched'

export interface ResultsSearch {
  q?: string
  /** Shows reference models too. */
  references?: boolean
}

export function parseResultsSearch(search: Record<string, unknown>): ResultsSearch {
  const q = searched(search.q, 200)
  return {
    ...(q && { q }),
    ...(search.references === true && { references: true }),
  }
}
