import { realpathSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createActivityLog } from '../../core/activity'
import { type Benchmark, createBenchmark } from '../../core/benchmark/compose'
import type { BenchmarkImports } from '../../core/benchmark/imports'
import { importsOf } from '../../core/benchmark/imports-of'
import { ensureFolder } from '../../core/data-folder'
import { openDatabase } from '../../core/database/open'
import { settled } from '../../core/database/transaction'
import type { Grants } from '../../core/files'
import { createJobs, type Jobs } from '../../core/jobs'
import { createModelService, type ModelService } from '../../core/model'
import { createNodePlatform } from '../../core/node-platform'
import type { Platform } from '../../core/platform'
import { createPolicyService } from '../../core/policies'
import { openScanCache } from '../../core/scan/cache'
import { createReportStore } from '../../core/scan/report-store'
import { loadRules } from '../../core/scan/rules'
import { createWorkerBudget } from '../../core/scan/worker-budget'
import { createSettings, type SettingsService } from '../../core/settings'
import type { SettingFlags } from '../../core/settings/flags'

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
  options: { dataFolder: string; flags: SettingFlags; bundleFolder: string },
  use: (open: OpenBenchmark) => Promise<T>,
): Promise<T> {
  const platform = createNodePlatform({
    host: 'command-line',
    dataFolder: options.dataFolder,
    roots: [],
    node: process.execPath,
    bundleFolder: options.bundleFolder,
    resources: join(options.bundleFolder, '../../resources'),
    // What ends a run is the last event of it, and is printed once, as a sentence.
    log: () => {},
  })
  const settings = createSettings({
    file: join(options.dataFolder, 'settings.json'),
    environment: process.env,
    flags: options.flags,
  })
  ensureFolder(platform.paths.data)
  const db = openDatabase(join(platform.paths.data, 'console.db'))
  const cache = openScanCache({
    platform,
    dataFolder: platform.paths.data,
    limitBytes: () => settings.values()['scan.cache-megabytes'] * 1024 * 1024,
  })
  const jobs = createJobs(platform)
  const activity = createActivityLog(db, platform)
  let loaded: ReturnType<typeof loadRules> | undefined
  const rules = () => {
    loaded ??= loadRules(join(platform.paths.resources, 'rules'))
    return loaded
  }
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

/** Whoever types a path may read it, or the system says no. */
const EVERYTHING: Grants = {
  roots: () => [],
  grant: () => {},
  allowed(path) {
    try {
      return realpathSync(path)
    } catch {
      return resolve(path)
    }
  },
}
