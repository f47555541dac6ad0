import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCli } from '../../fixtures/run-cli'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cli-events-'))
})
afterAll(() => rmSync(folder, { recursive: true }))
const events = (...args: string[]) =>
  runCli(['events', ...args, '--data-dir', join(folder, 'data')])

describe('prometheus-console events', () => {
  test('records a made-up history of the local workspace, once', { timeout: 600_000 }, () => {
    const file = join(folder, 'history.csv')
    const made = events('sample', '--days', '5', '--output', file)
    expect([made.code, made.stderr]).toEqual([0, ''])
    const count = readFileSync(file, 'utf8').trim().split('\n').length - 1
    expect(count).toBeGreaterThan(5)
    const first = events('import', file)
    expect([first.code, first.stdout]).toEqual([0, `${count} events recorded.\n`])
    const again = events('import', file)
    expect(again.stdout).toBe(`0 events recorded, ${count} were there before.\n`)
  })
  test('says what is missing before it sends', () => {
    expect(events('import').code).toBe(64)
    expect(events('import', join(folder, 'none.csv')).stderr).toContain('does not exist')
    const hosted = events('import', 'x.csv', '--url', 'https://x.supabase.co', '--source', 'shop')
    expect([hosted.code, hosted.stderr]).toEqual([
      64,
      expect.stringContaining('SUPABASE_SECRET_KEY'),
    ])
    expect(events('sample', '--days', '0').stderr).toContain('--days takes a whole number')
  })
})
