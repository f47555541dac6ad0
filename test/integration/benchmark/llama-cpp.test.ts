import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DataSet } from '@shared/benchmark/suite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { enginePackage } from '../../../electron/core/benchmark/engine-packages'
import { installEngine } from '../../../electron/core/benchmark/install-engine'
import type { LaunchPlan } from '../../../electron/core/benchmark/protocol'
import { openLaunches, sha256, TEST_PROFILE } from '../../fixtures/launch-plan'
import { tinyLlama } from '../../fixtures/tiny-llama'

/**
 * The addon is no dependency: give its file (`npm pack @node-llama-cpp/linux-x64@3.21.1`) by
 * PROMETHEUS_LLAMA_PACKAGE and these run.
 */
const FILE = process.env.PROMETHEUS_LLAMA_PACKAGE ?? ''
const wanted = enginePackage()

describe.skipIf(!existsSync(FILE) || wanted === undefined)('a launch on llama.cpp', () => {
  let launches: ReturnType<typeof openLaunches>
  beforeAll(async () => {
    launches = openLaunches()
    if (wanted !== undefined)
      await installEngine({ package: wanted, dataFolder: launches.platform.paths.data, from: FILE })
  })
  afterAll(() => launches.close())

  function plan(more: Partial<LaunchPlan> = {}): LaunchPlan {
    const made = launches.plan(tinyLlama(), {
      engine: { name: 'llama-cpp', folder: launches.engineFolder('llama-cpp'), threads: 1 },
      scenario: { kind: 'generation', promptTokens: 16, outputTokens: 8 },
      inputs: { kind: 'prompts', prompts: ['the quick brown fox', 'a lazy dog'] },
      profile: TEST_PROFILE,
      ...more,
    })
    return { ...made, model: { ...made.model, format: 'gguf' } }
  }

  test('measures the time to the first token and between tokens', async () => {
    const { ending, measured } = await launches.run(plan())
    expect(ending.sentence).toBe('It was measured to its end.')
    expect(measured?.generation?.queries.length).toBeGreaterThanOrEqual(3)
    expect(measured?.generation?.queries[0]).toMatchObject({ promptTokens: 16, outputTokens: 8 })
    expect(measured?.generation?.outputTokensPerSecond).toBeGreaterThan(0)
    expect(measured?.sampledOutputs.different).toBe(0)
  })
  test('says the same in every launch', async () => {
    const [one, two] = [await launches.run(plan()), await launches.run(plan())]
    expect(one.measured?.outputDigest).toBe(two.measured?.outputDigest)
  })
  test('refuses a scenario that is longer than the context', async () => {
    const scenario = { kind: 'generation', promptTokens: 600, outputTokens: 8 } as const
    const { ending } = await launches.run(plan({ scenario }))
    expect(ending).toMatchObject({ kind: 'refused' })
    expect(ending.sentence).toContain('trained for 512 tokens')
  })
  test('takes the perplexity of texts and says what it would answer', async () => {
    const lines = ['{"x":"the quick","y":" brown fox"}', '{"x":"a lazy","y":" dog"}'].join('\n')
    writeFileSync(join(launches.folder, 'texts.jsonl'), lines)
    const set = DataSet.parse({
      format: 'jsonl',
      file: { path: 'texts.jsonl', sha256: sha256(lines) },
      features: 'x',
      label: 'y',
    })
    const { ending, accuracy } = await launches.run(
      plan({
        data: { folder: launches.folder, set },
        accuracy: { task: 'generation', metrics: ['perplexity', 'exact-match'] },
      }),
    )
    expect(ending.sentence).toBe('It was measured to its end.')
    // Random weights know nothing: about as many guesses as there are tokens.
    expect(accuracy?.metrics[0]?.value).toBeGreaterThan(100)
    expect(accuracy?.metrics[1]?.value).toBe(0)
    expect(accuracy?.predictions.map(({ tokens }) => tokens)).toEqual([10, 4])
  })
  test('refuses a file that is no model', async () => {
    const made = launches.plan(Buffer.from('GGUF, or so it says'))
    const { ending } = await launches.run({ ...plan(), model: { ...made.model, format: 'gguf' } })
    expect(ending.kind).toBe('refused')
  })
})
