import { catalogue, formatList, formatNumber, plural } from '../../app/intl'

export const text = catalogue({
  title: 'Leaderboard',
  intro: 'Of the results of this workspace. Whose intervals overlap share a place.',
  category: 'Category',
  anyCategory: 'All categories',
  hardware: 'Hardware class',
  anyHardware: 'All machines, adjusted',
  ranked: (measure: string) => `ranked by ${measure}`,
  chart: 'Ranks as intervals',
  adjusted: (factors: readonly string[]) =>
    `Each machine’s own speed is taken out: ${formatList(factors)}.`,
  factor: (machine: string, factor: string) => `${machine} ×${factor}`,
  rank: (best: number, worst: number) =>
    best === worst ? formatNumber(best) : `${formatNumber(best)}–${formatNumber(worst)}`,
  columns: {
    rank: 'Rank',
    model: 'Model',
    accuracy: 'Accuracy',
    memory: 'Memory',
    stands: 'Stands on',
    grade: 'Worst grade',
    evidence: 'Evidence',
  },
  stands: (results: number, machines: number) =>
    `${plural(results, { one: '# result', other: '# results' })}, ${plural(machines, { one: '# machine', other: '# machines' })}`,
  nobody: 'No result of this suite can be ranked.',
  reference: 'reference',
  imported: 'imported',
  imports: {
    title: 'Results of others',
    intro:
      'A passport that a trusted key has signed is recomputed, and its results are ranked along. A copy of your own that somebody else has signed makes your result “reproduced”.',
    choose: 'Import a passport',
    busy: 'It is being verified',
    when: 'Imported',
    holds: 'Holds',
    copy: 'a copy of yours',
    results: (count: number) => plural(count, { one: '# result', other: '# results' }),
    remove: 'Remove',
    removeOf: (name: string) => `Remove the imported passport of ${name}`,
    failed: 'The passport was not imported',
    done: (name: string) => `The passport of ${name} is imported`,
  },
  apart: 'Suite versions, and machines that share no model, are ranked apart.',
  empty: {
    title: 'Nothing to rank yet',
    body: 'Results of grade A and B appear here by category. Grade C is kept out: its machine was not quiet.',
    action: 'Benchmark a model',
  },
  filtered: {
    title: 'No table matches',
    body: 'No result has this category on this class of machines.',
    action: 'Clear filters',
  },
})
