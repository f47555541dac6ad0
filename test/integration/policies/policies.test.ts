import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type OpenConsole, openConsole } from '../../fixtures/console'

let open: OpenConsole
beforeEach(() => {
  open = openConsole()
})
afterEach(() => open.close())

const team = {
  name: 'Team',
  description: 'What we agreed on.',
  profile: 'balanced' as const,
  overrides: [
    { rule: 'zip.encrypted', severity: 'low' as const, reason: 'We encrypt ours', expires: null },
  ],
  ignores: [],
}
const names = (state: { policies: { name: string }[] }) => state.policies.map(({ name }) => name)

describe('policies of a workspace', () => {
  test('begin with the three profiles, Balanced active', async () => {
    const state = await open.client.policies.list()
    expect(names(state)).toEqual(['Strict', 'Balanced', 'Permissive'])
    expect(state.active).toBe('Balanced')
    expect(state.policies.every(({ builtIn }) => builtIn)).toBe(true)
  })
  test('are kept, activated and removed; without its policy Balanced is active', async () => {
    await open.client.policies.save(team)
    expect((await open.client.policies.activate({ name: 'Team' })).active).toBe('Team')
    const file = join(open.folder, 'data/policies.json')
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ active: 'Team', policies: [team] })
    expect(existsSync(`${file}.new`)).toBe(false)
    expect(await open.client.policies.remove({ name: 'Team' })).toMatchObject({
      active: 'Balanced',
    })
  })
  test('are replaced by name', async () => {
    await open.client.policies.save(team)
    const state = await open.client.policies.save({ ...team, profile: 'strict' })
    expect(state.policies.filter(({ name }) => name === 'Team')).toMatchObject([
      { profile: 'strict' },
    ])
  })
  test('that are built in can be neither replaced nor removed, in any case', async () => {
    for (const name of ['Strict', 'balanced', 'PERMISSIVE']) {
      await expect(open.client.policies.save({ ...team, name })).rejects.toMatchObject({
        code: 'POLICY_BUILT_IN',
      })
      await expect(open.client.policies.remove({ name })).rejects.toMatchObject({
        code: 'POLICY_BUILT_IN',
      })
    }
  })
  test('that name an unknown rule are refused', async () => {
    const overrides = team.overrides.map((one) => ({ ...one, rule: 'zip.encrypt' }))
    await expect(open.client.policies.save({ ...team, overrides })).rejects.toMatchObject({
      code: 'UNKNOWN_RULE',
      data: { rule: 'zip.encrypt' },
    })
  })
  test('that are not there cannot be activated', async () => {
    await expect(open.client.policies.activate({ name: 'Nobody' })).rejects.toMatchObject({
      code: 'POLICY_NOT_FOUND',
    })
  })
  test('in a damaged file are an error that names the file, never Balanced', async () => {
    writeFileSync(join(open.folder, 'data/policies.json'), '{"active":"Team"')
    await expect(open.client.policies.list()).rejects.toMatchObject({
      code: 'POLICIES_UNREADABLE',
      data: { reason: expect.stringContaining('policies.json') },
    })
    await expect(open.client.scan.start({ target: { kind: 'samples' } })).rejects.toMatchObject({
      code: 'POLICIES_UNREADABLE',
    })
  })
  test('leave an event for each change', async () => {
    await open.client.policies.save(team)
    await open.client.policies.activate({ name: 'Team' })
    await open.client.policies.remove({ name: 'Team' })
    const { events } = await open.client.activity.list({})
    expect(events.map(({ kind }) => kind)).toEqual([
      'policy.removed',
      'policy.activated',
      'policy.saved',
    ])
  })
})

describe('rules under a policy', () => {
  test('have the severity that the active policy gives them', async () => {
    await open.client.policies.save(team)
    await open.client.policies.activate({ name: 'Team' })
    const { rules } = await open.client.rules.list()
    expect(rules.find(({ id }) => id === 'zip.encrypted')).toMatchObject({
      severity: 'medium',
      effectiveSeverity: 'low',
    })
  })
  test('are explained with their examples and what is known of them', async () => {
    const { rule, examples, seen } = await open.client.rules.explain({ ruleId: 'zip.encrypted' })
    expect(rule.id).toBe('zip.encrypted')
    expect(examples.fires.shown).toContain('PK')
    expect(seen).toEqual({ findings: 0, reports: 0, judged: 0, falsePositives: 0 })
  })
  test('that do not exist are not found', async () => {
    await expect(open.client.rules.explain({ ruleId: 'no.rule' })).rejects.toMatchObject({
      code: 'RULE_NOT_FOUND',
    })
  })
})

test('a scan is judged by the policy it names', async () => {
  await expect(
    open.client.scan.start({ target: { kind: 'samples' }, policy: 'Nobody' }),
  ).rejects.toMatchObject({ code: 'POLICY_NOT_FOUND', data: { name: 'Nobody' } })
  const { jobId } = await open.client.scan.start({ target: { kind: 'samples' }, policy: 'Strict' })
  for await (const event of await open.client.scan.watch({ jobId }))
    if (event.type === 'done') {
      const { report, row } = await open.client.scan.report({ reportId: event.reportId })
      expect(report.policy).toMatchObject({ name: 'Strict', profile: 'strict' })
      expect(row.policy).toBe('Strict')
      const { text } = await open.client.scan.export({ reportId: event.reportId, format: 'html' })
      expect(text).toContain('policy Strict')
      return
    }
  expect.unreachable('the scan did not end')
})
