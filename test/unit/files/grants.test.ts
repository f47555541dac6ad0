import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { browse, createGrants } from '../../../electron/core/files'

let folder: string
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'grants-')))
  mkdirSync(join(folder, 'models/deep'), { recursive: true })
  mkdirSync(join(folder, 'models-private'))
  writeFileSync(join(folder, 'models/a.bin'), 'abc')
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('what the page may read', () => {
  test('a path below a root, and the root itself', () => {
    const grants = createGrants([join(folder, 'models')])
    expect(grants.allowed(join(folder, 'models/deep'))).toBe(join(folder, 'models/deep'))
    expect(grants.allowed(join(folder, 'models'))).toBe(join(folder, 'models'))
  })
  test.each(['models-private', '..', 'models/../models-private', ''])('not %s', (path) => {
    const grants = createGrants([join(folder, 'models')])
    expect(grants.allowed(`${folder}/${path}`)).toBeUndefined()
  })
  test('not a relative path', () => {
    expect(createGrants(['/']).allowed('models')).toBeUndefined()
  })
  test('not the target of a link that leads outside', () => {
    symlinkSync(join(folder, 'models-private'), join(folder, 'models/link'))
    expect(
      createGrants([join(folder, 'models')]).allowed(join(folder, 'models/link/x')),
    ).toBeUndefined()
  })
  test('what is granted later, and nothing beside it', () => {
    const grants = createGrants([join(folder, 'models/deep')])
    grants.grant(join(folder, 'models/a.bin'))
    expect(grants.allowed(join(folder, 'models/a.bin'))).toBeDefined()
    expect(grants.allowed(join(folder, 'models'))).toBeUndefined()
  })
})

describe('browsing', () => {
  test('lists folders first, with sizes of files, and no parent above the root', () => {
    const grants = createGrants([join(folder, 'models')])
    expect(browse(grants, undefined)).toMatchObject({
      parent: null,
      entries: [
        { name: 'deep', kind: 'folder' },
        { name: 'a.bin', kind: 'file', bytes: 3 },
      ],
      truncated: false,
    })
  })
  test('answers nothing outside of the roots', () => {
    expect(browse(createGrants([join(folder, 'models')]), folder)).toBeUndefined()
  })
})
