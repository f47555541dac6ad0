import { expect, test } from 'vitest'
import { createBudget } from '../../../electron/core/scan/budget'
import { finding } from '../../fixtures/facts'

/** One finding of about 8 MiB of JSON. */
const vast = () => finding('medium', { evidence: 'x'.repeat(8 * 1024 * 1024) })

test('a report of ordinary size keeps every finding and says nothing', () => {
  const budget = createBudget()
  const all = Array.from({ length: 10_000 }, () => finding('high'))
  expect(budget.findings(all)).toBe(all)
  expect(budget.notes()).toEqual([])
})

test('findings beyond the size of a report are left out, and the report says so', () => {
  const budget = createBudget()
  expect(budget.findings(Array.from({ length: 9 }, vast)).length).toBeLessThan(5)
  expect(budget.notes()[0]).toContain('findings did not fit')
})

test('a later file still shows its worst finding', () => {
  const budget = createBudget()
  budget.findings(Array.from({ length: 9 }, vast))
  expect(budget.findings([finding('critical'), vast()])).toHaveLength(1)
})

test('facts of a file are kept wholly or not at all', () => {
  const budget = createBudget()
  const facts = Array.from({ length: 600_000 }, () => ({
    kind: 'import' as const,
    name: 'a.b',
    location: {},
  }))
  expect([budget.facts(facts), budget.facts(facts)].map((kept) => kept.length)).toEqual([
    600_000, 0,
  ])
  expect(budget.notes()[0]).toContain('600,000 facts')
})
