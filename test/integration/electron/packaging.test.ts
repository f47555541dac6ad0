import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findInstallation } from '../../../electron/main/installation'
import { ROOT } from '../../fixtures/console'

// The shape of the package only: electron-builder itself needs Electron's binary, and a network.
describe('electron-builder.yml', () => {
  const text = readFileSync(join(ROOT, 'electron-builder.yml'), 'utf8')
  test.each([
    ['runAsNode', false],
    ['enableCookieEncryption', true],
    ['enableNodeOptionsEnvironmentVariable', false],
    ['enableNodeCliInspectArguments', false],
    ['enableEmbeddedAsarIntegrityValidation', true],
    ['onlyLoadAppFromAsar', true],
    ['loadBrowserProcessSpecificV8Snapshot', false],
    ['grantFileProtocolExtraPrivileges', false],
  ])('the fuse %s is %s', (fuse, value) => {
    expect(text).toMatch(new RegExp(`^ {2}${fuse}: ${value}$`, 'm'))
  })
  test('the application is an asar and the native module lies beside it', () => {
    expect(text).toMatch(/^asar: true$/m)
    expect(text).toMatch(/^asarUnpack:\n {2}- node_modules\/better-sqlite3\/prebuilds\/\*\.node$/m)
  })
  test.each(['children', 'resources', 'node'])('%s is shipped beside the asar', (folder) => {
    expect(text).toMatch(new RegExp(`^ +to: ${folder}$`, 'm'))
  })
  test('child bundles and the Node packages are not inside as well', () => {
    expect(text).not.toMatch(/^ {2}- out\/(\*\*|children)/m)
    expect(text).toContain("'!node_modules/{node-linux,node-win,node-darwin,node-bin-darwin}-*'")
  })
})

describe('a packaged installation', () => {
  const binary = process.platform === 'win32' ? 'node.exe' : 'node'
  let folder: string
  let bundle: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'console-package-'))
    bundle = join(folder, 'app.asar/out/main')
    for (const name of ['app.asar/out/main', 'app.asar/out/renderer', 'node/bin'])
      mkdirSync(join(folder, name), { recursive: true })
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('says which part is missing', () => {
    expect(() => findInstallation(bundle, folder)).toThrow(/page is not in .*Reinstall the console/)
    writeFileSync(join(folder, 'app.asar/out/renderer/index.html'), '')
    expect(() => findInstallation(bundle, folder)).toThrow(/Node for the scan processes is not at/)
  })
  test('finds the page in the asar, and what plain Node reads beside it', () => {
    writeFileSync(join(folder, 'app.asar/out/renderer/index.html'), '')
    writeFileSync(join(folder, 'node/bin', binary), '')
    expect(findInstallation(bundle, folder)).toEqual({
      pageFolder: join(folder, 'app.asar/out/renderer'),
      preload: join(folder, 'app.asar/out/preload/index.cjs'),
      resources: join(folder, 'resources'),
      children: join(folder, 'children'),
      node: join(folder, 'node/bin', binary),
    })
  })
})
