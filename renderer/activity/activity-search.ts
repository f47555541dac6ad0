import type { ActivityKind } from '@shared/contract/activity'
import { ACTIVITY_KINDS } from '@shared/contract/activity-kinds'

export const SUBJECTS = [
  'any',
  'scan',
  'report',
  'benchmark',
  'claim',
  'engine',
  'disposition',
  'passport',
  'key',
  'policy',
  'settings',
  'cache',
] as const
export type Subject = (typeof SUBJECTS)[number]

export interface ActivitySearch {
  q?: string
  about?: Subject
}

export function parseActivitySearch(search: Record<string, unknown>): ActivitySearch {
  const about = SUBJECTS.find((known) => known === search.about && known !== 'any')
  const q = typeof search.q === 'number' ? String(search.q) : search.q
  return {
    ...(typeof q === 'string' && q !== '' && { q: q.slice(0, 200) }),
    ...(about && { about }),
  }
}

/** Kinds are named '<subject>.<what happened>'. */
export const kindsAbout = (about: Subject): ActivityKind[] =>
  ACTIVITY_KINDS.filter((kind) => kind.startsWith(`${about}.`))
