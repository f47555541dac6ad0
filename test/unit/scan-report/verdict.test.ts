import { gradeOf } from '@shared/scan-report/grade'
import { type FileReport, SEVERITIES, type Status } from '@shared/scan-report/report'
import { summarise } from '@shared/scan-report/summary'
import { verdictOf, worstVerdict } from '@shared/scan-report/verdict'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { finding } from '../../fixtures/facts'

const anyFinding = fc
  .record({
    severity: fc.constantFrom(...SEVERITIES),
    confidence: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ severity, confidence }) => finding(severity, { confidence }))
const anyStatus = fc.constantFrom<Status>('complete', 'inconclusive', 'error')

describe('verdict', () => {
  test('a file that was not read to its end is never clean', () => {
    fc.assert(
      fc.property(
        fc.array(anyFinding),
        fc.constantFrom<Status>('inconclusive', 'error'),
        (findings, status) => {
          expect(verdictOf(findings, status)).not.toBe('clean')
        },
      ),
    )
  })
  test.each([
    [finding('critical'), 'malicious'],
    [finding('high'), 'malicious'],
    [finding('high', { category: 'parser-disagreement' }), 'suspicious'],
    [finding('medium'), 'suspicious'],
    [finding('low'), 'clean'],
    [finding('info'), 'clean'],
  ] as const)('%o is %s', (one, expected) => {
    expect(verdictOf([one], 'complete')).toBe(expected)
  })
  test('the worst of several verdicts wins', () => {
    expect(worstVerdict(['clean', 'unknown', 'suspicious'])).toBe('suspicious')
    expect(worstVerdict([])).toBe('clean')
  })
})

describe('grade', () => {
  const files = fc.array(
    fc
      .record({ findings: fc.array(anyFinding, { maxLength: 5 }), status: anyStatus })
      .map((file) => ({
        ...file,
        verdict: verdictOf(file.findings, file.status),
      })),
    { minLength: 1, maxLength: 5 },
  )
  test('the steps add up to the score, and the score is from 0 to 100', () => {
    fc.assert(
      fc.property(files, (some) => {
        const { score, steps } = gradeOf(some)
        expect(steps.reduce((sum, step) => sum + step.points, 0)).toBeCloseTo(score, 6)
        expect(score).toBeGreaterThanOrEqual(0)
        expect(score).toBeLessThanOrEqual(100)
      }),
    )
  })
  test('another finding never raises the score', () => {
    fc.assert(
      fc.property(files, anyFinding, (some, more) => {
        const worse = [
          ...some,
          { findings: [more], status: 'complete' as const, verdict: verdictOf([more], 'complete') },
        ]
        expect(gradeOf(worse).score).toBeLessThanOrEqual(gradeOf(some).score)
      }),
    )
  })
  test('a malicious file is an F however clean the rest is', () => {
    const bad = {
      findings: [finding('high', { confidence: 0.1 })],
      status: 'complete' as const,
      verdict: 'malicious' as const,
    }
    expect(gradeOf([bad])).toMatchObject({ grade: 'F', score: 40 })
  })
  test('nothing scanned is no A+', () => {
    expect(gradeOf([])).toMatchObject({ grade: 'F', score: 0 })
  })
  test('nothing found is an A+', () => {
    expect(gradeOf([{ findings: [], status: 'complete', verdict: 'clean' }])).toMatchObject({
      grade: 'A+',
      score: 100,
    })
  })
})

describe('summary', () => {
  test('counts files by verdict and status and findings by severity', () => {
    const file = (
      verdict: FileReport['verdict'],
      status: Status,
      findings: FileReport['findings'],
    ): FileReport => ({
      path: 'a',
      root: 0,
      format: 'pickle',
      bytes: 10,
      sha256: null,
      status,
      reason: null,
      verdict,
      cached: false,
      frameworks: [],
      findings,
    })
    const summary = summarise([
      file('malicious', 'complete', [finding('critical')]),
      file('unknown', 'error', []),
    ])
    expect(summary).toMatchObject({
      files: 2,
      bytes: 20,
      verdict: 'malicious',
      bySeverity: { critical: 1, high: 0 },
      byVerdict: { malicious: 1, unknown: 1, clean: 0 },
      byStatus: { error: 1 },
    })
  })
  test('nothing scanned is unknown, not clean', () => {
    expect(summarise([]).verdict).toBe('unknown')
  })
})
