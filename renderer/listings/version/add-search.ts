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

/** The number after the highest there is; 1.0.0 for a first one. */
export function nextNumber(numbers: readonly string[]): string {
  const parsed = numbers.flatMap((number) => {
    const found = /^(\d+)\.(\d+)\.(\d+)/.exec(number)
    return found ? [[Number(found[1]), Number(found[2]), Number(found[3])] as const] : []
  })
  const [last] = parsed.toSorted((a, b) => b[0] - a[0] || b[1] - a[1] || b[2] - a[2])
  return last === undefined ? '1.0.0' : `${last[0]}.${last[1]}.${last[2] + 1}`
}
