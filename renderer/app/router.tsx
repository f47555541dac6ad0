import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
} from '@tanstack/react-router'
import { OverviewPage } from '../overview/OverviewPage'
import { arrival } from './arrival'
import { lazyPage } from './lazy-page'
import { NotFoundPage } from './NotFoundPage'
import { RouteError } from './RouteError'
import { Shell } from './Shell'

/** The page reads its own search: a validator named here would travel with the entry. */
const openSearch = (search: Record<string, unknown>): Record<string, unknown> => search

// Overview is the start route and travels with the entry. Every other page is a chunk of its own;
// the router fetches it before it switches, so no fallback is ever shown.
const root = createRootRoute({ component: Shell, notFoundComponent: NotFoundPage })

const overview = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: OverviewPage,
})

/** `choose` opens the picker on arrival, for the commands "Scan a folder…" and "Scan files…". */
export interface ScanSearch {
  choose?: 'folder' | 'files'
}
const scan = createRoute({
  getParentRoute: () => root,
  path: '/scan',
  validateSearch: ({ choose }: Record<string, unknown>): ScanSearch =>
    choose === 'folder' || choose === 'files' ? { choose } : {},
  component: lazyPage(() => import('../scan/ScanPage'), 'ScanPage'),
})

const running = createRoute({
  getParentRoute: () => root,
  path: '/scan/running/$jobId',
  component: lazyPage(() => import('../scan/RunningPage'), 'RunningPage'),
})

const report = createRoute({
  getParentRoute: () => root,
  path: '/scan/report/$reportId',
  validateSearch: openSearch,
  component: lazyPage(() => import('../scan/ReportPage'), 'ReportPage'),
})

/** The report, and in the search the one it is compared with; without one, the scan before. */
const compare = createRoute({
  getParentRoute: () => root,
  path: '/compare/$reportId',
  validateSearch: openSearch,
  component: lazyPage(() => import('../compare/ComparePage'), 'ComparePage'),
})

const history = createRoute({
  getParentRoute: () => root,
  path: '/history',
  validateSearch: openSearch,
  component: lazyPage(() => import('../history/HistoryPage'), 'HistoryPage'),
})

const security = createRoute({
  getParentRoute: () => root,
  path: '/security',
  validateSearch: openSearch,
  component: lazyPage(() => import('../security/SecurityPage'), 'SecurityPage'),
})

const benchmarks = createRoute({
  getParentRoute: () => root,
  path: '/benchmarks',
  validateSearch: openSearch,
  component: lazyPage(() => import('../benchmark/ResultsPage'), 'ResultsPage'),
})

const benchmarkRun = createRoute({
  getParentRoute: () => root,
  path: '/benchmarks/run',
  validateSearch: openSearch,
  component: lazyPage(() => import('../benchmark/RunPage'), 'RunPage'),
})

const benchmarkRunning = createRoute({
  getParentRoute: () => root,
  path: '/benchmarks/running/$jobId',
  component: lazyPage(() => import('../benchmark/RunningPage'), 'RunningPage'),
})

const benchmarkResult = createRoute({
  getParentRoute: () => root,
  path: '/benchmarks/result/$resultId',
  validateSearch: openSearch,
  component: lazyPage(() => import('../benchmark/ResultPage'), 'ResultPage'),
})

/** Two to five results in the search; the first is the baseline. */
const benchmarkCompare = createRoute({
  getParentRoute: () => root,
  path: '/benchmarks/compare',
  validateSearch: openSearch,
  component: lazyPage(() => import('../benchmark/ComparePage'), 'ComparePage'),
})

/** The line of results that the named one belongs to. */
const benchmarkHistory = createRoute({
  getParentRoute: () => root,
  path: '/benchmarks/history/$resultId',
  validateSearch: openSearch,
  component: lazyPage(() => import('../benchmark/HistoryPage'), 'HistoryPage'),
})

const leaderboard = createRoute({
  getParentRoute: () => root,
  path: '/benchmarks/leaderboard',
  validateSearch: openSearch,
  component: lazyPage(() => import('../benchmark/LeaderboardPage'), 'LeaderboardPage'),
})

const engines = createRoute({
  getParentRoute: () => root,
  path: '/benchmarks/engines',
  component: lazyPage(() => import('../benchmark/EnginesPage'), 'EnginesPage'),
})

const rules = createRoute({
  getParentRoute: () => root,
  path: '/rules',
  validateSearch: openSearch,
  component: lazyPage(() => import('../rules/RulesPage'), 'RulesPage'),
})

const rule = createRoute({
  getParentRoute: () => root,
  path: '/rules/$ruleId',
  component: lazyPage(() => import('../rules/RulePage'), 'RulePage'),
})

const activity = createRoute({
  getParentRoute: () => root,
  path: '/activity',
  validateSearch: openSearch,
  component: lazyPage(() => import('../activity/ActivityPage'), 'ActivityPage'),
})

