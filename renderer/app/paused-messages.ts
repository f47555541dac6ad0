import { catalogue, formatNumber, plural } from './intl'

export const text = catalogue({
  title: 'Paused',
  canGoOn: (n: number, onlyScans: boolean) =>
    onlyScans
      ? plural(n, { one: '# scan can continue', other: '# scans can continue' })
      : plural(n, { one: '# job can continue', other: '# jobs can continue' }),
  why: 'Paused by you, or stopped when the console was closed. What was done is kept.',
  done: (done: number, total: number) =>
    `${formatNumber(done)} of ${plural(total, { one: '# file', other: '# files' })} done`,
  launchesDone: (done: number, total: number) =>
    `${formatNumber(done)} of ${plural(total, { one: '# launch', other: '# launches' })} done`,
  open: {
    scan: (name: string) => `Open the paused scan of ${name}`,
    benchmark: (name: string) => `Open the paused benchmark of ${name}`,
    version: (name: string) => `Open the paused upload of ${name}`,
  },
  continue: 'Continue',
  continueNamed: {
    scan: (name: string) => `Continue the scan of ${name}`,
    benchmark: (name: string) => `Continue the benchmark of ${name}`,
    version: (name: string) => `Continue adding ${name}`,
  },
  failed: {
    scan: 'The scan could not be continued',
    benchmark: 'The benchmark could not be continued',
    version: 'The version could not be added further',
  },
})
