import { catalogue, formatNumber } from '@renderer/app/intl'
import type { Card, ListingRow, ModelVersion } from '@shared/backend/listings'
import type { PublishedResultRow } from '@shared/backend/results'

/** Words that every page of the marketplace shares. */
export const text = catalogue({
  states: {
    draft: 'Draft',
    published: 'Published',
    withdrawn: 'Withdrawn',
    restricted: 'Restricted',
    removed: 'Removed',
  } satisfies Record<ListingRow['state'], string>,
  statesWhy: {
    draft: 'Only its seller sees it.',
    published: 'Everybody on this marketplace sees it.',
    withdrawn: 'Its seller took it back.',
    restricted: 'Staff took it out of sight. Its seller may appeal.',
    removed: 'Removed for good by two people.',
  } satisfies Record<ListingRow['state'], string>,
  versionStates: {
    draft: 'Draft',
    published: 'Published',
    withdrawn: 'Withdrawn',
  } satisfies Record<ModelVersion['state'], string>,
  resultStates: {
    counted: 'Counts',
    disputed: 'Disputed',
    withdrawn: 'Withdrawn',
    refused: 'Counts no more',
  } satisfies Record<PublishedResultRow['state'], string>,
  categories: {
    tables: 'Tables',
    pictures: 'Pictures',
    sound: 'Sound',
    language: 'Language',
    embedding: 'Embedding',
    documents: 'Documents',
    other: 'Other',
  } satisfies Record<Card['category'], string>,
  units: {
    once: (price: string) => price,
    month: (price: string) => `${price} a month`,
    'million-tokens': (price: string) => `${price} for a million tokens`,
    'thousand-calls': (price: string) => `${price} for a thousand calls`,
  } satisfies Record<NonNullable<Card['price']>['unit'], (price: string) => string>,
  /** The same beside an axis. */
  unitNames: {
    once: 'once',
    month: 'a month',
    'million-tokens': 'a million tokens',
    'thousand-calls': 'a thousand calls',
  } satisfies Record<NonNullable<Card['price']>['unit'], string>,
  free: 'Free',
  noPrice: 'No price',
  none: '–',
  sample: 'Sample',
  sampleWhy: 'Belongs to the sample data of this workspace.',
  yours: 'Yours',
  rulesVersion: (version: string) => `Rules ${version}`,
  count: formatNumber,
  signedOut: {
    title: 'Sign in to see the marketplace',
    body: 'Listings and published results are shared. Scans and benchmarks work without an account.',
    action: 'Sign in',
  },
  away: {
    title: 'The marketplace does not answer',
    action: 'Connection',
  },
})
