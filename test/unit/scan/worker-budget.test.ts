import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createTurns } from '../../../electron/core/jobs/turns'
import { createWorkerBudget } from '../../../electron/core/scan/worker-budget'

test('one scan has all processes', () => {
  expect(
    createWorkerBudget(() => 4)
      .join(() => {})
      .size(),
  ).toBe(4)
})
test('every scan has at least one process', () => {
  const budget = createWorkerBudget(() => 1)
  const shares = [1, 2, 3].map(() => budget.join(() => {}))
  expect(shares.map((share) => share.size())).toEqual([1, 1, 1])
})
test('scans that can share all processes share all of them, and differ by one at most', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 16 }),
      fc.integer({ min: 1, max: 16 }),
      (total, scans) => {
        fc.pre(scans <= total)
        const budget = createWorkerBudget(() => total)
        const sizes = Array.from({ length: scans }, () => budget.join(() => {})).map((s) =>
          s.size(),
        )
        expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(total)
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
      },
    ),
  )
})
test('a scan that ends leaves its processes to the others, who hear of it', () => {
  const budget = createWorkerBudget(() => 4)
  let heard = 0
  const first = budget.join(() => heard++)
  const second = budget.join(() => {})
  expect(first.size()).toBe(2)
  second.leave()
  expect([first.size(), heard]).toEqual([4, 2])
})

test('turns are given in the order of asking, a few at a time', async () => {
  const turns = createTurns(2)
  const { signal } = new AbortController()
  const order: string[] = []
  const endFirst = await turns.take(signal)
  await turns.take(signal)
  const third = turns.take(signal).then((end) => {
    order.push('third')
    return end
  })
  const fourth = turns.take(signal).then(() => order.push('fourth'))
  expect(order).toEqual([])
  endFirst()
  const endThird = await third
  endThird()
  await fourth
  expect(order).toEqual(['third', 'fourth'])
})
test('whoever is cancelled in the line leaves it, and the next is served', async () => {
  const turns = createTurns(1)
  const abort = new AbortController()
  const end = await turns.take(new AbortController().signal)
  const gone = turns.take(abort.signal)
  const next = turns.take(new AbortController().signal)
  abort.abort()
  await expect(gone).rejects.toThrow('aborted')
  end()
  await expect(next).resolves.toBeTypeOf('function')
})
test('held scans get no process until the last hold ends', () => {
  const budget = createWorkerBudget(() => 4)
  let heard = 0
  const share = budget.join(() => heard++)
  const first = budget.hold()
  const second = budget.hold()
  expect(share.size()).toBe(0)
  first()
  first()
  expect(share.size()).toBe(0)
  second()
  expect([share.size(), heard]).toEqual([4, 5])
})
