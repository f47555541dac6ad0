import type { Role } from '@shared/backend/identity'
import { type AccountState, SampleContents } from '@shared/contract/account'
import type { ActivityLog } from '../activity'
import type { Platform } from '../platform'
import { askAuth } from './account'
import { BackendError } from './backend'
import { fillSample } from './fill-sample'
import type { BackendService } from './index'
import type { Live } from './live'
import { SAMPLE_ROLES } from './sample-roles'

/** What can be done with a local workspace, and with no hosted project. */
export interface LocalWorkspace {
  /** Goes on as the sample person who has this role. */
  switchRole(role: Role): Promise<AccountState>
  sampleContents(): Promise<SampleContents>
  removeSample(): Promise<AccountState>
  reset(): Promise<AccountState>
}

interface Parts {
  backend: BackendService
  platform: Pick<Platform, 'randomId' | 'log' | 'now' | 'paths'>
  activity: ActivityLog
}

export function createLocalWorkspace({ backend, platform, activity }: Parts): LocalWorkspace {
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
    if (withoutAdmin && !sample) {
      // What could not be filled is tried again at the next start; the workspace is there all the same.
      await fillSample(platform, backend.twin, live).catch((error: unknown) =>
        platform.log('error', `The sample data is not complete: ${String(error)}`),
      )
      live.forgetInfo()
    }
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
      await backend.attach()
      return SampleContents.parse(await backend.twin.maintain('count_sample'))
    },
    async removeSample() {
      requireLocal()
      await backend.attach()
      await backend.twin.maintain('remove_sample')
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
