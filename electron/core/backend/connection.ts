import type { SettingsService } from '../settings'
import { AddressError, projectUrl, publishableKey } from './address'
import { BackendError } from './backend'

/** Which backend this console works with. `id` names it in files and rows: no key is part of it. */
export type Connection =
  | { kind: 'local'; id: 'local' }
  | { kind: 'hosted'; id: string; url: string; key: string }

const KEYS = ['backend.connection', 'backend.url', 'backend.key'] as const

/** As the settings have it; throws BackendError where they cannot be used. */
export function readConnection(settings: SettingsService): Connection {
  const values = settings.values()
  if (values['backend.connection'] === 'local') return { kind: 'local', id: 'local' }
  try {
    const url = projectUrl(values['backend.url']).origin
    return { kind: 'hosted', id: url, url, key: publishableKey(values['backend.key']) }
  } catch (error) {
    if (!(error instanceof AddressError)) throw error
    throw new BackendError('unreachable', `${error.message} It is set under Connection.`)
  }
}

/** A flag or the environment decides, so that this run cannot change it. */
export function isFixed(settings: SettingsService): boolean {
  const { sources } = settings.get()
  return KEYS.some((key) => sources[key] === 'flag' || sources[key] === 'environment')
}

/** What was typed in, as it is kept. Throws AddressError. */
export const checkedConnection = (typed: { url: string; key: string }) => ({
  url: projectUrl(typed.url).origin,
  key: publishableKey(typed.key),
})

/** Address and public key go to the settings file; nothing else about a connection is kept there. */
export function writeConnection(
  settings: SettingsService,
  to: { url: string; key: string } | null,
): void {
  settings.update(
    to === null
      ? { 'backend.connection': 'local' }
      : { 'backend.connection': 'hosted', 'backend.url': to.url, 'backend.key': to.key },
  )
}
