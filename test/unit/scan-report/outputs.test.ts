import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { toCsv } from '@shared/scan-report/csv'
import { compileRules } from '@shared/scan-report/match'
import { type FileReport, ScanReport } from '@shared/scan-report/report'
import { toSarif } from '@shared/scan-report/sarif'
import { summarise } from '@shared/scan-report/summary'
import Ajv from 'ajv'
import { expect, test } from 'vitest'
import { exportReport } from '../../../electron/core/scan/export'
import { finding, pack, rule } from '../../fixtures/facts'

function report(): ScanReport {
  const files: FileReport[] = [
    {
      path: 'weights/ä b.pt',
      root: 0,
      format: 'pytorch-zip',
      bytes: 12,
      sha256: 'a'.repeat(64),
      status: 'complete',
      reason: null,
      verdict: 'malicious',
      cached: false,
      frameworks: [{ name: 'pytorch', confidence: 0.9, evidence: 'data.pkl' }],
      findings: [
        finding('critical', {
          ruleId: 'pickle.command',
          location: { member: 'archive/data.pkl', offset: 12, opcode: 'REDUCE' },
        }),
        finding('low', { location: { offset: 3 }, evidence: '=cmd|calc' }),
      ],
    },
    {
      path: 'x.7z',
      root: 0,
      format: '7z',
      bytes: 1,
      sha256: null,
      status: 'inconclusive',
      reason: 'Not parsed yet.',
      verdict: 'unknown',
      cached: false,
      frameworks: [],
      findings: [],
    },
  ]
  return ScanReport.parse({
    schemaVersion: 1,
    rulesVersion: '2026.11.1-abc',
    startedAt: '2026-11-01T10:00:00.000Z',
    durationMs: 4.2,
    roots: ['models'],
    notes: ['1 link was not followed.'],
    summary: summarise(files),
    files,
  })
}
const rules = compileRules('v', [
  pack([rule('pickle.command', { kinds: ['call'], names: ['os.system'] })]),
])

test('SARIF is valid against the schema of 2.1.0', () => {
  const require = createRequire(import.meta.url)
  const path = require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json')
  // The schema is draft-04; without its two old keywords it means the same to a draft-07 validator.
  const { $schema: _, id: __, ...schema } = JSON.parse(readFileSync(path, 'utf8'))
  const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(
    schema,
  )
  validate(toSarif(report(), rules, '0.1.0'))
  expect(validate.errors).toBeNull()
})

test('SARIF says what was not read to its end', () => {
  expect(JSON.stringify(toSarif(report(), rules, '0.1.0'))).toContain('Not parsed yet.')
})

test('CSV quotes what needs it and starts no cell like a formula', () => {
  const lines = toCsv(report()).split('\r\n')
  expect(lines).toHaveLength(4)
  expect(lines[2]).toContain("'=cmd|calc")
})

test('CSV leaves no separator of another country outside of quotes', () => {
  const [first] = report().files
  const named = { ...report(), files: [{ ...(first as FileReport), path: 'a;=1+1' }] }
  expect(toCsv(named)).toContain('"a;=1+1"')
})

test('a name with half a surrogate pair can be exported', () => {
  const [first] = report().files
  const named = { ...report(), files: [{ ...(first as FileReport), path: 'a\ud800' }] }
  expect(JSON.stringify(toSarif(named, rules, '0.1.0'))).toContain('a%EF%BF%BD')
})

test.each(['json', 'sarif'] as const)(
  '%s says the same with no character a terminal obeys',
  (format) => {
    const named = { ...report(), notes: ['\u009b31m \u202e \u007f'] }
    const { text } = exportReport(named, format, rules, '0.1.0')
    expect(text).not.toMatch(/[\u007f-\u009f\u202e]/)
    expect(JSON.stringify(JSON.parse(text))).toContain('\u009b31m \u202e \u007f')
  },
)

test('files that claim more bytes together than a number holds still make a report', () => {
  const [first] = report().files
  const vast = { ...(first as FileReport), bytes: Number.MAX_SAFE_INTEGER }
  const files = [vast, vast]
  expect(() => ScanReport.parse({ ...report(), files, summary: summarise(files) })).not.toThrow()
})
