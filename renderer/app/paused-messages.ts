import { catalogue, formatNumber, plural } from './intl'

export const text = catalogue({
  title: 'Paused',
  canGoOn: (n: number) => plural(n, { one: '# scan can continue', other: '# scans can continue' }),
  why: 'Paused by you, or stopped when the console was closed. What was read is kept.',
  done: (done: number, total: number) =>
    `${formatNumber(done)} of ${plural(total, { one: '# file', other: '# files' })} done`,
  open: (name: string) => `Open the paused scan of ${name}`,
  continue: 'Continue',
  continueNamed: (name: string) => `Continue the scan of ${name}`,
  failed: 'The scan could not be continued',
})
