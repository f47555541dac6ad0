import type { CompiledPolicy } from '@shared/scan-report/apply-policy'
import type { Fact } from '@shared/scan-report/fact'
import { compileRules } from '@shared/scan-report/match'
import type { FileReport } from '@shared/scan-report/report'
import { expect, test } from 'vitest'
import { atOnce } from '../../../electron/core/event-loop'
import { joinReports } from '../../../electron/core/scan/join-reports'
import { judge } from '../../../electron/core/scan/judge'
import { createScanProgress } from '../../../electron/core/scan/scan-progress'
import { fact, pack, rule } from '../../fixtures/facts'

const rules = compileRules('v', [
  pack([
    rule('test.call', { kinds: ['call'], names: ['os.system'] }),
    rule('config.joined', { kinds: ['hook'], names: ['hook.joined.**'] }),
    rule('config.hook', { kinds: ['hook'], names: ['hook.npm.postinstall'] }, { severity: 'low' }),
    rule('test.secret', { kinds: ['content'], names: ['secret.key'] }),
    rule(
      'test.secret-in-tests',
      { kinds: ['content'], names: ['secret.in-tests.key'] },
      { severity: 'info' },
    ),
  ]),
])

/** Sets the findings of some rules aside, and nothing else. */
const ignoring = (...ids: string[]): CompiledPolicy => ({
  stamp: { name: 'Test', profile: 'balanced', digest: '0' },
  expired: 0,
  severityOf: ({ severity }) => severity,
  judge: (_, all) => ({
    findings: all.filter(({ ruleId }) => !ids.includes(ruleId)),
    ignored: all
      .filter(({ ruleId }) => ids.includes(ruleId))
      .map((finding) => ({ finding, reason: 'For a test', expires: null })),
  }),
})

function progressOf(policy: CompiledPolicy, ...files: { path: string; facts: Fact[] }[]) {
  const progress = createScanProgress(new Date(0))
  const result = { format: 'text', sha256: null, status: 'complete', reason: null } as const
  for (const [id, { path, facts }] of files.entries()) {
    const entry = { root: 0, path, bytes: 1 }
    progress.add(id, 1, atOnce(judge({ rules, policy }, entry, { ...result, facts }, false)), facts)
  }
  return progress
}
const idsOf = (file: FileReport | undefined) => file?.findings.map(({ ruleId }) => ruleId)

const call = fact('call', 'os.system')
const secret = fact('content', 'secret.key')
const hook = fact('hook', 'hook.npm.postinstall', { detail: { target: 'a.js' } })

test('a file keeps its findings when another file of the same shown name changes', async () => {
  const policy = ignoring()
  // A name that is not UTF-8 is shown with \xff, which another name may really contain.
  const path = 'tests/a\\xff'
  for (const files of [
    [
      { path, facts: [secret] },
      { path, facts: [call] },
    ],
    [
      { path, facts: [call] },
      { path, facts: [secret] },
    ],
  ]) {
    const progress = progressOf(policy, ...files)
    await joinReports(progress, { rules, policy })
    expect([...progress.files.values()].flatMap((file) => idsOf(file))).toContain('test.call')
  }
})

test('joined again after a pause, a report is the same', async () => {
  const policy = ignoring()
  const progress = progressOf(
    policy,
    { path: 'package.json', facts: [hook] },
    { path: 'a.js', facts: [call] },
  )
  await joinReports(progress, { rules, policy })
  const once = idsOf(progress.files.get(0))
  await joinReports(progress, { rules, policy })
  expect([once, idsOf(progress.files.get(0))]).toEqual([
    ['config.joined', 'config.hook'],
    ['config.joined', 'config.hook'],
  ])
})

test('what the policy set aside before the join and not after it is set aside no more', async () => {
  const policy = ignoring('test.secret')
  const progress = progressOf(policy, { path: 'tests/a.txt', facts: [secret] })
  expect(progress.files.get(0)?.ignored).toHaveLength(1)
  await joinReports(progress, { rules, policy })
  expect(idsOf(progress.files.get(0))).toEqual(['test.secret-in-tests'])
  expect(progress.files.get(0)?.ignored).toBeUndefined()
})

test('what did not fit into the report before the join does not come back with it', async () => {
  const policy = ignoring('test.call')
  const vast = fact('call', 'os.system', { evidence: 'x'.repeat(12 * 1024 * 1024) })
  const progress = progressOf(
    policy,
    { path: 'package.json', facts: [hook, vast, vast, vast, vast] },
    { path: 'a.js', facts: [secret] },
  )
  const kept = progress.files.get(0)?.ignored?.length
  await joinReports(progress, { rules, policy })
  expect(idsOf(progress.files.get(0))).toContain('config.joined')
  expect(progress.files.get(0)?.ignored?.length).toBe(kept)
})