const people = createRoute({
  getParentRoute: () => root,
  path: '/people',
  validateSearch: openSearch,
  component: lazyPage(() => import('../people/PeoplePage'), 'PeoplePage'),
})

const limits = createRoute({
  getParentRoute: () => root,
  path: '/limits',
  validateSearch: openSearch,
  component: lazyPage(() => import('../limits/LimitsPage'), 'LimitsPage'),
})

const passports = createRoute({
  getParentRoute: () => root,
  path: '/passports',
  validateSearch: openSearch,
  component: lazyPage(() => import('../model/PassportsPage'), 'PassportsPage'),
})

const verifyPassport = createRoute({
  getParentRoute: () => root,
  path: '/passports/verify',
  component: lazyPage(() => import('../model/VerifyPage'), 'VerifyPage'),
})

const passportKeys = createRoute({
  getParentRoute: () => root,
  path: '/passports/keys',
  component: lazyPage(() => import('../model/KeysPage'), 'KeysPage'),
})

const passport = createRoute({
  getParentRoute: () => root,
  path: '/passports/$passportId',
  component: lazyPage(() => import('../model/PassportPage'), 'PassportPage'),
})

const account = createRoute({
  getParentRoute: () => root,
  path: '/account',
  component: lazyPage(() => import('../account/AccountPage'), 'AccountPage'),
})

const connectionPage = createRoute({
  getParentRoute: () => root,
  path: '/connection',
  component: lazyPage(() => import('../connection/ConnectionPage'), 'ConnectionPage'),
})

const newListing = createRoute({
  getParentRoute: () => root,
  path: '/listings/new',
  validateSearch: openSearch,
  component: lazyPage(() => import('../listings/EditorPage'), 'EditorPage'),
})

const editListing = createRoute({
  getParentRoute: () => root,
  path: '/listings/$listingId/edit',
  validateSearch: openSearch,
  component: lazyPage(() => import('../listings/EditorPage'), 'EditorPage'),
})

/** How far it is stands in the search: which scan, which report. */
const addVersion = createRoute({
  getParentRoute: () => root,
  path: '/listings/$listingId/add',
  validateSearch: openSearch,
  component: lazyPage(() => import('../listings/AddVersionPage'), 'AddVersionPage'),
})

const addingVersion = createRoute({
  getParentRoute: () => root,
  path: '/listings/adding/$jobId',
  component: lazyPage(() => import('../listings/AddingPage'), 'AddingPage'),
})

const listings = createRoute({
  getParentRoute: () => root,
  path: '/listings',
  validateSearch: openSearch,
  component: lazyPage(() => import('../listings/ListingsPage'), 'ListingsPage'),
})

/** Of a listed model: everything that is known of it. */
const model = createRoute({
  getParentRoute: () => root,
  path: '/models/$listingId',
  validateSearch: openSearch,
  component: lazyPage(() => import('../model-page/ModelPage'), 'ModelPage'),
})

/** Two versions in the search; without them the two newest. */
const compareVersions = createRoute({
  getParentRoute: () => root,
  path: '/models/$listingId/compare',
  validateSearch: openSearch,
  component: lazyPage(() => import('../model-page/VersionComparePage'), 'VersionComparePage'),
})

/** Of published results; those of this workspace are at /benchmarks/leaderboard. */
const leaderboards = createRoute({
  getParentRoute: () => root,
  path: '/leaderboards',
  validateSearch: openSearch,
  component: lazyPage(() => import('../leaderboards/LeaderboardsPage'), 'LeaderboardsPage'),
})

export const SETTINGS_SECTIONS = ['appearance', 'scan', 'policy', 'doctor', 'about'] as const
export type SettingsSection = (typeof SETTINGS_SECTIONS)[number]
const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  validateSearch: ({ section }: Record<string, unknown>): { section?: SettingsSection } => {
    const known = SETTINGS_SECTIONS.find((name) => name === section)
    return known ? { section: known } : {}
  },
  component: lazyPage(() => import('../settings/SettingsPage'), 'SettingsPage'),
})

export const router = createRouter({
  routeTree: root.addChildren([
    overview,
    scan,
    running,
    report,
    compare,
    history,
    benchmarks,
    benchmarkRun,
    benchmarkRunning,
    benchmarkResult,
    benchmarkCompare,
    benchmarkHistory,
    leaderboard,
    engines,
    settings,
    security,
    rules,
    rule,
    activity,
    people,
    limits,
    passports,
    verifyPassport,
    passportKeys,
    passport,
    newListing,
    editListing,
    addVersion,
    addingVersion,
    listings,
    model,
    compareVersions,
    leaderboards,
    account,
    connectionPage,
  ]),
  history: createHashHistory(),
  defaultPreload: 'intent',
  defaultErrorComponent: RouteError,
  scrollRestoration: true,
  scrollToTopSelectors: ['#main'],
})

router.subscribe('onRendered', ({ fromLocation, pathChanged }) => {
  if (fromLocation && pathChanged) arrival.announce()
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
