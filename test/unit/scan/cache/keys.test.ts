import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { atOnce } from '../../../../electron/core/event-loop'
import { contentKey, placeKey, scopeOf } from '../../../../electron/core/scan/cache/key'
import { keepable, readKept } from '../../../../electron/core/scan/cache/known-result'
import { nameHint } from '../../../../electron/core/scan/name-hint'
import { isRacy } from '../../../../electron/core/scan/racy'
import { LIMITS, scanBytes } from '../../../fixtures/scan-bytes'

const CALL = Buffer.from("cos\nsystem\n(S'echo harmless'\ntR.")

describe('the hint of a name', () => {
  test.each([
    ['model/a.pkl', 'a.pkl'],
    ['a.pkl', 'a.pkl'],
    ['v1/.github/workflows/ci.yml', '.github/workflows/ci.yml'],
    ['repo/.git/hooks/pre-commit', '.git/hooks/pre-commit'],
    ['.config/a/b/c.json', 'c.json'],
    ['', ''],
  ])('of %s is %s', (path, hint) => {
    expect(nameHint(path)).toBe(hint)
  })
  test('of a hint is the hint itself', () => {
    const path = fc
      .array(fc.constantFrom('a', '.git', 'hooks', 'b.py', '..'))
      .map((p) => p.join('/'))
    fc.assert(
      fc.property(path, (shown) => {
        expect(nameHint(nameHint(shown))).toBe(nameHint(shown))
      }),
    )
  })
  test('is all that a result depends on besides the bytes', () => {
    const files = [
      CALL,
      Buffer.from('import os\n'),
      Buffer.from('{"a": 1}'),
      Buffer.from('#!/bin/sh\n'),
    ]
    for (const bytes of files)
      for (const base of ['a.pkl', 'a.py', 'package.json', 'Dockerfile', 'model.h5']) {
        const [one, other] = [`v1/deep/er/${base}`, base].map((name) => {
          const { format, status, reason, facts } = scanBytes(bytes, { name })
          return { format, status, reason, facts }
        })
        expect(one).toEqual(other)
      }
  })
})

describe('the key of a content', () => {
  const scope = scopeOf('build', LIMITS)
  test('differs by scanner, by limits that can cut a result, by bytes, size and name', () => {
    const keys = [
      contentKey(scope, 'a', 1, 'x'),
      contentKey(scope, 'b', 1, 'x'),
      contentKey(scope, 'a', 2, 'x'),
      contentKey(scope, 'a', 1, 'y'),
      contentKey(scopeOf('other', LIMITS), 'a', 1, 'x'),
      contentKey(scopeOf('build', { ...LIMITS, depth: LIMITS.depth + 1 }), 'a', 1, 'x'),
    ].map((key) => key.toString('hex'))
    expect(new Set(keys).size).toBe(keys.length)
  })
  test('does not differ by limits of time, memory and number of files', () => {
    const more = { ...LIMITS, fileSeconds: 1, heapMegabytes: 64, files: 3 }
    expect(scopeOf('build', more)).toEqual(scope)
  })
  test('cannot be made to meet another by moving text between its parts', () => {
    expect(placeKey(scope, 'a', 'b,c')).not.toEqual(placeKey(scope, 'a,b', 'c'))
  })
})

describe('what is kept of a file', () => {
  const kept = (result: Parameters<typeof keepable>[0]) => keepable(result) !== undefined
  test('is what the same bytes would give again', () => {
    const { findings: _, verdict: __, names: ___, ...result } = scanBytes(CALL, { hash: true })
    const body = keepable(result)
    const { format, sha256, status, reason, facts } = result
    expect(atOnce(readKept(body ?? ''))).toEqual({ format, sha256, status, reason, facts })
  })
  test('may be the end at a limit of the content, never one of time', () => {
    const bytes = Buffer.concat([Buffer.from('('), Buffer.alloc(100_000, 'N'), Buffer.from('t.')])
    const atLimit = scanBytes(bytes, { hash: true, memoEntries: 1000 })
    expect([atLimit.status, kept(atLimit)]).toEqual(['inconclusive', true])
    expect(kept(scanBytes(bytes, { hash: true, fileSeconds: 0 }))).toBe(false)
  })
  test('needs a hash', () => {
    expect(kept(scanBytes(CALL))).toBe(false)
  })
  test('is nothing once it is damaged', () => {
    const body = keepable(scanBytes(CALL, { hash: true })) ?? ''
    const cuts = fc.integer({ min: 0, max: body.length - 1 })
    fc.assert(
      fc.property(cuts, (length) => {
        expect(atOnce(readKept(body.slice(0, length)))).toBeUndefined()
      }),
    )
    expect(atOnce(readKept(body.replace('"complete"', '"error"')))).toBeUndefined()
  })
})

describe('a file that may yet change unseen', () => {
  const at = (ms: number, more = 1n) => String(BigInt(ms) * 1_000_000n + more)
  const stat = (mtimeNs: string, ctimeNs = mtimeNs) => ({ dev: '1', ino: '2', mtimeNs, ctimeNs })
  const NOW = 1_700_000_000_000
  test('changed within the last tick before it was read', () => {
    expect(isRacy(stat(at(NOW - 5)), NOW)).toBe(true)
    expect(isRacy(stat(at(NOW - 500)), NOW)).toBe(false)
  })
  test('has a longer tick where its file system counts in seconds', () => {
    expect(isRacy(stat(at(NOW - 1000, 0n)), NOW)).toBe(true)
    expect(isRacy(stat(at(NOW - 3000, 0n)), NOW)).toBe(false)
  })
  test('is not believed by a modification time that was set back', () => {
    expect(isRacy(stat(at(0), at(NOW - 5)), NOW)).toBe(true)
  })
  test('is one that changed in the future', () => {
    expect(isRacy(stat(at(NOW + 86_400_000)), NOW)).toBe(true)
  })
})
