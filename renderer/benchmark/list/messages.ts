import { catalogue, formatNumber, plural } from '../../app/intl'

export const text = catalogue({
  title: 'Benchmarks',
  intro: 'Measured on this computer, in processes of their own, offline.',
  list: 'Benchmark results',
  search: 'Filter by model or suite',
  references: 'Reference models',
  columns: {
    name: 'Model',
    suite: 'Suite',
    headline: 'Headline',
    accuracy: 'Accuracy',
    memory: 'Memory',
    grade: 'Grade',
    evidence: 'Evidence',
    startedAt: 'When',
    actions: 'Actions',
  },
  reference: 'reference',
  noNumbers: 'no launch ended well',
  override: 'scan overridden',
  overrideWhy: (reason: string) => `Ran without a complete and clean scan: ${reason}`,
  remove: (name: string) => `Delete the result of ${name}`,
  removeKeys: 'Delete this result (Del)',
  shown: (shown: number, total: number) =>
    shown < total
      ? `${formatNumber(shown)} of ${plural(total, { one: '# result', other: '# results' })}`
      : plural(total, { one: '# result', other: '# results' }),
  chosen: (n: number) => plural(n, { one: '# selected', other: '# selected' }),
  compare: 'Compare',
  chooseSome: 'Select two to five results with x. They are compared with the oldest.',
  notAlike: 'Only results of one suite, version and scenario can be compared.',
  empty: {
    title: 'No benchmark has run yet',
    body: 'Choose a model and a suite: the console measures latency, memory and accuracy in one run, says how sure it is, and keeps everything here.',
    action: 'Benchmark a model',
  },
  filtered: {
    title: 'No result matches',
    body: 'Nothing has this name.',
    action: 'Clear filters',
  },
  keys: {
    move: 'move',
    open: 'open',
    select: 'select',
    compare: 'compare',
    filter: 'filter',
    remove: 'delete',
  },
  removal: {
    title: (name: string) => `Delete the result of “${name}”?`,
    body: 'Its launches, predictions and place in history and leaderboard are deleted for good.',
    keep: 'Keep it',
    confirm: 'Delete result',
    done: (name: string) => `The result of ${name} was deleted`,
    failed: 'The result was not deleted',
  },
  ended: {
    title: 'Ended without a result',
    states: { failed: 'Failed', interrupted: 'Interrupted' },
  },
  runs: {
    title: 'Under way',
    open: (name: string) => `Watch the benchmark of ${name}`,
    paused: 'Paused',
    continue: 'Continue',
    continueNamed: (name: string) => `Continue the benchmark of ${name}`,
    failed: 'The benchmark could not be continued',
  },
})
