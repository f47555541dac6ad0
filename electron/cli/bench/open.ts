import { type Benchmark, createBenchmark } from '../../core/benchmark/compose'
import type { BenchmarkImports } from '../../core/benchmark/imports'
import { importsOf } from '../../core/benchmark/imports-of'
import { settled } from '../../core/database/transaction'
import { createJobs, type Jobs } from '../../core/jobs'
import { createModelService, type ModelService } from '../../core/model'
import type { Platform } from '../../core/platform'
import { createPolicyService } from '../../core/policies'
import { openScanCache } from '../../core/scan/cache'
import { createReportStore } from '../../core/scan/report-store'
import { rulesOnce } from '../../core/scan/rules'
import { createWorkerBudget } from '../../core/scan/worker-budget'
import type { SettingsService } from '../../core/settings'
import { type DataFolderOptions, EVERYTHING, openDataFolder } from '../data-folder'

export interface OpenBenchmark {
  platform: Platform
  settings: SettingsService
  jobs: Jobs
  benchmark: Benchmark
  model: ModelService
  imports: BenchmarkImports
}

/** Benchmarking on the data folder of the console, beside one that may be open; nothing of it is swept. */
export async function withBenchmark<T>(
  options: DataFolderOptions,
  use: (open: OpenBenchmark) => Promise<T>,
): Promise<T> {
  const { platform, settings, db, activity } = openDataFolder(options)
  const cache = openScanCache({
    platform,
    dataFolder: platform.paths.data,
    limitBytes: () => settings.values()['scan.cache-megabytes'] * 1024 * 1024,
  })
  const jobs = createJobs(platform)
  const rules = rulesOnce(platform)
  const reports = createReportStore(db, activity, platform)
  const benchmark = createBenchmark({
    platform,
    db,
    jobs,
    settings,
    activity,
    cache,
    rules,
    grants: EVERYTHING,
    reports,
    policies: createPolicyService(platform, rules),
    budget: createWorkerBudget(() => settings.values()['scan.workers']),
    owner: 'command-line',
  })
  const { results } = benchmark
  const model = createModelService({ db, platform, activity, reports, results })
  const imports = importsOf(db, platform, activity, benchmark, model)
  try {
    return await use({ platform, settings, jobs, benchmark, model, imports })
  } finally {
    await jobs.close()
    await settled(db)
    cache.close()
    db.close()
  }
}
