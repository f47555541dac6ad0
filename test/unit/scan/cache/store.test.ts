import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openScanCache, type ScanCache } from '../../../../electron/core/scan/cache'
import type { FileResult } from '../../../../electron/core/scan/protocol'
import { LIMITS } from '../../../fixtures/limits'

const HOUR = 3_600_000
let folder: string
let now: number
let log: string[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cache-'))
  now = 1_700_000_000_000
  log = []
})
afterEach(() => rmSync(folder, { recursive: true }))

function open(megabytes = 16, build = 'build'): ScanCache {
  return openScanCache({
    platform: {
      now: () => new Date(now),
      childBuild: () => build,
      log: (_, message) => void log.push(message),
    },
    dataFolder: folder,
    limitBytes: () => megabytes * 1024 ** 2,
  })
}
const session = (cache: ScanCache) => {
  const opened = cache.session(LIMITS)
  if (opened === undefined) throw new Error('the cache is off')
  return opened
}
const STAT = { dev: '1', ino: '2', mtimeNs: '1000000001', ctimeNs: '1000000001' }
const file = (name: string) => ({ absolutePath: `/models/${name}`, hint: name, bytes: 10 })
const sha = (seed: string) => Buffer.from(seed.padEnd(32)).toString('hex')
const result = (seed: string, size = 0): FileResult => ({
  format: 'text',
  bytes: 10,
  sha256: sha(seed),
  stat: STAT,
  status: 'complete',
  reason: null,
  repeatable: true,
  facts: [{ kind: 'import', name: 'a.b', location: {}, evidence: 'x'.repeat(size) }],
})

describe('the file of the cache', () => {
  test('is shared with another process, which is not waited for', async () => {
    const cache = open()
    const own = session(cache)
    own.put(file('a'), result('a'), now)
    await own.end(true)
    const other = new Database(join(folder, 'cache.db'))
    other.exec('BEGIN IMMEDIATE')
    own.put(file('b'), result('b'), now)
    const ending = own.end(true)
    expect(await own.byStat(file('a'), STAT)).toMatchObject({ sha256: sha('a') })
    other.exec('ROLLBACK')
    await ending
    expect(await own.byStat(file('b'), STAT)).toMatchObject({ sha256: sha('b') })
    other.close()
    cache.close()
    expect(log).toEqual([])
  })
  test('belongs to one build of the scanner', async () => {
    const first = open()
    const own = session(first)
    own.put(file('a'), result('a'), now)
    await own.end(true)
    first.close()
    const second = open(16, 'newer build')
    expect(await session(second).byStat(file('a'), STAT)).toBeUndefined()
    expect(session(second).byContent(file('a'), sha('a'), STAT, now)).toBeUndefined()
    second.close()
  })
  test('makes room by what was used longest ago', async () => {
    const cache = open(1)
    const names = Array.from({ length: 120 }, (_, i) => `file-${i}`)
    const fill = async (some: string[]) => {
      const own = session(cache)
      for (const name of some) own.put(file(name), result(name, 4000), now)
      await own.end(true)
    }
    await fill(names)
    now += 2 * HOUR
    const own = session(cache)
    for (const name of names.slice(0, 20)) await own.byStat(file(name), STAT)
    await own.end(true)
    await fill(Array.from({ length: 160 }, (_, i) => `later-${i}`))
    const known = async (name: string) => (await own.byStat(file(name), STAT)) !== undefined
    expect([await known('file-0'), await known('file-60'), await known('later-159')]).toEqual([
      true,
      false,
      true,
    ])
    cache.close()
  })
  test('forgets a content with every place it was seen at', async () => {
    const cache = open()
    const own = session(cache)
    own.put(file('a'), result('a'), now)
    own.forget(file('a'), sha('a'))
    await own.end(true)
    own.put(file('b'), result('b'), now)
    await own.end(true)
    expect(await own.byStat(file('a'), STAT)).toBeUndefined()
    expect(cache.state()).toMatchObject({ entries: 1 })
    cache.close()
  })
  test('does not remember a place whose file may yet change unseen', async () => {
    const cache = open()
    const own = session(cache)
    own.put(file('a'), result('a'), 1001)
    await own.end(true)
    expect(await own.byStat(file('a'), STAT)).toBeUndefined()
    expect(own.byContent(file('a'), sha('a'), STAT, now)).toMatchObject({ sha256: sha('a') })
    await own.end(true)
    expect(await own.byStat(file('a'), STAT)).toMatchObject({ sha256: sha('a') })
    cache.close()
  })
  test('that cannot be written turns the cache off, and says so once', () => {
    const cache = openScanCache({
      platform: { now: () => new Date(), childBuild: () => '', log: (_, m) => void log.push(m) },
      dataFolder: join('/proc/nowhere'),
      limitBytes: () => 1024 ** 2,
    })
    expect([cache.session(LIMITS), cache.session(LIMITS)]).toEqual([undefined, undefined])
    expect(cache.state()).toMatchObject({ entries: 0, bytes: 0 })
    expect(log).toHaveLength(1)
  })
})
