import type { Finding } from '@shared/scan-report/report'
import { reviewOf } from '@shared/scan-report/review'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createBudget } from '../../../electron/core/scan/budget'
import { makeFile, makeFinding, makeReport } from '../scan-page/make'

const critical = makeFinding({ fingerprint: 'one' })
const medium = makeFinding({ fingerprint: 'two', severity: 'medium' })
const report = makeReport([makeFile('a', { findings: [critical, medium] }), makeFile('b')])
const all = () => true
const none = () => false

describe('a report under dispositions', () => {
  test('is what it was while nothing is set aside', () => {
    const { verdict, grade } = report.summary
    expect(reviewOf(report, none)).toEqual({ verdict, grade, open: 2 })
  })
  test('has the verdict and grade of the findings that are left', () => {
    const isCritical = (_: string, finding: Finding) => finding === critical
    expect(reviewOf(report, isCritical)).toEqual({ verdict: 'suspicious', grade: 'B', open: 1 })
  })
  test('is clean once everything is set aside', () => {
    expect(reviewOf(report, all)).toEqual({ verdict: 'clean', grade: 'A+', open: 0 })
  })
  test('is asked about the path a finding is in', () => {
    const both = makeReport([
      makeFile('a', { findings: [critical] }),
      makeFile('b', { findings: [critical] }),
    ])
    expect(reviewOf(both, (path) => path === 'a')).toMatchObject({ verdict: 'malicious', open: 1 })
  })
  test('stays unknown where a file was not read to its end', () => {
    const unread = makeReport([makeFile('a', { findings: [critical], status: 'inconclusive' })])
    expect(reviewOf(unread, all)).toMatchObject({ verdict: 'unknown', grade: 'C' })
  })
  test('keeps the verdict of findings that a full report had to drop', () => {
    const budget = createBudget()
    budget.findings(Array.from({ length: 80 }, () => makeFinding({ evidence: 'x'.repeat(1e6) })))
    const full = { ...report, notes: budget.notes() }
    expect(reviewOf(full, all)).toMatchObject({ verdict: 'malicious', open: 0 })
  })
  test('of nothing is unknown, as before', () => {
    expect(reviewOf(makeReport([]), all).verdict).toBe('unknown')
  })
  test('is never changed itself, and never judged worse, by what is set aside', () => {
    const order = ['malicious', 'suspicious', 'unknown', 'clean']
    const findings = fc.array(
      fc
        .record({
          fingerprint: fc.constantFrom('1', '2', '3'),
          severity: fc.constantFrom('critical' as const, 'high' as const, 'medium' as const),
        })
        .map(makeFinding),
      { maxLength: 5 },
    )
    const aside = fc.uniqueArray(fc.constantFrom('1', '2', '3'))
    fc.assert(
      fc.property(findings, aside, (own, set) => {
        const before = makeReport([makeFile('a', { findings: own })])
        const copy = structuredClone(before)
        const { verdict } = reviewOf(before, (_, { fingerprint }) =>
          set.some((one) => one === fingerprint),
        )
        expect(before).toEqual(copy)
        expect(order.indexOf(verdict)).toBeGreaterThanOrEqual(order.indexOf(before.summary.verdict))
      }),
    )
  })
})
