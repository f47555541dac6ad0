import { join } from 'node:path'
import type { RuleSet } from '@shared/scan-report/match'
import { version } from '../../package.json'
import { type ActivityLog, createActivityLog } from './activity'
import { createScanLog } from './activity/scan-log'
import { type BackendService, createBackendService } from './backend'
import { type Account, createAccount } from './backend/account'
import type { Backend } from './backend/backend'
import { createLocalWorkspace, type LocalWorkspace } from './backend/local-workspace'
import { createTwin } from './backend/twin'
import { type Benchmark, type BenchmarkParts, createBenchmark } from './benchmark/compose'
import type { BenchmarkImports } from './benchmark/imports'
import { importsOf } from './benchmark/imports-of'
import { ensureFolder } from './data-folder'
import { type Db, openDatabase } from './database/open'
import { settled } from './database/transaction'
import { createDispositions, type Dispositions } from './dispositions'
import { createGrants, type Grants } from './files'
import { createJobs, type Jobs } from './jobs'
import { createListings, type Listings } from './listings'
import type { ObjectStore } from './listings/objects'
import { connectedObjects } from './listings/objects/connected'
import { createModelService, type ModelService } from './model'
import type { Platform } from './platform'
import { createPolicyService, type PolicyService } from './policies'
import { createScanService, type ScanService } from './scan'
import { openScanCache, type ScanCache } from './scan/cache'
import { createReportStore, type ReportStore } from './scan/report-store'
import { rulesOnce } from './scan/rules'
import { createScanRuns } from './scan/runs'
import { createUploads, type Uploads } from './scan/uploads'
import { createWorkerBudget } from './scan/worker-budget'
import type { SettingsService } from './settings'
import { createSavedViews, type SavedViews } from './views'

/** The application: every service, composed from what the host offers. */
export interface Console {
  platform: Platform
  db: Db
  settings: SettingsService
  grants: Grants
  jobs: Jobs
  uploads: Uploads
  activity: ActivityLog
  reports: ReportStore
  dispositions: Dispositions
  views: SavedViews
  policies: PolicyService
  listings: Listings
  model: ModelService
  scan: ScanService
  benchmark: Benchmark
  imports: BenchmarkImports
  cache: ScanCache
  /** The hosted backend or its local twin, whichever is connected. */
  backend: BackendService
  account: Account
  localWorkspace: LocalWorkspace
  rules(): RuleSet
  /** Cancels jobs, waits for their children, closes the database. */
  close(): Promise<void>
}

/** What tests put in the place of the machine. */
export type ConsoleDoubles = Pick<BenchmarkParts, 'gate' | 'lock' | 'noisy' | 'profiles'> & {
  backend?: Backend
  objects?: ObjectStore
}

export function createConsole(
  platform: Platform,
  settings: SettingsService,
  doubles: ConsoleDoubles = {},
): Console {
  ensureFolder(platform.paths.data)
  const db = openDatabase(join(platform.paths.data, 'console.db'))
  const jobs = createJobs(platform)
  const grants = createGrants(platform.roots)
  const runs = createScanRuns(db)
  const uploads = createUploads(
    join(platform.paths.data, 'uploads'),
    () => platform.randomId(),
    new Set(runs.left().flatMap(({ spec }) => spec.uploadId ?? [])),
  )
  const cache = openScanCache({
    platform,
    dataFolder: platform.paths.data,
    limitBytes: () => settings.values()['scan.cache-megabytes'] * 1024 * 1024,
  })
  const activity = createActivityLog(db, platform)
  const reports = createReportStore(db, activity, platform)
  const rules = rulesOnce(platform)
  const policies = createPolicyService(platform, rules)
  const budget = createWorkerBudget(() => settings.values()['scan.workers'])
  const scan = createScanService({
    platform,
    jobs,
    settings,
    grants,
    uploads,
    reports,
    policies,
    runs,
    cache,
    rules,
    log: createScanLog(activity),
    budget,
  })
  const benchmark = createBenchmark({
    platform,
    db,
    jobs,
    settings,
    grants,
    activity,
    reports,
    policies,
    cache,
    rules,
    budget,
    owner: 'console',
    ...doubles,
  })
  const service = createBackendService({
    platform,
    db,
    settings,
    activity,
    twin: createTwin(platform),
  })
  const backend = { ...service, ...doubles.backend }
  const model = createModelService({ db, platform, activity, reports, results: benchmark.results })
  const account = createAccount({ backend, platform, settings, activity })
  return {
    platform,
    db,
    settings,
    grants,
    jobs,
    uploads,
    activity,
    reports,
    dispositions: createDispositions({ db, platform, activity, reports }),
    views: createSavedViews(db, platform),
    policies,
    listings: createListings({
      db,
      platform,
      jobs,
      activity,
      reports,
      grants,
      model,
      backend,
      results: benchmark.results,
      objects: () => doubles.objects ?? connectedObjects({ backend, settings, platform }),
      version,
    }),
    model,
    scan,
    benchmark,
    imports: importsOf(db, platform, activity, benchmark, model),
    cache,
    backend,
    account,
    localWorkspace: createLocalWorkspace({ backend, platform, activity }),
    rules,
    async close() {
      await service.close()
      await jobs.close()
      await settled(db)
      cache.close()
      db.close()
    },
  }
}
