import { createHash } from 'node:crypto'
import { join, resolve } from 'node:path'
import { compilePolicy, unknownRule } from '@shared/scan-report/apply-policy'
import { rank } from '@shared/scan-report/match'
import { Policy } from '@shared/scan-report/policy'
import { PROFILES } from '@shared/scan-report/policy-stamp'
import { SEVERITIES } from '@shared/scan-report/report'
import { verdictOf } from '@shared/scan-report/verdict'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loadProfile } from '../../../electron/core/policies/profiles'
import { loadRules } from '../../../electron/core/scan/rules'
import { finding } from '../../fixtures/facts'

const RESOURCES = resolve(import.meta.dirname, '../../../resources')
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const TODAY = '2026-11-22'
const compile = (policy: Partial<Policy>, today = TODAY) => {
  const whole = Policy.parse({ name: 'Ours', profile: 'balanced', ...policy })
  return compilePolicy(whole, loadProfile(RESOURCES, whole.profile), today, sha256)
}
const override = (rule: string, severity: Policy['overrides'][number]['severity']) => ({
  rule,
  severity,
  reason: 'We looked at it',
  expires: null,
})
const ignore = (part: Partial<Policy['ignores'][number]>) => ({
  reason: 'Only test data',
  expires: null,
  ...part,
})

describe('an override', () => {
  const policy = compile({
    overrides: [override('pickle.*', 'low'), override('pickle.network', 'high')],
  })
  test('changes the severity and keeps what the rule says', () => {
    const { findings } = policy.judge('a.pkl', [finding('critical', { ruleId: 'pickle.exec' })])
    expect(findings).toMatchObject([{ severity: 'low', ruleSeverity: 'critical' }])
    expect(verdictOf(findings, 'complete')).toBe('clean')
  })
  test('of a rule is stronger than one of its prefix', () => {
    expect(
      policy.judge('a', [finding('medium', { ruleId: 'pickle.network' })]).findings,
    ).toMatchObject([{ severity: 'high' }])
  })
  test('of a prefix covers no rule that merely starts alike', () => {
    expect(policy.judge('a', [finding('medium', { ruleId: 'pickles.x' })]).findings).toMatchObject([
      { severity: 'medium' },
    ])
  })
  test('that changes nothing leaves no trace', () => {
    const [same] = compile({ overrides: [override('a.b', 'high')] }).judge('x', [
      finding('high', { ruleId: 'a.b' }),
    ]).findings
    expect(same).not.toHaveProperty('ruleSeverity')
  })
  test('may reorder findings: the worst is still first', () => {
    const judged = compile({ overrides: [override('a.a', 'info')] }).judge('x', [
      finding('critical', { ruleId: 'a.a' }),
      finding('low', { ruleId: 'a.b' }),
    ])
    expect(judged.findings.map(({ ruleId }) => ruleId)).toEqual(['a.b', 'a.a'])
  })
})

describe('an ignore', () => {
  test('sets a finding aside with its reason, and never removes it', () => {
    const { findings, ignored } = compile({ ignores: [ignore({ rule: 'a.b' })] }).judge('x', [
      finding('high', { ruleId: 'a.b' }),
      finding('high', { ruleId: 'a.c' }),
    ])
    expect(findings.map(({ ruleId }) => ruleId)).toEqual(['a.c'])
    expect(ignored).toMatchObject([{ finding: { ruleId: 'a.b' }, reason: 'Only test data' }])
  })
  test('needs all of its parts to hold', () => {
    const policy = compile({ ignores: [ignore({ rule: 'a.b', path: 'tests/**' })] })
    const here = [finding('high', { ruleId: 'a.b' })]
    expect(policy.judge('tests/deep/x.pkl', here).ignored).toHaveLength(1)
    expect(policy.judge('src/x.pkl', here).ignored).toHaveLength(0)
    expect(policy.judge('tests/x.pkl', [finding('high', { ruleId: 'a.c' })]).ignored).toHaveLength(
      0,
    )
  })
  test('by fingerprint sets one finding aside', () => {
    const policy = compile({ ignores: [ignore({ fingerprint: 'a'.repeat(32) })] })
    expect(
      policy.judge('x', [finding('high', { fingerprint: 'a'.repeat(32) })]).ignored,
    ).toHaveLength(1)
    expect(policy.judge('x', [finding('high')]).ignored).toHaveLength(0)
  })
  test('with no part at all is refused', () => {
    expect(Policy.safeParse({ name: 'x', profile: 'strict', ignores: [ignore({})] }).success).toBe(
      false,
    )
  })
})

test.each([
  ['2026-11-21', 1],
  ['2026-11-22', 0],
])('an entry that expires on the 22nd holds on %s: %i', (today, ignored) => {
  const policy = compile({ ignores: [ignore({ rule: 'a.b', expires: '2026-11-22' })] }, today)
  expect(policy.judge('x', [finding('high', { ruleId: 'a.b' })]).ignored).toHaveLength(ignored)
  expect(policy.expired).toBe(1 - ignored)
})

