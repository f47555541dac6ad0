import type { ActivityLog } from '../activity'
import { createBenchmarkLog } from '../activity/benchmark-log'
import type { Db } from '../database/open'
import { type BenchmarkService, type BenchmarkServiceParts, createBenchmarkService } from '.'
import { type BenchmarkClaims, createBenchmarkClaims } from './claims'
import { createEngines, type Engines } from './engines'
import { createMachineLock } from './machine-lock'
import type { PreflightParts } from './preflight'
import { type BenchmarkResults, createBenchmarkResults } from './results'
import { createBenchmarkRuns } from './runs'
import { createSuites, type Suites } from './suites'

/** All of benchmarking, as hosts use it. */
export interface Benchmark {
  service: BenchmarkService
  results: BenchmarkResults
  claims: BenchmarkClaims
  suites: Suites
  engines: Engines
  preflight: PreflightParts
}

export type BenchmarkParts = Omit<
  BenchmarkServiceParts,
  'runs' | 'results' | 'suites' | 'lock' | 'log'
> & { db: Db; activity: ActivityLog } & Partial<Pick<BenchmarkServiceParts, 'lock'>>

export function createBenchmark(parts: BenchmarkParts): Benchmark {
  const { db, platform, activity } = parts
  const runs = createBenchmarkRuns(db)
  const results = createBenchmarkResults(db, activity, runs, () => platform.randomId())
  const suites = createSuites(platform.paths.resources)
  const lock = parts.lock ?? createMachineLock()
  const service = createBenchmarkService({
    ...parts,
    runs,
    results,
    suites,
    lock,
    log: createBenchmarkLog(activity),
  })
  return {
    service,
    results,
    suites,
    claims: createBenchmarkClaims(db, platform, activity, results),
    engines: createEngines(platform.paths, parts.settings),
    preflight: { ...parts, service, lock },
  }
}
