import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { createTar } from 'nanotar'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type EnginePackage, enginePackage } from '../../../electron/core/benchmark/engine-packages'
import { installEngine } from '../../../electron/core/benchmark/install-engine'

const TARBALL = Buffer.from(
  gzipSync(
    createTar([
      { name: 'package/LICENSE', data: 'MIT' },
      { name: 'package/package.json', data: '{}' },
      { name: 'package/bins/here/llama-addon.node', data: 'addon' },
      { name: 'package/bins/here/../../../../outside', data: 'no' },
      { name: 'package/bins/here/deep/file', data: 'no' },
    ]),
  ),
)

let folder: string
let server: Server
let answer: { status: number; body: Buffer }
let wanted: EnginePackage

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'install-'))
  answer = { status: 200, body: TARBALL }
  server = createServer((_, response) => {
    response.writeHead(answer.status).end(answer.body)
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  wanted = {
    engine: 'llama-cpp',
    name: '@example/here',
    version: '1.0.0',
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/here-1.0.0.tgz`,
    bytes: TARBALL.length,
    integrity: `sha512-${createHash('sha512').update(TARBALL).digest('base64')}`,
    folder: 'package/bins/here/',
    licence: 'MIT',
  }
})
afterEach(() => {
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

const install = (from?: string) =>
  installEngine({ package: wanted, dataFolder: folder, ...(from === undefined ? {} : { from }) })
const left = () => readdirSync(join(folder, 'engines'))

describe('installing an engine', () => {
  test('unpacks the files of its folder and its licence, and nothing else', async () => {
    const target = await install()
    expect(readdirSync(target).sort()).toEqual(['LICENSE', 'llama-addon.node'])
    expect(readFileSync(join(target, 'llama-addon.node'), 'utf8')).toBe('addon')
    expect(existsSync(join(folder, 'outside'))).toBe(false)
    expect(left()).toEqual(['llama-cpp-1.0.0'])
  })
  test('asks nobody when it is there already', async () => {
    const target = await install()
    server.close()
    expect(await install()).toBe(target)
  })
  test('refuses a file whose hash is not the pinned one, and leaves nothing behind', async () => {
    answer.body = Buffer.from(TARBALL).fill(0, 20, 21)
    await expect(install()).rejects.toThrow('its SHA-512 differs from the pinned one')
    expect(left()).toEqual([])
  })
  test('refuses a file that does not end where it should', async () => {
    answer.body = Buffer.concat([TARBALL, Buffer.alloc(1_000_000)])
    await expect(install()).rejects.toThrow('SHA-512 differs')
  })
  test('says what to do when the registry has no such file', async () => {
    answer.status = 404
    await expect(install()).rejects.toThrow(/answered 404.*--from/)
    expect(left()).toEqual([])
  })
  test('says what to do without a connection', async () => {
    server.close()
    server.closeAllConnections()
    await expect(install()).rejects.toMatchObject({
      problem: 'offline',
      message: expect.stringMatching(/could not be fetched from 127\.0\.0\.1.*--from/),
    })
  })
  test('takes the file from a disk, and checks it all the same', async () => {
    const copy = join(folder, 'copy.tgz')
    writeFileSync(copy, TARBALL)
    server.close()
    expect(readdirSync(await install(copy))).toContain('llama-addon.node')
    rmSync(join(folder, 'engines'), { recursive: true })
    writeFileSync(copy, 'something else')
    await expect(install(copy)).rejects.toThrow('SHA-512 differs')
    await expect(install(join(folder, 'missing'))).rejects.toThrow('cannot be used')
  })
  test('leaves nothing behind when it is cancelled', async () => {
    const aborted = AbortSignal.abort()
    await expect(
      installEngine({ package: wanted, dataFolder: folder, signal: aborted }),
    ).rejects.toThrow('aborted')
    expect(left()).toEqual([])
  })
})

test('every system that the console runs on has a package of llama.cpp', () => {
  for (const [platform, architecture] of [
    ['linux', 'x64'],
    ['linux', 'arm64'],
    ['win32', 'x64'],
    ['darwin', 'x64'],
    ['darwin', 'arm64'],
  ] as const)
    expect(enginePackage(platform, architecture)).toMatchObject({
      url: expect.stringMatching(/^https:\/\/registry\.npmjs\.org\//),
      integrity: expect.stringMatching(/^sha512-[A-Za-z0-9+/]{86}==$/),
    })
  expect(enginePackage('aix', 'ppc64')).toBeUndefined()
})
