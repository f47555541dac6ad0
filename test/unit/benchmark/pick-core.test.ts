import { describe, expect, test } from 'vitest'
import { allowedCores } from '../../../electron/core/benchmark/pick-core'

describe('the cores a process may run on', () => {
  test('are read from ranges and single ones', () => {
    expect(allowedCores('Name:\tnode\nCpus_allowed_list:\t0-2,5\nMems_allowed:\t1\n')).toEqual([
      0, 1, 2, 5,
    ])
  })
  test('are one where there is one', () => {
    expect(allowedCores('Cpus_allowed_list:\t3\n')).toEqual([3])
  })
  test('are unknown on a system that does not say', () => {
    expect(allowedCores('')).toEqual([])
  })
})
