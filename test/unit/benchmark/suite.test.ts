import { PROFILE, Profile } from '@shared/benchmark/profile'
import { SuiteManifest, SuitePath } from '@shared/benchmark/suite'
import { describe, expect, test } from 'vitest'

const licence = { name: 'CC0-1.0', source: 'made up' }
const file = { path: 'data.csv', sha256: 'ab'.repeat(32) }
const manifest = (more: object = {}) => ({
  schemaVersion: 1,
  id: 'acme/flowers',
  version: '1.0.0',
  title: 'Flowers',
  category: 'tables',
  task: 'classification',
  licence,
  data: { format: 'csv', file, features: ['a'], label: 'b' },
  inputs: { kind: 'data' },
  scenarios: [{ kind: 'single-stream' }],
  metric: 'accuracy',
  ...more,
})
const problems = (more: object) =>
  SuiteManifest.safeParse(manifest(more)).error?.issues.map(({ message }) => message) ?? []

describe('a manifest', () => {
  test('says what LoadGen says where it says nothing', () => {
    const suite = SuiteManifest.parse(manifest({ scenarios: [{ kind: 'offline' }] }))
    expect(suite.practicalDelta).toBe(0.03)
    expect(suite.scenarios).toEqual([{ kind: 'offline', batchSizes: [1, 2, 4, 8, 16, 32, 64] }])
    expect(suite.reading).toEqual({ constants: {} })
  })
  test('has data and a metric, or neither', () => {
    expect(problems({ metric: null })).toContain(
      'a suite has both a data set and a metric, or neither',
    )
  })
  test('has data where it feeds them', () => {
    expect(problems({ data: undefined, metric: null })).toEqual([
      'inputs of kind "data" need a data set',
    ])
  })
  test('generates where its task is generation, and nowhere else', () => {
    expect(problems({ scenarios: [{ kind: 'generation' }] })).toEqual([
      'the scenario "generation" and the task "generation" go together',
    ])
  })
})

describe('a path of a suite', () => {
  test.each(['data.csv', 'pictures/a b.png', '..hidden', 'a..b/c'])('may be %s', (path) => {
    expect(SuitePath.safeParse(path).success).toBe(true)
  })
  test.each(['../data', 'a/../../b', '/etc/passwd', 'C:\\x', 'a\\..\\b', '..', 'a/..', 'a\0b', ''])(
    'is never %s',
    (path) => {
      expect(SuitePath.safeParse(path).success).toBe(false)
    },
  )
})

test('a profile takes about as long as it says: 10 s, 60 s and 600 s', () => {
  const seconds = Object.values(PROFILE).map((profile) => {
    const { launches, warmUpMs, measureMs, coolDownMs } = Profile.parse(profile)
    return (launches * (warmUpMs + measureMs + coolDownMs + 300)) / 1000
  })
  expect(seconds.map((one) => Math.round(one / 10) * 10)).toEqual([10, 60, 590])
})
