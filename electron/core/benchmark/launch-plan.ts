import type { Profile } from '@shared/benchmark/profile'
import type { Scenario } from '@shared/benchmark/scenario'
import { deriveSeed } from '@shared/statistics/random'
import type { ReadyEngine } from './engine-stamp'
import type { ScannedModel } from './model-scan'
import type { LaunchPlan } from './protocol'
import type { OpenSuite } from './suite-folder'

/** Numbers in one answer and in one generated item; bytes of a data set that is held in memory. */
const LIMITS = { outputElements: 50_000_000, inputElements: 50_000_000, dataBytes: 512 * 1024 ** 2 }

/** What one launch is told: everything the child has to know, and nothing else. */
export function planOf(
  {
    model,
    engine,
  }: { model: Pick<ScannedModel, 'identity' | 'path' | 'parts'>; engine: ReadyEngine },
  of: {
    /** Of the whole run. */
    runSeed: number
    threads: number
    suite: OpenSuite
    scenario: Scenario
    profile: Profile
    /** Of this launch. */
    seed: number
    accuracy: boolean
  },
): LaunchPlan {
  const { manifest, folder } = of.suite
  const needsData = of.accuracy || manifest.inputs.kind === 'data'
  const { task } = manifest
  const [main] = model.identity.files
  return {
    model: {
      format: model.identity.format,
      path: model.path,
      sha256: main?.sha256 ?? '',
      parts: model.parts,
    },
    engine: { name: engine.name, folder: engine.folder, threads: of.threads },
    scenario: of.scenario,
    profile: of.profile,
    seed: of.seed,
    itemSeed: deriveSeed(of.runSeed, 'items'),
    inputs: manifest.inputs,
    reading: manifest.reading,
    ...(needsData && manifest.data !== undefined && { data: { folder, set: manifest.data } }),
    ...(of.accuracy &&
      task !== 'speed' &&
      manifest.metric !== null && { accuracy: { task, metrics: [manifest.metric] } }),
    limits: LIMITS,
  }
}