describe('the profiles', () => {
  const judge = (profile: Policy['profile'], severity: (typeof SEVERITIES)[number], more: object) =>
    compile({ profile }).judge('x', [finding(severity, more)]).findings[0]?.severity
  test('balanced is what the rules say', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...SEVERITIES),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (s, c) => {
          expect(judge('balanced', s, { confidence: c })).toBe(s)
        },
      ),
    )
  })
  test('strict refuses an import that no list knows', () => {
    expect(judge('strict', 'medium', { ruleId: 'pickle.unlisted-import' })).toBe('high')
  })
  test('strict takes a capability one step up', () => {
    expect(
      judge('strict', 'low', { ruleId: 'code.capability-process', category: 'information' }),
    ).toBe('medium')
  })
  test('strict never says less than the rule, permissive never more', () => {
    const rules = loadRules(join(RESOURCES, 'rules')).rules
    for (const rule of rules) {
      const judged = { ...rule, ruleId: rule.id }
      expect(rank(compile({ profile: 'strict' }).severityOf(judged))).toBeLessThanOrEqual(
        rank(rule.severity),
      )
      expect(rank(compile({ profile: 'permissive' }).severityOf(judged))).toBeGreaterThanOrEqual(
        rank(rule.severity),
      )
    }
  })
  test('no profile lowers what is critical', () => {
    for (const profile of PROFILES)
      expect(judge(profile, 'critical', { category: 'information', confidence: 0.1 })).toBe(
        'critical',
      )
  })
  test('permissive takes what is unsure one step down', () => {
    expect(judge('permissive', 'medium', { confidence: 0.6 })).toBe('low')
    expect(judge('permissive', 'high', { confidence: 0.9 })).toBe('high')
  })
  test('name only rules that exist', () => {
    const ids = loadRules(join(RESOURCES, 'rules')).rules.map(({ id }) => id)
    for (const profile of PROFILES) {
      const patterns = loadProfile(RESOURCES, profile).adjustments.flatMap(
        ({ when }) => when.rules ?? [],
      )
      const overrides = patterns.map((rule) => override(rule, 'low'))
      expect(unknownRule(Policy.parse({ name: 'x', profile, overrides }), ids)).toBeUndefined()
    }
  })
})

describe('the stamp of a policy', () => {
  test('has the same digest whatever it is called and however its keys stand', () => {
    const entry = override('a.b', 'low')
    const turned = {
      severity: entry.severity,
      expires: null,
      reason: entry.reason,
      rule: entry.rule,
    }
    expect(compile({ name: 'A', overrides: [entry] }).stamp.digest).toBe(
      compile({ name: 'B', overrides: [turned] }).stamp.digest,
    )
  })
  test('has another digest for another entry', () => {
    expect(compile({}).stamp.digest).toMatch(/^[0-9a-f]{16}$/)
    expect(compile({ overrides: [override('a.b', 'low')] }).stamp.digest).not.toBe(
      compile({}).stamp.digest,
    )
  })
})

test('a policy that names an unknown rule is told so', () => {
  const policy = Policy.parse({
    name: 'x',
    profile: 'strict',
    overrides: [override('pickel.*', 'low')],
  })
  expect(unknownRule(policy, ['pickle.network'])).toBe('pickel.*')
})

test('of ignores by fingerprint only those of the finding are looked at', () => {
  const print = (index: number) => index.toString(16).padStart(32, '0')
  let asked = 0
  const ignores = Array.from({ length: 1000 }, (_, index) => ({
    ...ignore({}),
    get fingerprint() {
      asked++
      return print(index)
    },
  }))
  const many = compilePolicy(
    { ...Policy.parse({ name: 'Ours', profile: 'balanced' }), ignores },
    loadProfile(RESOURCES, 'balanced'),
    TODAY,
    sha256,
  )
  const findings = Array.from({ length: 2000 }, (_, index) =>
    finding('high', { fingerprint: print(index) }),
  )
  expect(many.judge('a.pkl', findings).ignored).toHaveLength(1000)
  expect(asked).toBeLessThan(20_000)
})

test('of two ignores that fit, the first gives the reason', () => {
  const fingerprint = 'a'.repeat(32)
  const [byRule, byPrint] = [
    ignore({ rule: 'test.rule', reason: 'By rule' }),
    ignore({ fingerprint, reason: 'By fingerprint' }),
  ]
  const reasons = (...ignores: Policy['ignores']) =>
    compile({ ignores })
      .judge('a.pkl', [finding('high', { fingerprint })])
      .ignored.map(({ reason }) => reason)
  expect([reasons(byRule, byPrint), reasons(byPrint, byRule)]).toEqual([
    ['By rule'],
    ['By fingerprint'],
  ])
})
