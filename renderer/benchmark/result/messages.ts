import { catalogue, formatBytes, formatNumber, formatPercent, plural } from '../../app/intl'

export const text = catalogue({
  title: 'Benchmark result',
  notFound: 'There is no such result',
  notFoundBody: 'It was deleted, or the address is from another workspace.',
  toList: 'All results',
  nothingCounted: 'No launch ended well, so there are no numbers',
  tabs: {
    label: 'Parts of the result',
    speed: 'Speed',
    accuracy: 'Accuracy',
    launches: 'Launches',
    conditions: 'Conditions',
  },
  headline: 'Headline figures',
  intervalAt: (interval: string, share: number) => `${interval}, ${confidence(share)} interval`,
  noInterval: (launches: number) =>
    `no interval from ${plural(launches, { one: '# launch', other: '# launches' })}`,
  override: (reason: string) =>
    `Ran without a complete and clean scan: kept local, never published. Reason given: ${reason}`,
  local: 'Grade C: kept local, never published. The machine was not quiet while it ran.',
  passport: {
    issue: 'Issue a passport',
    never: 'A result of grade C, or of a model without a clean scan, is never published.',
    noReport: 'The scan before this result was not kept; scan the model and issue it there.',
  },

  figures: {
    title: 'Figures over launches',
    columns: {
      measure: 'Measure',
      estimate: 'Median of launches',
      interval: 'Interval',
      spread: 'Spread',
      outliers: 'Outliers',
      evidence: 'Evidence',
    },
    spreadWhy: 'Standard deviation between launches over their mean',
    energy: 'Energy',
    energyUnknown: 'unknown: this machine has no counter that may be read',
    note: (share: string) => `The unit is the launch, never the query. ${share}.`,
    intervals: (share: number) => `Intervals of ${confidence(share)}`,
    none: 'too few launches for an interval',
  },
  early: {
    title: 'Early stopping, as LoadGen does it',
    estimate: (percentile: number, estimate: string) =>
      `p${formatNumber(percentile * 100)} is at most ${estimate}, with 99 % confidence.`,
    more: (percentile: number, more: number) =>
      `No statement about p${formatNumber(percentile * 100)} yet: it needs ${plural(more, { one: '# more query', other: '# more queries' })} a launch.`,
    counts: (queries: number, tolerated: number, needed: number) =>
      `t = ${formatNumber(tolerated)} of ${plural(queries, { one: '# query', other: '# queries' })} may lie above it; h + t = ${formatNumber(needed)} were needed. The launch with the fewest queries counts.`,
  },
  checks: {
    title: 'Checks against cheating',
    caching: (ratio: number) =>
      `The same item again and again takes ${formatPercent(ratio)} of the time of changing items${ratio < 0.9 ? ': answers may be cached.' : ': no caching seen.'}`,
    outputs: (different: number, compared: number) =>
      different === 0
        ? `All ${plural(compared, { one: '# sampled output', other: '# sampled outputs' })} of the timed runs equal the untimed answers.`
        : `${formatNumber(different)} of ${plural(compared, { one: '# sampled output', other: '# sampled outputs' })} of the timed runs differ from the untimed answers.`,
    unknown: 'No output of the timed runs was compared with an untimed answer.',
  },
  charts: {
    histogram: 'Latency of queries',
    perBar: 'queries a bar',
    sampled: (shown: number, all: number) =>
      shown < all ? `${formatNumber(shown)} of ${formatNumber(all)} queries` : allQueries(all),
    launches: 'Launches',
    launchUnit: 'latency, one dot a launch',
    batches: 'Throughput by batch',
    batchUnit: 'samples per second',
    batch: 'Batch size',
    batchLabel: (size: number) => `batch ${formatNumber(size)}`,
  },
  server: {
    title: 'Search for the highest rate',
    columns: {
      rate: 'Rate',
      queries: 'Queries',
      over: 'Over the bound',
      latency: 'Latency',
      verdict: 'Verdict',
    },
    verdicts: { pass: 'passed', fail: 'failed', 'too-few-queries': 'too few queries' },
    bound: (bound: string, percentile: number) =>
      `p${formatNumber(percentile * 100)} within ${bound}, counted from the scheduled arrival`,
  },

  accuracy: {
    none: 'This suite measures speed only',
    noneBody: 'It has no labelled data, so there is nothing to say about answers.',
    metrics: 'Quality of the answers',
    columns: {
      metric: 'Metric',
      value: 'Value',
      interval: '95 % interval',
      items: 'Items',
      evidence: 'Evidence',
    },
    failed: (n: number) =>
      `${plural(n, { one: '# item could not be answered and counts', other: '# items could not be answered and count' })} as wrong.`,
    confusion: 'Confusion matrix',
    confusionUnit: 'items; rows are expected, columns are predicted',
    tooMany: (n: number, shown: number) =>
      `The ${formatNumber(shown)} most frequent of ${plural(n, { one: '# class', other: '# classes' })}`,
    expected: 'expected',
    predicted: 'predicted',
    cell: (expected: string, predicted: string, n: number) =>
      `${plural(n, { one: '# item', other: '# items' })}: expected ${expected}, predicted ${predicted}`,
    worst: 'Worst examples',
    worstWhy: 'Where the model was surest and wrong, or furthest off.',
    worstNone: 'Every item was answered rightly.',
    worstColumns: { item: 'Item', expected: 'Expected', predicted: 'Predicted', score: 'Score' },
  },

  launches: {
    title: 'Every process that ran',
    counts: (counted: number, repeated: number, noisy: number, failed: number) =>
      [
        `${plural(counted, { one: '# launch counts', other: '# launches count' })}`,
        repeated > 0 ? `${formatNumber(repeated)} repeated` : '',
        noisy > 0 ? `${formatNumber(noisy)} still noisy` : '',
        failed > 0 ? `${formatNumber(failed)} failed` : '',
      ]
        .filter((part) => part !== '')
        .join(', '),
    columns: {
      index: '#',
      block: 'Block',
      state: 'State',
      p50: 'p50',
      p90: 'p90',
      p99: 'p99',
      headline: 'Headline',
      load: 'Load',
      first: 'First',
      warmUp: 'Warm-up',
      cpu: 'CPU share',
      rss: 'RSS base + peak',
      switches: 'Switches',
      energy: 'Energy',
    },
    counted: 'counts',
    noisy: 'noisy, counts',
    repeatedNoisy: 'noisy, measured again',
    repeated: 'block was torn, measured again',
    warmUp: (queries: number) => formatNumber(queries),
    warmUpWhy: 'Queries before the measured ones',
    rss: (base: number, peak: number) => `${formatBytes(base)} + ${formatBytes(peak - base)}`,
    switches: (involuntary: number) => formatNumber(involuntary),
    switchesWhy: 'Involuntary context switches: the kernel took the processor away',
    joules: (joules: number) => `${formatNumber(Math.round(joules * 10) / 10)} J`,
  },

  conditions: {
    why: 'Why this grade',
    before: 'Before the first launch',
    after: 'After the last launch',
    between: (n: number) =>
      plural(n, { one: '# reading in between', other: '# readings in between' }),
    badBetween: (n: number) => `${formatNumber(n)} of them bad`,
    isolation: 'Network',
    isolated: (by: string) => `cut off by ${by}`,
    notIsolated: 'network not isolated',
    environment: 'Environment',
    cpu: 'Processor',
    cores: 'Cores',
    coreCount: (physical: number | null, logical: number) =>
      physical === null
        ? `${formatNumber(logical)} logical`
        : `${formatNumber(physical)} physical, ${formatNumber(logical)} logical`,
    features: 'Instruction sets',
    governor: 'Governor',
    virtual: 'Virtual machine',
    yes: 'yes',
    no: 'no',
    memory: 'Memory',
    system: 'System',
    runtime: 'Node',
    console: 'Console',
    hardwareClass: 'Hardware class',
    fingerprint: 'Fingerprint',
    order: 'How it ran',
    engine: 'Engine',
    library: 'Library SHA-256',
    suite: 'Suite SHA-256',
    profile: 'Profile',
    seed: 'Seed',
    started: 'Started',
    scan: 'Scan',
    scanState: (verdict: string, complete: boolean) =>
      complete ? `${verdict}, complete` : `${verdict}, not complete`,
    noScan: 'not scanned',
    openScan: 'open report',
    files: 'Model files',
    notes: 'Notes',
  },
})

function allQueries(all: number): string {
  return plural(all, { one: '# query', other: '# queries' })
}

/** Half is 50 %, also where sums of powers of two left it a hair below. */
const confidence = (share: number): string => formatPercent(Number(share.toFixed(6)), 1)
