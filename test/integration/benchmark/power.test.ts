import { afterAll, beforeAll, expect, test } from 'vitest'
import { BASE_WORK, openPower } from '../../fixtures/power'

/** The long form is `npm run bench:power`: 200 comparisons, twins with 5 % more work, quiet and loaded. */
const BLOCKS = 8

let power: ReturnType<typeof openPower>
beforeAll(() => {
  power = openPower()
})
afterAll(() => power.close())

test('a model is not called faster or slower than itself', async () => {
  const { verdict } = await power.compare(BASE_WORK, BLOCKS, 1)
  expect(['equivalent', 'inconclusive']).toContain(verdict)
})
test('a twin that does half as much again is called slower', async () => {
  const { verdict, effect } = await power.compare(BASE_WORK * 1.5, BLOCKS, 2)
  expect(verdict).toBe('slower')
  expect(effect).toBeGreaterThan(0.3)
})
