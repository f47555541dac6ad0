import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { dataFolderOf } from '../../../electron/core/node-platform'
import { createSettings, SettingError, SettingFixedError } from '../../../electron/core/settings'
import { environmentTemplate } from '../../../electron/core/settings/env-template'
import { settingFlags } from '../../../electron/core/settings/flags'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'settings-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const file = () => join(folder, 'settings.json')
const settings = (more: Partial<Parameters<typeof createSettings>[0]> = {}) =>
  createSettings({ file: file(), environment: {}, flags: {}, ...more })

describe('settings', () => {
  test('a flag wins over the environment, the environment over the file, the file over the default', () => {
    writeFileSync(file(), JSON.stringify({ 'scan.depth': 3, 'scan.ratio': 30, 'scan.workers': 3 }))
    const { values, sources } = settings({
      environment: { PROMETHEUS_SCAN_DEPTH: '2', PROMETHEUS_SCAN_RATIO: '20' },
      flags: { 'scan.depth': '1' },
    }).get()
    expect([
      values['scan.depth'],
      values['scan.ratio'],
      values['scan.workers'],
      values['scan.members'],
    ]).toEqual([1, 20, 3, 100_000])
    expect([
      sources['scan.depth'],
      sources['scan.ratio'],
      sources['scan.workers'],
      sources['scan.members'],
    ]).toEqual(['flag', 'environment', 'file', 'default'])
  })
  test('a number with a leading zero is refused with a sentence', () => {
    expect(() => settings({ flags: { 'scan.depth': '08' } })).toThrow(SettingError)
  })
  test('an empty variable is an unset one: nothing lands in the working folder', () => {
    expect(dataFolderOf(undefined, { PROMETHEUS_DATA_DIR: '' })).toBe(dataFolderOf(undefined, {}))
    expect(dataFolderOf('/x', { PROMETHEUS_DATA_DIR: '/y' })).toBe(resolve('/x'))
  })
  test('a change is written and read again', () => {
    settings().update({ 'appearance.theme': 'dark' })
    expect(settings().values()['appearance.theme']).toBe('dark')
  })
  test('a change keeps what it does not know, so that an older console loses nothing', () => {
    writeFileSync(file(), JSON.stringify({ 'future.key': 1 }))
    settings().update({ 'scan.depth': 4 })
    expect(JSON.parse(readFileSync(file(), 'utf8'))).toEqual({ 'future.key': 1, 'scan.depth': 4 })
  })
  test('what a flag fixes cannot be changed', () => {
    expect(() => settings({ flags: { 'scan.depth': '1' } }).update({ 'scan.depth': 2 })).toThrow(
      SettingFixedError,
    )
  })
  test.each([
    ['not JSON', '{'],
    ['not an object', '[]'],
    ['out of range', '{"scan.depth": 99}'],
    ['of the wrong type', '{"scan.hash": "yes"}'],
  ])('a file that is %s is refused with its path', (_, content) => {
    writeFileSync(file(), content)
    expect(() => settings()).toThrow(SettingError)
    expect(() => settings()).toThrow(file())
  })
  test('an unknown key behind --set is refused with the known ones', () => {
    expect(() => settingFlags(['scan.dept=1'])).toThrow(/scan\.depth/)
  })
  test('.env.template is what the schema says', () => {
    const root = resolve(import.meta.dirname, '../../..')
    expect(readFileSync(join(root, '.env.template'), 'utf8')).toBe(environmentTemplate())
  })
})
