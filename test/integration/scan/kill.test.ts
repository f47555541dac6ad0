import { expect, test } from 'vitest'
import { killStorm } from '../../fixtures/kill-storm'

test('a host that is killed while it scans loses no report, and the scan goes on', async () => {
  const storm = await killStorm({ kills: 3, seed: 7, files: 400, within: 700 })
  expect(storm.kills).toBe(3)
  expect(storm.acknowledged).toBeGreaterThan(0)
})
