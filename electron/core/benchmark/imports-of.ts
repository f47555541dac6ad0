import type { ActivityLog } from '../activity'
import type { Db } from '../database/open'
import type { ModelService } from '../model'
import type { Platform } from '../platform'
import type { Benchmark } from './compose'
import { type BenchmarkImports, createBenchmarkImports } from './imports'

/** Imports of a workspace: verified by its keys, compared with its results, suites and passports. */
export function importsOf(
  db: Db,
  platform: Platform,
  activity: ActivityLog,
  { results, suites }: Pick<Benchmark, 'results' | 'suites'>,
  model: ModelService,
): BenchmarkImports {
  return createBenchmarkImports({
    db,
    platform,
    activity,
    results,
    suites,
    verify: (bytes) => model.verify(bytes),
    trusted: () => model.keys.known().trusted,
    ownKeys: () => new Set(model.keys.state().own.map(({ keyId }) => keyId)),
    passports: () =>
      model.list().flatMap(({ id }) => {
        const found = model.find(id)
        return found === undefined ? [] : [{ id, envelope: found.envelope }]
      }),
  })
}
