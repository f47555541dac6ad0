import { againstBaseline, toBaseline } from '@shared/scan-report/baseline'
import { expect, test } from 'vitest'
import { exitCode } from '../../../electron/cli/exit-code'
import { finding } from '../../fixtures/facts'
import { file, report } from '../../fixtures/reports'

const notes = ['7 findings did not fit into this report; verdicts count them, and more.']
const known = finding('low')
const full = report([file('a.pkl', [known], { verdict: 'malicious' })], { notes })

test('findings that did not fit are behind no baseline', () => {
  const { onlyNew } = againstBaseline(full, toBaseline(full))
  expect(onlyNew.summary.verdict).toBe('malicious')
})
test('a line of severity is not clean where findings did not fit', () => {
  expect(exitCode(full, 'critical')).toBe(2)
  expect(exitCode(report([file('a.pkl', [known])]), 'critical')).toBe(0)
})
