import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { FILE_SECRETS } from '../../../electron/core/secrets'
import { systemSecrets } from '../../../electron/main/secrets'
import { safeStorage } from '../../doubles/electron'
import { connectFrom, type Host, OUR_FRAME, startHost } from './host'

afterEach(() => {
  safeStorage.available = true
  safeStorage.backend = 'gnome_libsecret'
})

describe('secrets in the desktop window', () => {
  test('are sealed by the keychain of the system', async () => {
    const secrets = systemSecrets()
    expect(secrets.protection).toBe('system')
    const sealed = await secrets.seal('-----BEGIN x')
    expect(sealed).not.toContain('BEGIN')
    expect(await secrets.open(sealed)).toBe('-----BEGIN x')
  })
  test('are protected by the file only where there is no keychain, which is not hidden', () => {
    safeStorage.available = false
    expect(systemSecrets()).toBe(FILE_SECRETS)
  })
  test.runIf(process.platform === 'linux')(
    'are not called sealed where Chromium would use a password that everybody knows',
    () => {
      safeStorage.backend = 'basic_text'
      expect(systemSecrets()).toBe(FILE_SECRETS)
    },
  )
})

describe('the signing key of the desktop console', () => {
  let host: Host
  beforeAll(async () => {
    host = await startHost()
  })
  afterAll(() => host.close())

  test('lies sealed on the disk, and its protection is told', async () => {
    const { client, port } = connectFrom(OUR_FRAME)
    await client.model.rotateKey()
    expect(await client.model.keys()).toMatchObject({ protection: 'system', own: [{}] })
    const stored = readFileSync(join(host.dataFolder, 'keys/signing-key.json'), 'utf8')
    expect(JSON.parse(stored)).toMatchObject({ version: 1, protection: 'system' })
    expect(stored).not.toContain('PRIVATE KEY')
    port.close()
  })
})
