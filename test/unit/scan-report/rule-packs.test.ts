import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadRules } from '../../../electron/core/scan/rules'

const rules = loadRules(join(resolve(import.meta.dirname, '../../..'), 'resources/rules'))

describe('the shipped rule packs', () => {
  test('are valid, unique and versioned', () => {
    expect(rules.version).toMatch(/^\d{4}\.\d{1,2}\.\d{1,3}-[0-9a-f]{8}$/)
    expect(rules.rules.length).toBeGreaterThan(50)
  })
  test.each(rules.rules.map((rule) => [rule.id, rule] as const))(
    '%s says what happens and what to do',
    (_, rule) => {
      for (const text of [rule.title, rule.message, rule.why, rule.fix])
        expect(text).not.toMatch(/ {2}|^\s|\s$|\s,|\s\.(\s|$)/)
      expect(rule.message).toMatch(/[.!]$/)
      expect(rule.fix).toMatch(/[.!]$/)
      expect(
        (rule.match.names?.length ?? 0) + (rule.match.unlessListed?.length ?? 0),
      ).toBeGreaterThan(0)
      if (rule.severity === 'critical' || rule.severity === 'high') expect(rule.cwe).not.toEqual([])
    },
  )
})
