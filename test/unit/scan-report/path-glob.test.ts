import { matchesGlob } from '@shared/scan-report/path-glob'
import fc from 'fast-check'
import { expect, test } from 'vitest'

test.each([
  ['a.pkl', 'a.pkl', true],
  ['a.pkl', 'b/a.pkl', false],
  ['*.pkl', 'a.pkl', true],
  ['*.pkl', 'b/a.pkl', false],
  ['**/*.pkl', 'a.pkl', true],
  ['**/*.pkl', 'b/c/a.pkl', true],
  ['tests/**', 'tests/a/b', true],
  ['tests/**', 'tests', true],
  ['tests/**', 'testsuite/a', false],
  ['a/**/z', 'a/z', true],
  ['a/**/z', 'a/b/c/z', true],
  ['a/**/z', 'a/b/c/y', false],
  ['a/*/z', 'a/b/z', true],
  ['a/*/z', 'a/b/c/z', false],
  ['a*b*c', 'a-b-b-c', true],
  ['a*b*c', 'a-b-b-d', false],
  // Nothing else means anything: no class, no alternative, no single-character wildcard.
  ['a.p?l', 'a.pkl', false],
  ['[ab].pkl', 'a.pkl', false],
  ['(a|b)+', '(a|b)+', true],
  ['a.pkl', 'axpkl', false],
])('%s on %s is %s', (glob, path, matches) => {
  expect(matchesGlob(glob, path)).toBe(matches)
})

test('every path matches itself when it has no star, and everything matches **', () => {
  const path = fc.array(
    fc.string({ minLength: 1 }).map((s) => s.replaceAll(/[*/]/g, '_')),
    { minLength: 1 },
  )
  fc.assert(
    fc.property(path, (parts) => {
      expect(matchesGlob(parts.join('/'), parts.join('/'))).toBe(true)
      expect(matchesGlob('**', parts.join('/'))).toBe(true)
    }),
  )
})

test('a glob that was made to backtrack takes a number of steps that stays small', () => {
  const stars = `${'*a'.repeat(500)}b`
  expect(matchesGlob(stars, 'a'.repeat(1000))).toBe(false)
  expect(matchesGlob(`${'**/a/'.repeat(200)}b`, 'a/'.repeat(500))).toBe(false)
})
