import type { FinishedLaunch } from '@shared/contract/benchmark'
import { catalogue, formatNumber, formatPercent, plural } from '../../app/intl'
import type { Eta } from '../../scan/running/eta'

const UNIT = { s: 's', min: 'min', h: 'h' }
const ENDINGS: Record<FinishedLaunch['ending']['kind'], string> = {
  ok: 'ok',
  timeout: 'took too long',
  'out-of-memory': 'out of memory',
  crash: 'crashed',
  'bad-output': 'bad output',
  refused: 'refused',
  cancelled: 'cancelled',
  'host-lost': 'console lost',
}

export const text = catalogue({
  title: 'Benchmark',
  leave: 'It goes on when you leave this page.',
  pausedLeave: 'Paused. What is measured is kept; a torn block is measured again.',
  pause: 'Pause',
  pausing: 'Pausing…',
  resume: 'Continue',
  resuming: 'Continuing…',
  cancel: 'Cancel',
  cancelling: 'Cancelling…',
  paused: 'Paused',
  stages: {
    queued: 'Queue',
    scanning: 'Scan',
    checking: 'Quiet gate',
    measuring: 'Measure',
    saving: 'Save',
  },
  progress: 'Progress of the benchmark',
  unknown: '–',
  facts: { launches: 'Launches', eta: 'Time left', elapsed: 'Running for', grade: 'Grade so far' },
  launchesDone: (done: number, total: number) => `${formatNumber(done)} of ${formatNumber(total)}`,
  eta: ({ unit, about }: Eta) => `about ${formatNumber(about)} ${UNIT[unit]}`,
  queued: (n: number) =>
    n === 0
      ? 'Another program measures on this machine. This run starts when it is done.'
      : `${plural(n, { one: '# run comes', other: '# runs come' })} first.`,
  announce: (done: number, total: number) =>
    `${formatNumber(done)} of ${plural(total, { one: '# launch', other: '# launches' })} done`,

  order: 'Order of the launches',
  orderWhy:
    'Models take turns, forward and backward, so that a drift of the machine weighs on all of them alike.',
  launchIs: (letter: string, at: number, how: string) =>
    `Launch ${formatNumber(at)}: ${letter}, ${how}`,
  ahead: (n: number) => plural(n, { one: '# more to come', other: '# more to come' }),
  now: 'now',
  noisy: 'noisy',
  repeated: 'measured again',
  ending: (kind: FinishedLaunch['ending']['kind']) => ENDINGS[kind],

  arms: 'Figures so far',
  columns: {
    model: 'Model',
    launches: 'Launches',
    headline: 'Headline',
    accuracy: 'Accuracy',
  },
  reference: 'reference',
  noFigure: 'not yet',

  launch: 'This launch',
  noLaunch: 'No process is running now.',
  attempt: (n: number) => `attempt ${formatNumber(n)} of 3`,
  phases: {
    starting: 'Start',
    verifying: 'Verify',
    loading: 'Load',
    'first-inference': 'First',
    accuracy: 'Accuracy',
    'warm-up': 'Warm up',
    measuring: 'Measure',
  },
  phaseProgress: 'Progress of this launch',
  share: (share: number) => formatPercent(share),
  queries: 'Queries',
  p50: 'p50 of the last segment',
  memory: 'Memory',
  quiet: 'Quiet gate',
  noQuiet: 'The first look comes before the first launch.',

  chart: 'Launches so far',
  failedToCancel: 'The benchmark could not be cancelled',
  failedToPause: 'The benchmark could not be paused',
  failedToResume: 'The benchmark could not be continued',

  ended: {
    cancelled: 'The benchmark was cancelled',
    cancelledBody: 'Its process is gone. What was measured until then was not saved.',
    failed: 'The benchmark failed',
    refused: 'The model was not run',
    openReport: 'Open the scan report',
    override: 'Run it all the same…',
    again: 'New benchmark',
    results: 'All results',
    gone: 'This benchmark is no longer running',
    goneBody: 'It ended in an earlier session. Its results are in the list.',
  },
})
