import { accountContract } from './account'
import { activityContract } from './activity'
import { appContract } from './app'
import { benchmarkContract } from './benchmark'
import { dispositionsContract } from './dispositions'
import { filesContract } from './files'
import { jobsContract } from './jobs'
import { limitsContract } from './limits'
import { listingsContract } from './listings'
import { modelContract } from './model'
import { peopleContract } from './people'
import { policiesContract } from './policies'
import { rulesContract } from './rules'
import { scanContract } from './scan'
import { settingsContract } from './settings'
import { viewsContract } from './views'

/** The one way in: Electron, loopback and the command line call exactly this. */
export const contract = {
  account: accountContract,
  activity: activityContract,
  app: appContract,
  benchmark: benchmarkContract,
  dispositions: dispositionsContract,
  files: filesContract,
  jobs: jobsContract,
  limits: limitsContract,
  listings: listingsContract,
  model: modelContract,
  people: peopleContract,
  policies: policiesContract,
  rules: rulesContract,
  scan: scanContract,
  settings: settingsContract,
  views: viewsContract,
}
export type Contract = typeof contract
