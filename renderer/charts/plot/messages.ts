import { catalogue, formatList, formatNumber, plural } from '../../app/intl'

/** Name and number of some rows: 'a 3 ms, b 4 ms'. */
const pairs = (rows: readonly (readonly [name: string, value: string])[]) =>
  rows.map(([name, value]) => `${name} ${value}`).join(', ')
const ranks = (best: number, worst: number) =>
  best === worst ? formatNumber(best) : `${formatNumber(best)} to ${formatNumber(worst)}`

export const text = catalogue({
  titleWithUnit: (title: string, unit: string) => `${title}, ${unit}`,
  withLog: (caption: string | undefined) => (caption ? `${caption}, log scale` : 'log scale'),
  row: 'Model',
  measure: 'Measure',
  share: 'Share of queries',
  from: 'From',
  to: 'To',
  queries: 'Queries',
  value: 'Value',
  lower: 'Lower bound',
  upper: 'Upper bound',
  verdict: 'Verdict',
  effect: 'Effect',
  when: 'When',
  change: 'Change',
  machine: 'Machine',
  memory: 'Memory',
  onFront: 'On the front',
  yes: 'yes',
  no: 'no',
  bestRank: 'Best rank',
  worstRank: 'Worst rank',
  rankUnit: 'rank, 1 is best',
  lowerWhisker: 'Lower whisker',
  lowerQuartile: 'Lower quartile',
  median: 'Median',
  upperQuartile: 'Upper quartile',
  upperWhisker: 'Upper whisker',
  outliers: 'Outliers',
  prices: (steps: readonly (readonly [string, string])[]) => `Price over time: ${pairs(steps)}.`,
  ecdf: (medians: readonly (readonly [string, string])[]) =>
    `Cumulative share of queries by latency. Medians: ${pairs(medians)}.`,
  boxes: (medians: readonly (readonly [string, string])[]) =>
    `Box plot of launches. Medians: ${pairs(medians)}.`,
  quartiles: (lower: string, upper: string) => `Half of the launches: ${lower} to ${upper}`,
  launchValue: (launch: number, value: string) => `Launch ${formatNumber(launch)}: ${value}`,
  intervals: (verdicts: readonly (readonly [string, string])[]) =>
    `Effects with intervals. ${pairs(verdicts)}.`,
  interval: (estimate: string, lower: string, upper: string) =>
    `${estimate}, between ${lower} and ${upper}`,
  band: (threshold: string) => `Within ±${threshold} a difference does not matter`,
  paretoUnit: (latency: string, accuracy: string) => `${accuracy} by ${latency}`,
  paretoCaption: 'filled: on the front; area: memory',
  paretoPoint: (name: string, latency: string, accuracy: string, memory: string) =>
    `${name}: ${accuracy}, ${latency}, ${memory}`,
  pareto: (front: readonly string[]) => `On the Pareto front: ${formatList(front)}.`,
  history: (runs: number, changes: number, switches: number) =>
    `${plural(runs, { one: '# run', other: '# runs' })}, ${plural(changes, { one: '# change', other: '# changes' })} of level, ${plural(switches, { one: '# switch', other: '# switches' })} of machine.`,
  historyPoint: (when: string, value: string, grade: string) => `${when}: ${value}, grade ${grade}`,
  otherMachine: 'other environment',
  slower: (n: number) => `${formatNumber(n)} slower →`,
  histogram: (marks: readonly (readonly [string, string])[]) =>
    `Histogram of latencies. ${pairs(marks)}.`,
  bar: (from: string, to: string, count: number) =>
    `${from} to ${to}: ${plural(count, { one: '# query', other: '# queries' })}`,
  ranks: (rows: readonly (readonly [string, number, number])[]) =>
    `Ranks as intervals. ${rows.map(([name, best, worst]) => `${name} ${ranks(best, worst)}`).join(', ')}.`,
  rankOf: (best: number, worst: number) => `Rank ${ranks(best, worst)}`,
  /** Both ends of the axis, as they are written there. */
  beyond: (least: string, most: string) =>
    `an arrow goes on beyond ${least} or ${most}, and the number beside it is the estimate`,
})
