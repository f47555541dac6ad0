import { expect, test } from 'vitest'
import { benchmarkStorm } from '../../fixtures/benchmark-storm'
import { killStorm } from '../../fixtures/kill-storm'

test('a host that is killed while it measures loses no launch, leaves no process, and the run goes on', async () => {
  const storm = await killStorm(benchmarkStorm(1), { kills: 2, seed: 3, within: 2500 })
  expect(storm.kills).toBe(2)
  expect(storm.acknowledged).toBeGreaterThan(0)
})
