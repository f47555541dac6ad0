import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Platform } from '../platform'
import { readSecret, writeSecret } from '../secrets'

/** Where the refresh token survives a restart: sealed by the keychain, or not at all. */
export interface KeptSession {
  readonly protection: 'system' | 'memory'
  /** Null where none is kept for this connection, or none that can be opened. */
  read(): Promise<string | null>
  write(refreshToken: string): Promise<void>
  wipe(): void
}

/**
 * `connection` names the backend the token is for: another one must never be sent it. A file that
 * only its rights protect would hand the account to whoever copies the disk, so there it stays in
 * memory, and the page says so.
 */
export function keepSession(
  platform: Pick<Platform, 'paths' | 'secrets' | 'log'>,
  connection: string,
): KeptSession {
  const file = join(platform.paths.data, 'keys/session.json')
  const { secrets } = platform
  const wipe = () => rmSync(file, { force: true })
  if (secrets.protection === 'file')
    return {
      protection: 'memory',
      read: async () => null,
      write: async () => {},
      // A session of the desktop window may lie there; signing out here ends only our own.
      wipe: () => {},
    }
  return {
    protection: 'system',
    async read() {
      try {
        const kept = await readSecret(file, secrets)
        return kept?.keyId === connection ? kept.text : null
      } catch {
        platform.log('error', 'The kept session could not be opened; sign in again.')
        wipe()
        return null
      }
    },
    write: (refreshToken) => writeSecret(file, secrets, connection, refreshToken),
    wipe,
  }
}
