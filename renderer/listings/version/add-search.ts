/** How far adding a version is; in the address, so that a reload goes on. */
export interface AddSearch {
  /** A stored scan: its files are the version. */
  report?: string
  /** The scan under way. */
  job?: string
  /** A version that is there: only the scan is sent. */
  version?: string
}

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)

export function parseAddSearch(search: Record<string, unknown>): AddSearch {
  const report = text(search.report)
  const job = text(search.job)
  const version = text(search.version)
  return { ...(report && { report }), ...(job && { job }), ...(version && { version }) }
}
