import { join } from 'node:path'
import type { BackendService } from '../../backend'
import { BackendError } from '../../backend/backend'
import { readConnection } from '../../backend/connection'
import type { Platform } from '../../platform'
import type { SettingsService } from '../../settings'
import type { ObjectStore } from '.'
import { createFolderObjects } from './folder'

interface Parts {
  backend: Pick<BackendService, 'attach'>
  settings: SettingsService
  platform: Pick<Platform, 'paths'>
}

/** The private bucket of versions, resources/supabase/migrations. */
const BUCKET = 'models'

/** Where bytes go with the connection of now; null where there is none. */
export function connectedObjects({ backend, settings, platform }: Parts): ObjectStore | null {
  const target = connectionOf(settings)
  if (target === null) return null
  // Below the folder of the local workspace: a reset of it takes them along.
  if (target.kind === 'local')
    return createFolderObjects(join(platform.paths.data, 'twin', 'objects'))
  return {
    async put(request) {
      const { createTusObjects } = await import('./tus')
      const store = createTusObjects({
        endpoint: `${target.url}/storage/v1/upload/resumable`,
        bucket: BUCKET,
        async headers() {
          const live = await backend.attach()
          const token = await live.session.token(request.signal)
          return { apikey: target.key, authorization: `Bearer ${token ?? target.key}` }
        },
      })
      return store.put(request)
    },
  }
}

function connectionOf(settings: SettingsService) {
  try {
    return readConnection(settings)
  } catch (error) {
    if (error instanceof BackendError) return null
    throw error
  }
}
