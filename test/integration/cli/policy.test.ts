import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ScanReport } from '@shared/scan-report/report'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runCli } from '../../fixtures/run-cli'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cli-policy-'))
  mkdirSync(join(folder, 'model'))
  writeFileSync(join(folder, 'model/odd.pkl'), 'csome.module\nthing\n(tR.')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const at = (name: string) => join(folder, name)
const scan = (...args: string[]) => runCli(['scan', at('model'), ...args, '--data-dir', at('data')])
const json = (...args: string[]) =>
  ScanReport.parse(JSON.parse(scan(...args, '--format', 'json').stdout))
const policy = (name: string, more: object) => {
  const file = at(name)
  writeFileSync(file, JSON.stringify({ name: 'Team', profile: 'balanced', ...more }))
  return file
}
const IGNORE = { ignores: [{ rule: 'pickle.*', reason: 'Only test data' }] }

describe('--policy', () => {
  test.each([
    ['strict', 'malicious', 1],
    ['balanced', 'suspicious', 1],
    ['permissive', 'clean', 0],
  ])('%s judges an unknown import as %s', (name, verdict, code) => {
    const report = json('--policy', name)
    expect(report.summary.verdict).toBe(verdict)
    expect(report.policy).toMatchObject({ profile: name })
    expect(scan('--policy', name).code).toBe(code)
  })
  test('as a file is applied, named, and says what it did', () => {
    const { code, stdout } = scan('--policy', policy('team.json', IGNORE))
    expect(code).toBe(0)
    expect(stdout).toContain('Policy Team (balanced): 0 severities changed, 1 finding ignored')
  })
  test('keeps what it sets aside in the report', () => {
    const report = json('--policy', policy('team.json', IGNORE))
    expect(report.files[0]).toMatchObject({
      verdict: 'clean',
      findings: [],
      ignored: [{ reason: 'Only test data', finding: { ruleId: 'pickle.unlisted-import' } }],
    })
  })
  test('says when an entry has expired, and counts the finding again', () => {
    const ignores = [{ rule: 'pickle.*', reason: 'Only test data', expires: '2020-01-01' }]
    const report = json('--policy', policy('team.json', { ignores }))
    expect(report.summary.verdict).toBe('suspicious')
    expect(report.notes.join(' ')).toContain('expired')
  })
  test('inside of what is scanned is never picked up, and named is told', () => {
    const inside = policy('model/policy.json', IGNORE)
    expect(json().policy?.name).toBe('Balanced')
    expect(json('--policy', inside).notes.join(' ')).toContain('lies in what was scanned')
  })
  test.each([
    ['an unknown name', 'nobody', undefined],
    [
      'a rule that does not exist',
      'p.json',
      { overrides: [{ rule: 'pickel.*', severity: 'low', reason: 'Why not' }] },
    ],
    ['the name of a profile', 'p.json', { name: 'Strict' }],
    ['a field that is not known', 'p.json', { rules: [] }],
  ])('with %s is wrong usage', (_, name, more) => {
    const named = more === undefined ? name : policy(name, more)
    expect(scan('--policy', named)).toMatchObject({ code: 64, stdout: '' })
  })
  test('of the console that cannot be read stops the scan', () => {
    mkdirSync(at('data'))
    writeFileSync(at('data/policies.json'), '{"active":')
    const { code, stderr } = scan()
    expect([code, stderr]).toEqual([64, expect.stringContaining('policies.json')])
  })
})
