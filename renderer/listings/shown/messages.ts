import { catalogue, formatNumber } from '@renderer/app/intl'
import type { ListingRow, ModelVersion } from '@shared/backend/listings'
import type { PublishedResultRow } from '@shared/backend/results'

/** Words of the marketplace, beside those of its listings (../messages). */
export const text = catalogue({
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
