import { expect, test } from 'vitest'
import { killStorm } from '../../fixtures/kill-storm'
import { scanStorm } from '../../fixtures/scan-storm'

test('a host that is killed while it scans loses no report, and the scan goes on', async () => {
  const storm = await killStorm(scanStorm(400), { kills: 3, seed: 7, within: 700 })
  expect(storm.kills).toBe(3)
  expect(storm.acknowledged).toBeGreaterThan(0)
})
