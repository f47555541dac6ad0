import type { DispositionKind } from '@shared/scan-report/disposition'
import { dayFrom, exactly, MOST_NAMED } from './dispositions'
import type { FindingRow } from './findings'
import type { Decision, Filter } from './use-dispositions'

export const SCOPES = ['one', 'chosen', 'rule', 'matching'] as const
export type Scope = (typeof SCOPES)[number]
/** The rows that each scope stands for; an empty one is not offered. */
export type Targets = Record<Scope, readonly FindingRow[]>

export const HOLDS = ['never', 'days30', 'days90', 'date'] as const
export type Holds = (typeof HOLDS)[number]

export interface Draft {
  kind: DispositionKind
  reason: string
  holds: Holds
  /** ISO day; only where `holds` is 'date'. */
  date: string
}

export const LEAST_REASON = 3

/** First day on which the decision no longer holds; null is never. Undefined: the date is no good. */
export function expiryOf(
  draft: Pick<Draft, 'holds' | 'date'>,
  now: Date,
): string | null | undefined {
  switch (draft.holds) {
    case 'never':
      return null
    case 'days30':
      return dayFrom(now, 30)
    case 'days90':
      return dayFrom(now, 90)
    case 'date':
      return /^\d{4}-\d{2}-\d{2}$/.test(draft.date) && draft.date > dayFrom(now, 0)
        ? draft.date
        : undefined
  }
}

/** What to send, or which field is in the way. */
export function decisionOf(draft: Draft, now: Date): Decision | 'reason' | 'date' {
  const reason = draft.reason.trim()
  if (reason.length < LEAST_REASON) return 'reason'
  const expires = expiryOf(draft, now)
  return expires === undefined ? 'date' : { kind: draft.kind, reason, expires }
}

/**
 * A rule is named by its id, so that no limit applies; everything else finding by finding, so that
 * what is changed is exactly what was seen, whatever the host's search would match.
 */
export function filterOf(scope: Scope, targets: Targets): Filter {
  const ruleId = targets.rule[0]?.finding.ruleId
  if (scope === 'rule' && ruleId !== undefined) return { ruleIds: [ruleId] }
  return exactly(targets[scope])
}

export const isCut = (scope: Scope, targets: Targets): boolean =>
  scope !== 'rule' && targets[scope].length > MOST_NAMED
