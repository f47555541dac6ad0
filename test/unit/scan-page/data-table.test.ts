import { toggled, withAll, withRange } from '@renderer/ui/data-table/selection'
import {
  clampWidth,
  LEAST_WIDTH,
  MOST_WIDTH,
  resolveTracks,
  trackOf,
} from '@renderer/ui/data-table/widths'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const ids = ['a', 'b', 'c', 'd', 'e']

describe('the rows chosen in a table', () => {
  it('gain and lose one row with the same key', () => {
    const once = toggled(new Set(['a']), 'b')
    expect([...once]).toEqual(['a', 'b'])
    expect([...toggled(once, 'b')]).toEqual(['a'])
  })

  it('gain a range in either direction and keep what was chosen before', () => {
    expect([...withRange(new Set(['e']), ids, 1, 2)].sort()).toEqual(['b', 'c', 'e'])
    expect([...withRange(new Set(), ids, 3, 1)]).toEqual(['b', 'c', 'd'])
  })

  it('are all that is shown, or none of it, and leave the rest alone', () => {
    const all = withAll(new Set(['hidden', 'b']), ids)
    expect(all.size).toBe(6)
    expect([...withAll(all, ids)]).toEqual(['hidden'])
  })

  it('are a new set each time, so that nobody who holds the old one sees it change', () => {
    fc.assert(
      fc.property(fc.subarray(ids), fc.constantFrom(...ids), (chosen, id) => {
        const before = new Set(chosen)
        toggled(before, id)
        withAll(before, ids)
        expect([...before]).toEqual(chosen)
      }),
    )
  })
})

describe('the widths of columns', () => {
  it('share what fixed columns leave over', () => {
    expect(resolveTracks(['32px', '100px', 'minmax(0,3fr)', 'minmax(0,1fr)'], 532)).toEqual([
      32, 100, 300, 100,
    ])
  })

  it('never go below the least that a column asks for', () => {
    expect(resolveTracks(['400px', 'minmax(160px,1fr)'], 420)).toEqual([400, 160])
  })

  it('count a width that was given as fixed', () => {
    const tracks = [
      trackOf({ id: 'title', track: 'minmax(0,5fr)' }, { title: 240 }),
      trackOf({ id: 'file', track: 'minmax(0,4fr)' }, { title: 240 }),
    ]
    expect(resolveTracks(tracks, 1000)).toEqual([240, 760])
  })

  it('stay within what can be seen and grasped', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (px) => {
        expect(clampWidth(px)).toBeGreaterThanOrEqual(LEAST_WIDTH)
        expect(clampWidth(px)).toBeLessThanOrEqual(MOST_WIDTH)
      }),
    )
  })
})
