import { rowForKey } from '@renderer/ui/data-table/navigation'
import fc from 'fast-check'
import { expect, it } from 'vitest'

it('moves by one, by a page, and to the ends', () => {
  expect(rowForKey('ArrowDown', 4, 100, 10)).toBe(5)
  expect(rowForKey('ArrowUp', 4, 100, 10)).toBe(3)
  expect(rowForKey('PageDown', 4, 100, 10)).toBe(13)
  expect(rowForKey('PageUp', 4, 100, 10)).toBe(0)
  expect(rowForKey('Home', 4, 100, 10)).toBe(0)
  expect(rowForKey('End', 4, 100, 10)).toBe(99)
})

it('never wraps around', () => {
  expect(rowForKey('ArrowDown', 99, 100, 10)).toBe(99)
  expect(rowForKey('ArrowUp', 0, 100, 10)).toBe(0)
})

it('begins at the first row when none is active', () => {
  expect(rowForKey('ArrowDown', -1, 3, 10)).toBe(0)
  expect(rowForKey('ArrowUp', -1, 3, 10)).toBe(0)
})

it('leaves other keys and empty lists alone', () => {
  expect(rowForKey('x', 0, 3, 10)).toBeNull()
  expect(rowForKey('ArrowDown', -1, 0, 10)).toBeNull()
})

it('always answers a row that exists', () => {
  const key = fc.constantFrom('ArrowDown', 'ArrowUp', 'Home', 'End', 'PageUp', 'PageDown')
  fc.assert(
    fc.property(
      key,
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 0, max: 60 }),
      (k, n, page) => {
        for (let current = -1; current < n; current++) {
          const row = rowForKey(k, current, n, page) ?? -1
          expect(row).toBeGreaterThanOrEqual(0)
          expect(row).toBeLessThan(n)
        }
      },
    ),
  )
})
