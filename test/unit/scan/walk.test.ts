import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { scanFile } from '../../../electron/core/scan/child/scan-file'
import { walkRoots } from '../../../electron/core/scan/child/walk'
import type { FromChild } from '../../../electron/core/scan/protocol'
import { LIMITS } from '../../fixtures/scan-bytes'

const posix = process.platform !== 'win32'

function walk(paths: string[], maxFiles = 1000) {
  const messages: FromChild[] = []
  walkRoots(
    paths.map((path, index) => ({ index, path })),
    maxFiles,
    (message) => messages.push(message),
  )
  const entries = messages.flatMap((message) => (message.type === 'entries' ? message.entries : []))
  const last = messages.at(-1)
  if (last?.type !== 'walked') throw new Error('the walk did not end')
  return { entries, paths: entries.map((entry) => entry.path), ...last, messages }
}

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'walk-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))
const put = (path: string, text = 'text') => {
  const full = join(root, path)
  mkdirSync(join(full, '..'), { recursive: true })
  writeFileSync(full, text)
  return full
}

describe('walking a folder', () => {
  test('lists files by name, each folder before what is beside it later, with sizes', () => {
    for (const path of ['b.txt', 'a.txt', 'c/z.txt', 'c/a.txt', 'B/x.txt']) put(path)
    const result = walk([root])
    expect(result.paths).toEqual(['a.txt', 'b.txt', 'B/x.txt', 'c/a.txt', 'c/z.txt'])
    expect(result.entries[0]).toMatchObject({
      root: 0,
      bytes: 4,
      absolutePath: join(root, 'a.txt'),
    })
    expect(result).toMatchObject({ notes: [], unreadable: [] })
  })

  test('takes a file as a root of its own name', () => {
    expect(walk([put('model.pt')]).paths).toEqual(['model.pt'])
  })

  test('keeps several roots apart', () => {
    put('a/x')
    put('b/x')
    const { entries } = walk([join(root, 'a'), join(root, 'b')])
    expect(entries.map(({ root: index, path }) => [index, path])).toEqual([
      [0, 'x'],
      [1, 'x'],
    ])
  })

  test('notes links and does not follow them, not even in a circle', () => {
    put('a.txt')
    symlinkSync(root, join(root, 'circle'))
    symlinkSync('a.txt', join(root, 'link'))
    const result = walk([root])
    expect(result.paths).toEqual(['a.txt'])
    expect(result.notes).toEqual([
      'circle is a symbolic link and was not followed.',
      'link is a symbolic link and was not followed.',
    ])
  })

  test('follows a root that is a link', () => {
    put('real/a.txt')
    symlinkSync(join(root, 'real'), join(root, 'link'))
    const result = walk([join(root, 'link')])
    expect(result.paths).toEqual(['a.txt'])
  })

  test('reports a root that is not there', () => {
    expect(walk([join(root, 'missing')]).unreadable).toEqual([
      { root: 0, path: 'missing', reason: 'It is not there.' },
    ])
  })

  test('notes that the limit of files was reached, and that the rest was not read', () => {
    for (let index = 0; index < 5; index++) put(`${index}`)
    const result = walk([root], 3)
    expect(result.paths).toHaveLength(3)
    const sentence = 'Only the first 3 files were scanned, the limit of one scan.'
    expect(result.notes).toEqual([sentence])
    expect(result.unreadable).toEqual([{ root: 0, path: '.', reason: sentence }])
    expect(walk([root], 5).unreadable).toEqual([])
  })

  test('sends many files in several messages', () => {
    for (let index = 0; index < 1100; index++) writeFileSync(join(root, `f${index}`), '')
    const result = walk([root], 2000)
    expect(result.entries).toHaveLength(1100)
    expect(result.messages.length).toBeGreaterThan(2)
  })

  test('goes as deep as paths can be', () => {
    let path = root
    for (let level = 0; level < 1000; level++) path = join(path, 'd')
    mkdirSync(path, { recursive: true })
    writeFileSync(join(path, 'deep'), 'text')
    expect(walk([root]).paths[0]?.split('/')).toHaveLength(1001)
  })

  test.skipIf(!posix)('notes pipes and does not open them', () => {
    execFileSync('mkfifo', [join(root, 'pipe')])
    expect(walk([root]).notes).toEqual(['pipe is a pipe, socket or device and was not read.'])
  })

  test.skipIf(!posix || process.getuid?.() === 0)('reports a folder that cannot be read', () => {
    put('closed/a')
    chmodSync(join(root, 'closed'), 0)
    const { unreadable } = walk([root])
    chmodSync(join(root, 'closed'), 0o700)
    expect(unreadable).toEqual([
      { root: 0, path: 'closed', reason: 'It cannot be read: permission is denied.' },
    ])
  })

  test.skipIf(process.platform !== 'linux')(
    'finds names that are not UTF-8, and they can be scanned',
    () => {
      writeFileSync(Buffer.concat([Buffer.from(`${root}/caf`), Buffer.from([0xe9])]), 'text')
      const [entry] = walk([root]).entries
      expect(entry?.path).toBe('caf\\xe9')
      const { path = '', absolutePath = '' } = JSON.parse(JSON.stringify(entry))
      const task = { id: 1, absolutePath, displayPath: path }
      expect(scanFile(task, LIMITS, true, () => {})).toMatchObject({
        format: 'text',
        status: 'complete',
      })
    },
  )
})
