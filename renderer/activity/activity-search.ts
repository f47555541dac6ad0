import type { ActivityKind } from '@shared/contract/activity'
import { ACTIVITY_KINDS } from '@shared/contract/activity-kinds'
import { searched } from '../ui/table-page/searched'

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
  const q = searched(search.q, 200)
  return {
    ...(q && { q }),
    ...(about && { about }),
  }
}

/** Kinds are named '<subject>.<what happened>'. */
export const kindsAbout = (about: Subject): ActivityKind[] =>
  ACTIVITY_KINDS.filter((kind) => kind.startsWith(`${about}.`))

export type WhichRecord = 'local' | 'server'

export const recordOf = (search: Record<string, unknown>): WhichRecord =>
  search.of === 'server' ? 'server' : 'local'

export interface ServerSearch {
  of: 'server'
  kind?: string
  /** Ids of a person, and of what it happened to. */
  actor?: string
  subject?: string
}

const ID = /^[0-9a-f-]{36}$/

export function parseServerSearch(search: Record<string, unknown>): ServerSearch {
  const { kind, actor, subject } = search
  return {
    of: 'server',
    ...(typeof kind === 'string' && /^[a-z_]+\.[a-z_]+$/.test(kind) && { kind }),
    ...(typeof actor === 'string' && ID.test(actor) && { actor }),
    ...(typeof subject === 'string' && ID.test(subject) && { subject }),
  }
}
