import type { Role } from '@shared/backend/identity'
import type { AccountState, SampleContents } from '@shared/contract/account'
import type { ActivityLog } from '../activity'
import type { Platform } from '../platform'
import { askAuth } from './account'
import { BackendError } from './backend'
import type { BackendService } from './index'
import type { Live } from './live'
import type { LocalPerson } from './twin-port'

/** What can be done with a local workspace, and with no hosted project. */
export interface LocalWorkspace {
  /** Goes on as the sample person who has this role. */
  switchRole(role: Role): Promise<AccountState>
  sampleContents(): Promise<SampleContents>
  removeSample(): Promise<AccountState>
  reset(): Promise<AccountState>
}

/** Whom one may be in the sample marketplace. Their sessions come from the workspace, without a password. */
export const SAMPLE_ROLES: Readonly<Record<Role, LocalPerson>> = {
  seller: { email: 'mira@sample.local', displayName: 'Mira Sample', roles: ['seller'] },
  moderator: {
    email: 'odell@sample.local',
    displayName: 'Odell Sample',
    roles: ['seller', 'moderator'],
  },
  admin: {
    email: 'ines@sample.local',
    displayName: 'Ines Sample',
    roles: ['seller', 'moderator', 'admin'],
  },
}

interface Parts {
  backend: BackendService
  platform: Pick<Platform, 'randomId' | 'log'>
  activity: ActivityLog
  /** Fills a new workspace with a small marketplace. */
  fill(backend: BackendService, live: Live): Promise<void>
}

export function createLocalWorkspace({ backend, platform, activity, fill }: Parts): LocalWorkspace {
  /** Of this run: who signs out of a workspace stays out until they choose somebody. */
  let last: Role | null = 'seller'

  async function signInAs(live: Live, role: Role): Promise<void> {
    const person = SAMPLE_ROLES[role]
    const [made] = await backend.twin.accounts([person])
    if (made === undefined) throw new Error(`The workspace made no ${role}.`)
    const { access_token, refresh_token } = made.session
    await askAuth(live, (auth) => auth.setSession({ access_token, refresh_token }))
  }

  backend.onVacant(async (live) => {
    if (last === null) return
    const { sample, withoutAdmin } = await live.info()
    // Without any admin it is a new one: nobody has been here.
    if (withoutAdmin && !sample) await fill(backend, live)
    await signInAs(live, last)
  })

  const requireLocal = () => {
    if (backend.state().kind === 'local') return
    throw new BackendError(
      'unreachable',
      'This is for the local workspace; a hosted project is connected. Choose the workspace under Connection.',
    )
  }

  const note = (
    kind: 'workspace.reset' | 'workspace.sample-removed',
    summary: string,
  ): Promise<void> =>
    activity.note({ operationId: platform.randomId(), kind, subject: 'workspace', summary })

  return {
    async switchRole(role) {
      requireLocal()
      last = role
      const live = await backend.attach()
      await signInAs(live, role)
      return backend.refresh()
    },
    async sampleContents() {
      requireLocal()
      return countSample(await backend.attach())
    },
    async removeSample() {
      requireLocal()
      const live = await backend.attach()
      last = null
      await backend.twin.removeSamples()
      // Whoever was signed in may have been one of them.
      backend.forgetSession(live)
      await note('workspace.sample-removed', 'Removed the sample data of the local workspace')
      return backend.refresh()
    },
    async reset() {
      requireLocal()
      const live = await backend.attach()
      backend.forgetSession(live)
      await backend.detach()
      await backend.twin.reset()
      last = 'seller'
      await note('workspace.reset', 'Deleted the local workspace and made a new one')
      return backend.open()
    },
  }
}

/** What a removal would delete, as far as the one who is signed in can see it. */
async function countSample(live: Live): Promise<SampleContents> {
  const people = new Set<string>()
  let listings = 0
  let results = 0
  for await (const row of pages((after) =>
    live.read('list_listings', {
      p_query: { scope: 'published', state: null, category: null, text: '', sort: 'name' },
      p_after: after,
      p_limit: 100,
    }),
  )) {
    if (!row.seller.sample) continue
    listings++
    people.add(row.seller.id)
  }
  for await (const row of pages((after) =>
    live.read('list_results', { p_listing_id: null, p_after: after, p_limit: 100 }),
  ))
    if (row.seller.sample) results++
  return { people: people.size, listings, results }
}

async function* pages<Row>(
  read: (after: string | null) => Promise<{ rows: Row[]; next: string | null }>,
): AsyncGenerator<Row> {
  let after: string | null = null
  do {
    const page: { rows: Row[]; next: string | null } = await read(after)
    yield* page.rows
    after = page.next
  } while (after !== null)
}
