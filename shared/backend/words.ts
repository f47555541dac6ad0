/** The words of the hosted backend. Apart from the schemas, because the page does without zod. */
export const ROLES = ['seller', 'moderator', 'admin'] as const

/** What policies and functions ask for; role_permissions says which role has which. */
export const PERMISSIONS = [
  'listings.write',
  'listings.review',
  'listings.remove',
  'results.review',
  'people.read',
  'people.manage',
  'limits.read',
  'limits.manage',
  'audit.read',
  'events.record',
] as const

export const LISTING_STATES = ['draft', 'published', 'withdrawn', 'restricted', 'removed'] as const
export const VERSION_STATES = ['draft', 'published', 'withdrawn'] as const

/** What a listed model does; suites of benchmarks use the same words. */
export const CATEGORIES = [
  'tables',
  'pictures',
  'sound',
  'language',
  'embedding',
  'documents',
  'other',
] as const

export const PRICE_UNITS = ['once', 'month', 'million-tokens', 'thousand-calls'] as const

/** Gates of publishing, in the order of the checklist. */
export const GATES = [
  'files',
  'fields',
  'licence',
  'name',
  'price',
  'scan',
  'benchmark',
  'account',
] as const
export type GateName = (typeof GATES)[number]

/** Tables whose rows the change feed delivers. */
export const FEED_TABLES = [
  'profiles',
  'listings',
  'model_versions',
  'scan_reports',
  'benchmark_results',
  'listing_appeals',
  'result_disputes',
] as const
