import { safeStorage } from 'electron'
import { FILE_SECRETS, type Secrets } from '../core/secrets'

/**
 * The keychain of the system. On a Linux without one, Chromium would encrypt with a password that
 * everybody knows ('basic_text'): then the file's rights protect it, and the user is told so.
 */
export function systemSecrets(): Secrets {
  const isReal =
    safeStorage.isEncryptionAvailable() &&
    (process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text')
  if (!isReal) return FILE_SECRETS
  return {
    protection: 'system',
    seal: async (text) => safeStorage.encryptString(text).toString('base64'),
    open: async (sealed) => safeStorage.decryptString(Buffer.from(sealed, 'base64')),
  }
}
