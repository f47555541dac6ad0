import type { ComparisonVerdict } from '@shared/benchmark/comparison'
import { catalogue, formatNumber, plural } from '../../app/intl'

export const text = catalogue({
  title: 'Compare benchmarks',
  pick: 'Choose results to compare',
  pickBody: 'Select two to five results of one suite in the list with x, then press c.',
  toList: 'To the results',
  notComparable: 'These results cannot be compared',
  gone: 'One of the results was deleted',
  intro: (n: number) => plural(n, { other: '# results' }),
  baseline: 'Baseline',
  threshold: 'Practical threshold',
  thresholdWhy: 'Differences inside it are not worth a word.',
  suiteDelta: (delta: string | null) => (delta === null ? 'The suite’s' : `The suite’s, ±${delta}`),
  delta: (delta: string) => `±${delta}`,

  verdicts: {
    faster: 'faster',
    slower: 'slower',
    equivalent: 'equivalent',
    inconclusive: 'inconclusive',
  } satisfies Record<ComparisonVerdict, string>,
  memoryVerdicts: {
    faster: 'less memory',
    slower: 'more memory',
    equivalent: 'equivalent',
    inconclusive: 'inconclusive',
  } satisfies Record<ComparisonVerdict, string>,
  accuracyVerdicts: {
    better: 'better',
    worse: 'worse',
    'no-difference-shown': 'no difference shown',
  },
  more: (launches: number) =>
    `${plural(launches, { one: '# more launch', other: '# more launches' })} would probably decide`,
  against: (candidate: string, baseline: string) => `${candidate} against ${baseline}`,
  effects: (candidate: string) => `Effects of ${candidate}`,
  effectUnit: (baseline: string) => `change from ${baseline}`,
  effectCaption: (delta: string) => `band: ±${delta} does not matter`,
  columns: {
    measure: 'Measure',
    baseline: 'Baseline',
    candidate: 'Candidate',
    effect: 'Effect',
    interval: 'Interval',
    p: 'p, adjusted',
    test: 'Test',
    verdict: 'Verdict',
  },
  pWhy: 'After Holm, over all measures and candidates of this comparison',
  tests: {
    'paired-permutation': (n: number) => `paired permutation, ${formatNumber(n)} blocks`,
    wilcoxon: (n: number) => `Wilcoxon, ${formatNumber(n)} blocks`,
    'mann-whitney': (n: number) => `Mann–Whitney, ${formatNumber(n)} launches`,
  },
  belowP: (limit: string) => `< ${limit}`,

  accuracyTitle: 'Accuracy on the same items',
  accuracyColumns: {
    metric: 'Metric',
    difference: 'Difference',
    items: 'Items',
    only: 'Discordant',
    onlyWhy: 'Right only in the baseline / right only in the candidate',
  },
  accuracyTests: {
    mcnemar: 'exact McNemar',
    delong: 'DeLong',
    'paired-bootstrap': 'paired bootstrap',
  },
  only: (baseline: number, candidate: number) =>
    `${formatNumber(baseline)} / ${formatNumber(candidate)}`,

  ecdf: 'Latency of queries',
  ecdfUnit: 'cumulative share',
  ecdfCaption: 'further left is faster',
  boxes: 'Medians of launches',
  front: 'Pareto front',
  summary: {
    title: 'The results',
    columns: {
      model: 'Model',
      headline: 'Headline',
      accuracy: 'Accuracy',
      memory: 'Memory',
      grade: 'Grade',
      evidence: 'Evidence',
      when: 'When',
    },
  },
  onFront: 'on the front',
})
