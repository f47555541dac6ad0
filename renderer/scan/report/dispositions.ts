import type { Disposition, DispositionKind } from '@shared/scan-report/disposition'

/** Spelled out here: the list of the contract would bring its schema library into the page. */
export const KINDS: readonly DispositionKind[] = [
  'false-positive',
  'accepted-risk',
  'used-in-tests',
]

export type State = DispositionKind | 'open'
export const STATES: readonly (State | 'aside')[] = ['open', 'aside', ...KINDS]

export const stateOf = (disposition: Disposition | null): State => disposition?.kind ?? 'open'

/** 'aside' is every state but open. */
export function stateMatches(state: State, wanted: State | 'aside'): boolean {
  return wanted === 'aside' ? state !== 'open' : state === wanted
}

/** Most findings that one request of the contract names one by one. */
export const MOST_NAMED = 20_000

/** A path cannot hold NUL on any system, so the two parts never run into each other. */
export const dispositionKey = (path: string, fingerprint: string): string =>
  `${path}\0${fingerprint}`

interface Judged {
  finding: { fingerprint: string }
  file: { path: string }
  disposition: Disposition | null
}

/**
 * The rows with what was decided about them. A row whose state did not change keeps its identity,
 * so that only changed rows of a table are drawn again.
 */
export function withDispositions<Row extends Judged>(
  rows: readonly Row[],
  dispositions: readonly Disposition[],
): readonly Row[] {
  if (dispositions.length === 0) return rows
  const decided = new Map(
    dispositions.map((one) => [dispositionKey(one.path, one.fingerprint), one] as const),
  )
  return rows.map((row) => {
    const disposition = decided.get(dispositionKey(row.file.path, row.finding.fingerprint)) ?? null
    return disposition === row.disposition ? row : { ...row, disposition }
  })
}

export function countByState(rows: readonly Judged[]): Record<State | 'aside', number> {
  const counts = {
    open: 0,
    aside: 0,
    'false-positive': 0,
    'accepted-risk': 0,
    'used-in-tests': 0,
  }
  for (const { disposition } of rows) {
    counts[stateOf(disposition)] += 1
    if (disposition !== null) counts.aside += 1
  }
  return counts
}

/** What `dispositions.preview` and `apply` are asked for: exactly the rows that a person sees. */
export function exactly(rows: readonly Judged[]) {
  return {
    findings: rows
      .slice(0, MOST_NAMED)
      .map(({ file, finding }) => ({ path: file.path, fingerprint: finding.fingerprint })),
  }
}

/** '2026-11-22' of so many days from today, by the calendar of the host's decisions (UTC). */
export function dayFrom(today: Date, days: number): string {
  return new Date(today.getTime() + days * 86_400_000).toISOString().slice(0, 10)
}
