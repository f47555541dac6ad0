import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { compileRules } from '@shared/scan-report/match'
import type { ScanReport } from '@shared/scan-report/report'
import { toSarif } from '@shared/scan-report/sarif'
import Ajv from 'ajv'
import { describe, expect, test } from 'vitest'
import { finding, pack, rule } from '../../fixtures/facts'
import { codeFinding, file, HOSTILE, report } from '../../fixtures/reports'

const rules = compileRules('v', [
  pack([rule('test.rule', { kinds: ['call'], names: ['os.system'] })]),
])
const ignored = [{ finding: finding('high'), reason: 'Only a test', expires: '2027-01-01' }]
const full = () =>
  report([
    file('src/a.js', [codeFinding()]),
    file('b.zip', [codeFinding({ location: { member: 'c.js', line: 3 } })], { ignored }),
    file(HOSTILE, [finding('low', { location: { offset: 4 } })], { status: 'error' }),
  ])
interface Result {
  ruleId: string
  baselineState?: string
  suppressions?: unknown[]
  codeFlows?: unknown[]
  partialFingerprints: Record<string, string>
  locations: { physicalLocation: Record<string, unknown> }[]
}
const results = (log: object) => (log as { runs: { results: Result[] }[] }).runs[0]?.results ?? []
const sarif = (one: ScanReport) => results(toSarif(one, rules, '0.1.0'))

describe('SARIF', () => {
  test.each([
    ['a full report', full()],
    ['nothing', report([], { roots: [] })],
  ])('of %s is valid against the schema of 2.1.0', (_, one) => {
    const require = createRequire(import.meta.url)
    const path = require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json')
    // The schema is draft-04; without its two old keywords it means the same to a draft-07 validator.
    const { $schema: _schema, id: _id, ...schema } = JSON.parse(readFileSync(path, 'utf8'))
    const ajv = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false })
    const validate = ajv.compile(schema)
    validate(toSarif(one, rules, '0.1.0', () => 'new'))
    expect(validate.errors).toBeNull()
  })
  test('has the line with its text, and the lines around it', () => {
    expect(sarif(full())[0]?.locations[0]?.physicalLocation).toMatchObject({
      artifactLocation: { uri: 'models/src/a.js', uriBaseId: '%SRCROOT%' },
      region: {
        startLine: 3,
        startColumn: 7,
        snippet: { text: 'await fetch(url, { body: token })' },
      },
      contextRegion: { startLine: 2, endLine: 4 },
    })
  })
  test('has no region for a line inside of a member', () => {
    expect(sarif(full())[1]?.locations[0]?.physicalLocation).not.toHaveProperty('region')
  })
  test('has the way from source to sink, across files', () => {
    expect(sarif(full())[0]?.codeFlows).toMatchObject([
      {
        threadFlows: [
          {
            locations: [
              { kinds: ['source'], location: { physicalLocation: { region: { startLine: 2 } } } },
              {
                kinds: ['sink'],
                location: { physicalLocation: { artifactLocation: { uri: 'models/lib/b.js' } } },
              },
            ],
          },
        ],
      },
    ])
  })
  test('keeps what the policy sets aside, suppressed with its reason', () => {
    expect(sarif(full()).flatMap((one) => one.suppressions ?? [])).toEqual([
      { kind: 'external', status: 'accepted', justification: 'Only a test (until 2027-01-01)' },
    ])
  })
  test('says what is new only when there is a baseline', () => {
    expect(sarif(full()).some((one) => 'baselineState' in one)).toBe(false)
    const log = toSarif(full(), rules, '0.1.0', ({ ruleId }) =>
      ruleId === 'test.rule' ? 'unchanged' : 'new',
    )
    expect(new Set(results(log).map((one) => one.baselineState))).toEqual(
      new Set(['new', 'unchanged']),
    )
  })
  test('an absolute root is a base of its own', () => {
    const absolute = report([file('a.js', [codeFinding()])], { roots: ['/srv/models'] })
    expect(sarif(absolute)[0]?.locations[0]?.physicalLocation.artifactLocation).toMatchObject({
      uri: 'a.js',
      uriBaseId: 'ROOT0',
    })
  })
  test('names results the same over a moved line and a newer version of the rules', () => {
    const moved = report([file('src/a.js', [codeFinding({ location: { line: 9, column: 1 } })])], {
      rulesVersion: '2027.1.1-00000000',
    })
    const first = report([file('src/a.js', [codeFinding()])])
    expect(sarif(moved).map((one) => one.partialFingerprints)).toEqual(
      sarif(first).map((one) => one.partialFingerprints),
    )
  })
})
