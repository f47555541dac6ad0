import { indexPatterns, lookUp } from '@shared/scan-report/pattern'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const matches = (pattern: string, name: string) =>
  lookUp(indexPatterns([[pattern, true]]), name).length > 0

describe('patterns of rule packs', () => {
  test.each([
    ['os.system', 'os.system', true],
    ['os.system', 'os.systemd', false],
    ['os.*', 'os.system', true],
    ['os.*', 'os.path.join', false],
    ['os.**', 'os.path.join', true],
    ['os.**', 'os', true],
    ['os.**', 'osx.path', false],
    ['**.__globals__', 'a.b.__globals__', true],
    ['**.__globals__.**', 'a.__globals__.b.c', true],
    ['**.__globals__', 'a.globals', false],
    ['sklearn.**.<Class>', 'sklearn.svm._classes.SVC', true],
    ['sklearn.**.<Class>', 'sklearn.tree._Tree', true],
    ['sklearn.**.<Class>', 'sklearn.datasets.load_files', false],
    ['result-of.**', 'result-of.builtins.getattr', true],
    ['a+b.c', 'aab.c', false],
  ])('%s on %s is %s', (pattern, name, expected) => {
    expect(matches(pattern, name)).toBe(expected)
  })

  test('a literal pattern matches exactly itself, whatever its characters', () => {
    const segment = fc.stringMatching(/^[A-Za-z0-9_()+$^[\]-]{1,8}$/)
    const name = fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('.'))
    fc.assert(
      fc.property(name, name, (pattern, other) => matches(pattern, other) === (pattern === other)),
    )
  })
})
