import { againstBaseline, readBaseline, toBaseline } from '@shared/scan-report/baseline'
import { compileRules } from '@shared/scan-report/match'
import { toSarif } from '@shared/scan-report/sarif'
import { describe, expect, test } from 'vitest'
import { finding } from '../../fixtures/facts'
import { file, report } from '../../fixtures/reports'

const print = (digit: string) => digit.repeat(32)
const known = finding('critical', { fingerprint: print('a') })
const fresh = finding('high', { fingerprint: print('b') })
const rules = compileRules('v', [])

describe('against a baseline', () => {
  test('what was there does not count, what is new does', () => {
    const before = toBaseline(report([file('a.pkl', [known])]))
    const { counts, onlyNew, isNew } = againstBaseline(
      report([file('a.pkl', [known, fresh])]),
      before,
    )
    expect(counts).toEqual({ new: 1, fixed: 0, unchanged: 1 })
    expect(isNew(known)).toBe(false)
    expect(onlyNew.summary.bySeverity).toMatchObject({ critical: 0, high: 1 })
  })
  test('nothing new is clean', () => {
    const now = report([file('a.pkl', [known])])
    expect(againstBaseline(now, toBaseline(now)).onlyNew.summary.verdict).toBe('clean')
  })
  test('what is gone is fixed', () => {
    const before = toBaseline(report([file('a.pkl', [known]), file('b.pkl', [fresh])]))
    const { counts, fixed } = againstBaseline(report([file('a.pkl', [known])]), before)
    expect(counts).toEqual({ new: 0, fixed: 1, unchanged: 1 })
    expect(fixed).toMatchObject([{ path: 'b.pkl' }])
  })
  test('a file that was renamed keeps its findings, a copy of it has new ones', () => {
    const sha256 = 'c'.repeat(64)
    const before = toBaseline(report([file('old.pkl', [known], { sha256 })]))
    const renamed = report([file('new.pkl', [known], { sha256 })])
    const copied = report([
      file('new.pkl', [{ ...known }], { sha256 }),
      file('old.pkl', [known], { sha256 }),
    ])
    expect(againstBaseline(renamed, before).counts).toEqual({ new: 0, fixed: 0, unchanged: 1 })
    expect(againstBaseline(copied, before).counts).toMatchObject({ new: 1, unchanged: 1 })
  })
  test('the same finding in another file is new', () => {
    const before = toBaseline(report([file('a.pkl', [known])]))
    expect(againstBaseline(report([file('b.pkl', [known])]), before).counts).toMatchObject({
      new: 1,
    })
  })
  test('as often as it was there is known, once more is new', () => {
    const before = toBaseline(report([file('a.pkl', [known])]))
    const now = report([file('a.pkl', [known, { ...known }])])
    expect(againstBaseline(now, before).counts).toEqual({ new: 1, fixed: 0, unchanged: 1 })
    expect(againstBaseline(report([file('a.pkl', [known])]), toBaseline(now)).counts).toEqual({
      new: 0,
      fixed: 1,
      unchanged: 1,
    })
  })
  test('the same path below another root is new', () => {
    const before = toBaseline(report([file('a.pkl', [known])]))
    const now = report([file('a.pkl', [known]), file('a.pkl', [{ ...known }], { root: 1 })])
    expect(againstBaseline(now, before).counts).toMatchObject({ new: 1, unchanged: 1 })
  })
  test('a finding that shows only its beginning is known in the same bytes only', () => {
    const long = finding('critical', { evidence: 'x'.repeat(200) })
    const scanned = (sha256: string | null) => report([file('a.pkl', [long], { sha256 })])
    const counts = (now: string | null, before: string | null) =>
      againstBaseline(scanned(now), toBaseline(scanned(before))).counts.new
    expect(counts('a'.repeat(64), 'a'.repeat(64))).toBe(0)
    expect(counts('b'.repeat(64), 'a'.repeat(64))).toBe(1)
    expect(counts(null, null)).toBe(1)
  })
  test('a file that could not be read is known while its bytes are the same', () => {
    const unread = (sha256: string) =>
      report([file('x.7z', [], { status: 'inconclusive', sha256 })])
    const before = toBaseline(unread('d'.repeat(64)))
    expect(againstBaseline(unread('d'.repeat(64)), before).onlyNew.summary.verdict).toBe('clean')
    expect(againstBaseline(unread('e'.repeat(64)), before).onlyNew.summary.verdict).toBe('unknown')
  })
  test('what the policy sets aside is neither new nor fixed', () => {
    const before = toBaseline(report([file('a.pkl', [known])]))
    const ignored = [{ finding: known, reason: 'Known', expires: null }]
    expect(againstBaseline(report([file('a.pkl', [], { ignored })]), before).counts).toEqual({
      new: 0,
      fixed: 0,
      unchanged: 0,
    })
  })
})

describe('a baseline is read', () => {
  const before = report([
    file('a.pkl', [known], { sha256: 'a'.repeat(64) }),
    file('x.7z', [], { status: 'inconclusive' }),
  ])
  const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value))
  test.each([
    ['a JSON report', json(before)],
    ['a SARIF file', json(toSarif(before, rules, '0.1.0'))],
    ['a baseline file', json(toBaseline(before))],
  ])('out of %s', (_, value) => {
    expect(readBaseline(value)).toEqual(toBaseline(before))
  })
  test('out of nothing else', () => {
    for (const value of [null, [], {}, { version: '2.1.0', runs: [] }, { baselineVersion: 2 }])
      expect(readBaseline(value)).toBeUndefined()
  })
})
