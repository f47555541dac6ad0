import { version } from '../../../package.json'
import { type BackendService, createBackendService } from '../../core/backend'
import { createAccount } from '../../core/backend/account'
import { createLocalWorkspace } from '../../core/backend/local-workspace'
import { createTwin } from '../../core/backend/twin'
import { createBenchmarkResults } from '../../core/benchmark/results'
import { createBenchmarkRuns } from '../../core/benchmark/runs'
import { settled } from '../../core/database/transaction'
import { createJobs } from '../../core/jobs'
import { createListings, type Listings } from '../../core/listings'
import { connectedObjects } from '../../core/listings/objects/connected'
import { createModelService } from '../../core/model'
import type { Platform } from '../../core/platform'
import { createPolicyService, type PolicyService } from '../../core/policies'
import { createReportStore, type ReportStore } from '../../core/scan/report-store'
import { rulesOnce } from '../../core/scan/rules'
import type { SettingsService } from '../../core/settings'
import { type DataFolderOptions, EVERYTHING, openDataFolder } from '../data-folder'
import { text } from './messages'

export interface OpenListings {
  platform: Platform
  settings: SettingsService
  backend: BackendService
  listings: Listings
  reports: ReportStore
  policies: PolicyService
  rules: ReturnType<typeof rulesOnce>
}

/** Listings on the data folder of the console, signed in; nothing of a console that is open is swept. */
export async function withListings<T>(
  options: DataFolderOptions,
  use: (open: OpenListings) => Promise<T>,
): Promise<T> {
  const { platform, settings, db, activity } = openDataFolder(options)
  const reports = createReportStore(db, activity, platform)
  const jobs = createJobs(platform)
  const rules = rulesOnce(platform)
  const results = createBenchmarkResults(db, activity, createBenchmarkRuns(db), () =>
    platform.randomId(),
  )
  const backend = createBackendService({
    platform,
    db,
    settings,
    activity,
    twin: createTwin(platform),
  })
  const account = createAccount({ backend, platform, settings, activity })
  // Whoever opens a local workspace is somebody in it.
  createLocalWorkspace({ backend, platform, activity })
  try {
    await signIn(backend, account)
    return await use({
      platform,
      settings,
      backend,
      reports,
      rules,
      policies: createPolicyService(platform, rules),
      listings: createListings({
        db,
        platform,
        jobs,
        activity,
        reports,
        results,
        backend,
        grants: EVERYTHING,
        model: createModelService({ db, platform, activity, reports, results }),
        objects: () => connectedObjects({ backend, settings, platform }),
        version,
      }),
    })
  } finally {
    await jobs.close()
    await backend.close()
    await settled(db)
    db.close()
  }
}

async function signIn(
  backend: BackendService,
  account: ReturnType<typeof createAccount>,
): Promise<void> {
  const { PROMETHEUS_EMAIL: email, PROMETHEUS_PASSWORD: password } = process.env
  if (email && password) {
    await account.signIn(email, password)
    return
  }
  const { signedIn } = await backend.open()
  if (!signedIn) throw new Error(text.signedOut)
}
