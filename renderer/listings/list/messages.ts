import { catalogue, formatList, formatNumber, plural } from '@renderer/app/intl'
import type { ListingQuery } from '@shared/backend/listings'
import type { Gap } from './gaps'

const listings = (n: number) => plural(n, { one: '# listing', other: '# listings' })

export const text = catalogue({
  title: 'Listings',
  list: 'Listings',
  create: 'New listing',
  search: 'Search by name or summary',
  scope: 'Whose listings',
  scopes: {
    mine: 'My listings',
    published: 'Published',
    all: 'All (staff)',
  } satisfies Record<ListingQuery['scope'], string>,
  state: 'State',
  anyState: 'Any state',
  category: 'Category',
  anyCategory: 'Any category',
  sort: 'Order',
  sorts: {
    updated: 'Newest change first',
    name: 'By name',
    price: 'Cheapest first',
  } satisfies Record<ListingQuery['sort'], string>,
  columns: {
    name: 'Name',
    seller: 'Seller',
    state: 'State',
    version: 'Version',
    price: 'Price',
    scan: 'Scan',
    benchmark: 'Benchmark',
    gaps: 'To publish',
    updated: 'Changed',
  },
  appealed: 'Appealed',
  appealedWhy: 'Its seller asked staff to look at the restriction again.',
  benchmark: {
    measured: 'Measured',
    unmeasured: 'Unmeasured',
    missing: 'None',
  },
  unmeasuredWhy: 'The seller says why it cannot be measured. It is ranked nowhere.',
  noScan: 'None',
  gaps: {
    version: 'version',
    licence: 'licence',
    price: 'price',
    scan: 'scan',
    'scan-verdict': 'clean scan',
    benchmark: 'benchmark',
  } satisfies Record<Gap, string>,
  missing: (gaps: readonly string[]) => `Missing: ${formatList(gaps)}`,
  toCheck: 'Ready to check',
  shown: (n: number, more: boolean) => (more ? `First ${formatNumber(n)} listings` : listings(n)),
  empty: {
    mine: {
      title: 'You have no listing yet',
      body: 'A listing names a model, its files by their hashes, its scan, its numbers and its price. It stays a draft until its checklist is complete.',
    },
    published: {
      title: 'Nothing is published yet',
      body: 'What sellers publish on this marketplace appears here.',
    },
    all: { title: 'There is no listing yet', body: 'Drafts and published listings appear here.' },
  } satisfies Record<ListingQuery['scope'], { title: string; body: string }>,
  filtered: {
    title: 'No listing matches',
    body: 'None has this text, state and category.',
    action: 'Clear filters',
  },
  keys: { move: 'move', open: 'open', filter: 'search', create: 'new' },
})
