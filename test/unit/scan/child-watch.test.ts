import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { watchChild } from '../../../electron/core/scan/child-watch'
import { LIMITS } from '../../fixtures/limits'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const SECOND = 1000
function watched(hash = false) {
  let stopped = 0
  const watch = watchChild({ limits: { ...LIMITS, fileSeconds: 10 }, hash, stop: () => stopped++ })
  const report = () => watch.heard({ type: 'progress', id: 1, bytes: 1 })
  /** Reports twice a second for so long. */
  const work = (seconds: number) => {
    for (let half = 0; half < seconds * 2; half++) {
      vi.advanceTimersByTime(SECOND / 2)
      report()
    }
  }
  return { watch, report, work, stopped: () => stopped }
}

describe('a scan process', () => {
  test('that falls silent is stopped', () => {
    const { watch, stopped } = watched()
    watch.expect({ id: 1, bytes: 10 })
    vi.advanceTimersByTime(14 * SECOND)
    expect(stopped()).toBe(0)
    vi.advanceTimersByTime(2 * SECOND)
    expect([stopped(), watch.tooLong()]).toEqual([1, 10])
    watch.end()
  })
  test('that reports on and never ends is stopped as well', () => {
    const { watch, work, stopped } = watched()
    watch.expect({ id: 1, bytes: 10 })
    work(17)
    expect([stopped(), watch.tooLong()]).toEqual([1, 15])
    watch.end()
  })
  test('may take as long for a hash as a slow disk needs for the bytes', () => {
    const { watch, work, stopped } = watched(true)
    watch.expect({ id: 1, bytes: 500_000_000 })
    work(110)
    expect(stopped()).toBe(0)
    work(10)
    expect(stopped()).toBe(1)
    watch.end()
  })
  test('that has nothing to do is left alone', () => {
    const { watch, stopped } = watched()
    vi.advanceTimersByTime(3600 * SECOND)
    expect(stopped()).toBe(0)
    watch.end()
  })
  test('has its time anew for each file', () => {
    const { watch, work, stopped } = watched()
    for (const id of [1, 2, 3]) {
      watch.expect({ id, bytes: 10 })
      work(10)
    }
    expect(stopped()).toBe(0)
    watch.end()
  })
  test('that reports more often than any scan does is not believed', () => {
    const { watch, report } = watched()
    watch.expect({ id: 1, bytes: 10 })
    const answers = Array.from({ length: 500 }, report)
    expect(answers.indexOf(false)).toBe(100)
    watch.end()
  })
  test('that names more facts than the limit allows is not believed', () => {
    const { watch } = watched()
    watch.expect({ id: 1, bytes: 10 })
    const facts = Array.from({ length: 64 }, () => ({
      kind: 'import' as const,
      name: 'a.b',
      location: {},
    }))
    const answers = Array.from({ length: 200 }, () => watch.heard({ type: 'facts', id: 1, facts }))
    expect([answers[0], answers.at(-1)]).toEqual([true, false])
    watch.end()
  })
})
