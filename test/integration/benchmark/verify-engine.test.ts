import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDefinedError, safe } from '@orpc/client'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ENGINE_LIBRARIES, engineFolder } from '../../../electron/core/benchmark/engine-folders'
import { benchmarkFolder, runBenchmark, shortBenchmarks } from '../../fixtures/benchmarks'
import { type OpenConsole, openConsole } from '../../fixtures/console'

let open: OpenConsole
beforeEach(() => {
  open = openConsole({}, {}, undefined, shortBenchmarks())
})
afterEach(() => open.close())

const engine = 'onnxruntime-node' as const

describe('an engine that is verified', () => {
  test('is hashed as it lies on disk, and results that ran with it are counted', async () => {
    const folder = benchmarkFolder(open.root)
    const before = await open.client.benchmark.verifyEngine({ engine })
    const library = join(
      engineFolder(open.console.platform.paths, engine) ?? '',
      ENGINE_LIBRARIES[engine],
    )
    expect(before).toEqual({
      librarySha256: createHash('sha256').update(readFileSync(library)).digest('hex'),
      same: 0,
      different: 0,
    })
    await runBenchmark(open, {
      models: [folder.model('a.onnx')],
      suite: folder.suite,
      threads: 1,
      profile: 'quick',
      references: true,
    })
    expect(await open.client.benchmark.verifyEngine({ engine })).toEqual({ ...before, same: 1 })
  })

  test('is missing where it was never installed, with the way to get it', async () => {
    const { error } = await safe(open.client.benchmark.verifyEngine({ engine: 'llama-cpp' }))
    expect(isDefinedError(error as never) && (error as { code?: string }).code).toBe(
      'ENGINE_MISSING',
    )
  })
})
