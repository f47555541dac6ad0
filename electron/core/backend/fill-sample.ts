import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { RPCS, type WriteName } from '@shared/backend'
import { z } from 'zod'
import { idOf } from '../deterministic-id'
import type { Platform } from '../platform'
import type { Live } from './live'
import { SAMPLE_ROLES } from './sample-roles'
import type { TwinPort } from './twin-port'

/** resources/supabase/local/sample.json: a small marketplace as the calls that make it. */
const Sample = z.object({
  people: z.array(
    z.object({
      email: z.string().endsWith('@sample.local'),
      handle: z.string(),
      displayName: z.string(),
      roles: z.array(z.enum(['seller', 'moderator', 'admin'])),
    }),
  ),
  calls: z.array(
    z.object({
      /** E-mail address of who calls. */
      as: z.string(),
      rpc: z.string().refine((name): name is WriteName => Object.hasOwn(RPCS, name)),
      /** `{ "$days": 3 }` stands for the moment three days ago, `{ "$revision": id }` for the last of a listing. */
      args: z.record(z.string(), z.unknown()),
    }),
  ),
})

const DAY_MS = 24 * 60 * 60 * 1000

/**
 * Fills a new workspace. Every call goes through the API as the person it is by, so that whatever the
 * server would refuse is not in the sample; calls have fixed operation ids, so that a fill which broke
 * off goes on where it was.
 */
export async function fillSample(
  platform: Pick<Platform, 'paths' | 'now'>,
  twin: TwinPort,
  live: Live,
): Promise<void> {
  const file = join(platform.paths.resources, 'supabase/local/sample.json')
  const { people, calls } = Sample.parse(JSON.parse(readFileSync(file, 'utf8')))
  const sessions = await twin.accounts(people)
  const backends = new Map(
    sessions.map(({ email, session }) => [email, live.as(session.access_token)]),
  )
  const revisions = new Map<string, number>()
  for (const [index, { as, rpc, args }] of calls.entries()) {
    const backend = backends.get(as)
    if (backend === undefined) throw new Error(`The sample knows no ${as}.`)
    const filled = fillIn(args, platform.now(), revisions) as never
    const answer: unknown = await backend.write(
      rpc as WriteName,
      idOf('sample call', String(index)),
      filled,
    )
    const saved = Revision.safeParse(answer)
    if (saved.success) revisions.set(saved.data.id, saved.data.revision)
  }
  // Last of all: a workspace without an admin is one that was not filled to its end.
  await twin.accounts([SAMPLE_ROLES.admin])
  await twin.maintain('mark_sample')
}

const Revision = z.object({ id: z.string(), revision: z.number() })
const Days = z.strictObject({ $days: z.number() })
const OfListing = z.strictObject({ $revision: z.string() })

function fillIn(value: unknown, now: Date, revisions: ReadonlyMap<string, number>): unknown {
  if (Array.isArray(value)) return value.map((part) => fillIn(part, now, revisions))
  if (typeof value !== 'object' || value === null) return value
  const days = Days.safeParse(value)
  if (days.success) return new Date(now.getTime() - days.data.$days * DAY_MS).toISOString()
  const listing = OfListing.safeParse(value)
  if (listing.success) return revisions.get(listing.data.$revision) ?? 0
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, fillIn(part, now, revisions)]),
  )
}
