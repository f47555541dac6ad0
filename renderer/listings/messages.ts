import { GATE_REASONS } from '@shared/backend/errors'
import { catalogue, formatNumber, locale, plural } from '../app/intl'

/** Words of listings that several pages show. */
export const text = catalogue({
  states: {
    draft: 'Draft',
    published: 'Published',
    withdrawn: 'Withdrawn',
    restricted: 'Restricted',
    removed: 'Removed',
  },
  categories: {
    tables: 'Tables',
    pictures: 'Pictures',
    sound: 'Sound',
    language: 'Language',
    embedding: 'Embedding',
    documents: 'Documents',
    other: 'Other',
  },
  units: {
    once: 'once',
    month: 'a month',
    'million-tokens': 'per million tokens',
    'thousand-calls': 'per thousand calls',
  },
  price: (amount: string, unit: string) => `${amount} ${unit}`,
  free: 'Free',
  noPrice: 'No price',
  sources: {
    none: 'With the seller, hashes only',
    url: 'Address',
    huggingface: 'Hugging Face',
    folder: 'Folder of a worker',
    bucket: 'Bucket of the marketplace',
  },
  gates: {
    files: 'Files',
    fields: 'Card',
    licence: 'Licence',
    name: 'Name',
    price: 'Price',
    scan: 'Scan',
    benchmark: 'Benchmark',
    account: 'Account',
  },
  gateOk: {
    files: 'The version names its files by hash.',
    fields: 'All fields that are needed are filled in.',
    licence: 'A known SPDX expression.',
    name: 'Not confusingly similar to another.',
    price: 'Set.',
    scan: 'Clean, complete and recent, of these very files.',
    benchmark: 'Grade A or B, of these very files.',
    account: 'In good standing.',
  },
  reasons: GATE_REASONS,
  /** Of a reason that a newer server gives. */
  unknownReason: (code: string) => `The server says "${code}", which this console does not know.`,
  files: (n: number) => plural(n, { one: '# file', other: '# files' }),
  findings: (n: number) => plural(n, { one: '# finding', other: '# findings' }),
  count: (n: number) => formatNumber(n),
})

const MONEY = new Map<string, Intl.NumberFormat>()

/** Minor units in; 'Free', '€12.50 a month' or 'No price' out. */
export function priceText(
  price: { amount: number; currency: string; unit: keyof typeof text.units } | null,
): string {
  if (price === null) return text.noPrice
  if (price.amount === 0) return text.free
  let format = MONEY.get(price.currency)
  if (!format) {
    format = new Intl.NumberFormat(locale, { style: 'currency', currency: price.currency })
    MONEY.set(price.currency, format)
  }
  return text.price(format.format(price.amount / 100), text.units[price.unit])
}
