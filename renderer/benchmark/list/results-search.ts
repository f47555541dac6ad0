export interface ResultsSearch {
  q?: string
  /** Shows reference models too. */
  references?: boolean
}

export function parseResultsSearch(search: Record<string, unknown>): ResultsSearch {
  // A search that looks like a number comes out of the address as one.
  const q = typeof search.q === 'number' ? String(search.q) : search.q
  return {
    ...(typeof q === 'string' && q !== '' && { q: q.slice(0, 200) }),
    ...(search.references === true && { references: true }),
  }
}
