import { GATE_REASONS } from '@shared/backend/errors'
import { catalogue, formatNumber, plural } from '../app/intl'

/** Words of listings that several pages show. */
export const text = catalogue({
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
