import { roughly } from '@renderer/scan/running/eta'
import fc from 'fast-check'
import { expect, it } from 'vitest'

it('says what is left in one unit, with the interval rounded outwards', () => {
  expect(roughly(125, { low: 70, high: 230 })).toEqual({
    unit: 'min',
    about: 2,
    range: { low: 1, high: 4 },
  })
  expect(roughly(40, { low: 31.5, high: 58.2 })).toEqual({
    unit: 's',
    about: 40,
    range: { low: 31, high: 59 },
  })
  expect(roughly(7300, null)).toEqual({ unit: 'h', about: 2, range: null })
})

it('says no interval where rounding leaves none', () => {
  expect(roughly(3, { low: 3, high: 3 }).range).toBeNull()
})

it('never says that nothing is left, and always holds the guess within the interval', () => {
  const seconds = fc.double({ min: 0, max: 1e6, noNaN: true })
  fc.assert(
    fc.property(seconds, seconds, seconds, (eta, one, other) => {
      const range = { low: Math.min(one, other), high: Math.max(one, other) }
      const { about, range: said } = roughly(eta, range)
      expect(about).toBeGreaterThanOrEqual(1)
      if (said) expect(said.low <= about && about <= said.high).toBe(true)
    }),
  )
})
