import { createHash } from 'node:crypto'
import { compileRules, evaluate, RuleError } from '@shared/scan-report/match'
import { describe, expect, test } from 'vitest'
import { fact, pack, rule } from '../../fixtures/facts'

const hash = (text: string) => createHash('sha256').update(text).digest('hex')
const ids = (rules: ReturnType<typeof compileRules>, facts: Parameters<typeof evaluate>[1]) =>
  evaluate(rules, facts, hash).map((finding) => finding.ruleId)

const system = rule(
  'pickle.command',
  { kinds: ['import', 'call'], names: ['os.system', 'posix.**'] },
  { importedOnly: 'high' },
)
const unlisted = rule(
  'pickle.unlisted',
  { kinds: ['import', 'call'], unlessListed: ['allow'] },
  { severity: 'medium' },
)
const rules = compileRules('v', [
  pack([system, unlisted], { allow: ['collections.OrderedDict', 'torch.nn.**.<Class>'] }),
])

describe('matching rules against facts', () => {
  test('a call is reported once, with its evidence, and its import is silent', () => {
    const findings = evaluate(
      rules,
      [fact('import', 'os.system'), fact('call', 'os.system', { evidence: "os.system('echo')" })],
      hash,
    )
    expect(findings).toMatchObject([
      {
        ruleId: 'pickle.command',
        severity: 'critical',
        message: "Loading calls os.system: os.system('echo')",
      },
    ])
  })

  test('an import that is never called has the milder severity', () => {
    expect(evaluate(rules, [fact('import', 'os.system')], hash)).toMatchObject([
      { severity: 'high' },
    ])
  })

  test('a call in another member does not silence an import here', () => {
    const findings = evaluate(
      rules,
      [
        fact('import', 'os.system', { location: { member: 'a' } }),
        fact('call', 'os.system', { location: { member: 'b' } }),
      ],
      hash,
    )
    expect(findings.map((finding) => finding.location.member).sort()).toEqual(['a', 'b'])
  })

  test('what no list and no rule names is reported by the fallback', () => {
    expect(ids(rules, [fact('import', 'evil.thing')])).toEqual(['pickle.unlisted'])
  })

  test('what the list names is not', () => {
    expect(
      ids(rules, [
        fact('import', 'collections.OrderedDict'),
        fact('call', 'torch.nn.modules.Linear'),
      ]),
    ).toEqual([])
  })

  test('a function in an allowed package of classes is still unlisted', () => {
    expect(ids(rules, [fact('import', 'torch.nn.functional.relu')])).toEqual(['pickle.unlisted'])
  })

  test('a dotted attribute is matched by its tail', () => {
    const dotted = (name: string, attribute: string) =>
      fact('import', name, { detail: { attribute } })
    expect(ids(rules, [dotted('logging.os.system', 'os.system')])).toEqual(['pickle.command'])
    expect(ids(rules, [dotted('random._os.system', '_os.system')])).toEqual(['pickle.command'])
  })

  test('a dotted attribute never matches the allow list by its tail', () => {
    expect(
      ids(rules, [
        fact('import', 'x.collections.OrderedDict', {
          detail: { attribute: 'collections.OrderedDict' },
        }),
      ]),
    ).toEqual(['pickle.unlisted'])
  })

  test('the most severe of several matching rules speaks', () => {
    const both = compileRules('v', [
      pack([
        rule('a.low', { kinds: ['import'], names: ['os.**'] }, { severity: 'low' }),
        rule('a.high', { kinds: ['import'], names: ['os.remove'] }, { severity: 'high' }),
      ]),
    ])
    expect(ids(both, [fact('import', 'os.remove')])).toEqual(['a.high'])
  })

  test('findings are sorted worst first', () => {
    expect(ids(rules, [fact('import', 'evil.thing'), fact('call', 'posix.popen')])).toEqual([
      'pickle.command',
      'pickle.unlisted',
    ])
  })

  test('a fingerprint ignores offsets and white space, and depends on rule, member and evidence', () => {
    const print = (offset: number, evidence: string, member?: string) =>
      evaluate(
        rules,
        [fact('call', 'os.system', { evidence, location: { offset, ...(member && { member }) } })],
        hash,
      )[0]?.fingerprint
    expect(print(1, 'os.system( "a" )')).toBe(print(99, 'os.system(  "a" )'))
    expect(print(1, 'os.system("a")')).not.toBe(print(1, 'os.system("a")', 'x/data.pkl'))
  })

  test('a rule for constructors is silent about instances and imports', () => {
    const names = { kinds: ['import' as const, 'call' as const], constructs: true as const }
    const built = compileRules('v', [pack([rule('a.built', { ...names, names: ['m.C'] })])])
    expect(ids(built, [fact('call', 'm.C', { detail: { constructs: true } })])).toEqual(['a.built'])
    expect(ids(built, [fact('call', 'm.C'), fact('import', 'm.C')])).toEqual([])
  })

  test('a fallback for constructors covers what another list lets pass as an instance', () => {
    const calls = { kinds: ['call' as const] }
    const either = compileRules('v', [
      pack(
        [
          rule('a.unlisted', { ...calls, unlessListed: ['functions', 'instances'] }),
          rule('a.built', { ...calls, constructs: true, unlessListed: ['functions'] }),
        ],
        { functions: ['m.f'], instances: ['m.<Class>'] },
      ),
    ])
    const built = { detail: { constructs: true } }
    expect(ids(either, [fact('call', 'm.C')])).toEqual([])
    expect(ids(either, [fact('call', 'm.C', built)])).toEqual(['a.built'])
    expect(ids(either, [fact('call', 'm.f', built)])).toEqual([])
    expect(ids(either, [fact('call', 'm.g', built)])).toEqual(['a.unlisted'])
  })

  test('two rules with one id are refused', () => {
    expect(() => compileRules('v', [pack([system, system])])).toThrow(RuleError)
  })

  test('a list that does not exist is refused', () => {
    expect(() => compileRules('v', [pack([unlisted])])).toThrow(/names the list allow/)
  })
})
