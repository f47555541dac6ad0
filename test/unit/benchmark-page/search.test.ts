import { describe, expect, test } from 'vitest'
import { parseCompareSearch } from '../../../renderer/benchmark/compare/compare-search'
import { parseHistorySearch } from '../../../renderer/benchmark/history/history-search'
import { parseResultsSearch } from '../../../renderer/benchmark/list/results-search'
import { parseResultSearch } from '../../../renderer/benchmark/result/result-search'
import { parseRunSearch } from '../../../renderer/benchmark/run/run-search'

const id = (n: number) => `00000000-0000-4000-8000-00000000000${n}`

describe('the address of a comparison', () => {
  test('names two to five results, the first as the baseline', () => {
    expect(parseCompareSearch({ of: `${id(2)},${id(1)}` })).toEqual({ of: [id(2), id(1)] })
  })

  test.each([
    ['nothing', {}],
    ['one result', { of: id(1) }],
    ['the same twice', { of: `${id(1)},${id(1)}` }],
    ['six results', { of: [1, 2, 3, 4, 5, 6].map(id).join(',') }],
    ['no ids', { of: 'a,b' }],
  ])('with %s is none', (_, search) => {
    expect(parseCompareSearch(search)).toBeNull()
  })

  test('keeps a threshold that the contract takes', () => {
    const of = `${id(1)},${id(2)}`
    expect(parseCompareSearch({ of, delta: 0.05 })).toMatchObject({ delta: 0.05 })
    expect(parseCompareSearch({ of, delta: 7 })).not.toHaveProperty('delta')
  })
})

test('what an address does not know falls back to what a page shows first', () => {
  expect(parseResultSearch({ tab: 'speed' })).toEqual({})
  expect(parseResultSearch({ tab: 'launches' })).toEqual({ tab: 'launches' })
  expect(parseHistorySearch({ measure: 'height' })).toEqual({})
  expect(parseResultsSearch({ q: 42, references: 'yes' })).toEqual({ q: '42' })
  expect(parseRunSearch({ path: '/m.onnx', override: true })).toEqual({
    path: '/m.onnx',
    override: true,
  })
})
