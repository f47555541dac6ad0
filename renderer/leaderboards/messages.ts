import { catalogue, formatList, formatNumber, plural } from '@renderer/app/intl'
import type { Dispute } from '@shared/backend/results'
import type { Part } from './boards-search'

export const text = catalogue({
  title: 'Leaderboards',
  intro: 'Of published results. The server recomputes every number from the raw launches.',
  part: 'What is shown',
  parts: { boards: 'Boards', mine: 'My results', disputes: 'Disputes' } satisfies Record<
    Part,
    string
  >,
  category: 'Category',
  anyCategory: 'All categories',
  board: 'Board',
  boardOf: (suite: string, scenario: string, threads: string) =>
    `${suite}, ${scenario}, ${threads}`,
  hardware: 'Hardware class',
  anyHardware: 'All machines, adjusted',
  machines: 'Machines ranked apart',
  filter: 'Filter by model or seller',
  list: (board: string) => `Ranks on ${board}`,
  chart: 'Ranks as intervals',
  chartCaption: 'who overlaps shares a place',
  rank: (best: number, worst: number) =>
    best === worst ? formatNumber(best) : `${formatNumber(best)}–${formatNumber(worst)}`,
  rankWhy: 'Places the model may have: models whose intervals overlap share them.',
  columns: {
    rank: 'Rank',
    model: 'Model',
    seller: 'Seller',
    accuracy: 'Accuracy',
    memory: 'Memory',
    stands: 'Stands on',
    evidence: 'Evidence',
  },
  stands: (results: number, machines: number) =>
    `${plural(results, { one: '# result', other: '# results' })}, ${plural(machines, { one: '# machine', other: '# machines' })}`,
  adjusted: (factors: readonly string[]) =>
    `Each machine’s own speed is taken out: ${formatList(factors)}.`,
  factor: (machine: string, factor: string) => `${machine} ×${factor}`,
  shown: (n: number, all: number) =>
    n === all
      ? plural(all, { one: '# model', other: '# models' })
      : `${formatNumber(n)} of ${plural(all, { one: '# model', other: '# models' })}`,
  apart:
    'Suite versions, and machines that share no model, are ranked apart. Models that were not measured are ranked nowhere.',
  empty: {
    title: 'Nothing is ranked yet',
    body: 'Results of published versions appear here by suite. Only grade A and B are taken, and the server computes every number itself.',
  },
  noBoard: {
    title: 'No board of this category',
    body: 'Nobody has published a result of it yet.',
    action: 'All categories',
  },
  filtered: { title: 'No model matches', action: 'Clear the filter' },
  mine: {
    list: 'My published results, newest first',
    empty: {
      title: 'You have published no result',
      body: 'Send one from the editor of a listing, once its version is measured.',
    },
    columns: {
      state: 'State',
      suite: 'Suite',
      headline: 'Headline',
      grade: 'Grade',
      measured: 'Measured',
    },
    shown: (n: number) => plural(n, { one: '# result', other: '# results' }),
    filter: 'Filter my results',
    filtered: { title: 'No result matches', action: 'Clear the filter' },
  },
  disputes: {
    list: 'Disputes, open ones first',
    empty: {
      title: 'No disputes',
      body: 'Whoever doubts a published result disputes it from its proof; staff decides.',
    },
    columns: { result: 'Result', by: 'By', reason: 'Reason', state: 'State', when: 'Stated' },
    states: {
      open: 'Open',
      upheld: 'Upheld',
      rejected: 'Rejected',
    } satisfies Record<Dispute['state'], string>,
    decide: 'Decide…',
    unknown: 'a result',
    by: 'Somebody',
    act: 'Act',
  },
  decide: {
    title: 'Decide the dispute',
    body: 'Upheld takes the result off the leaderboards. Both sides read your reason.',
    outcome: 'Outcome',
    outcomes: { rejected: 'Rejected: it counts', upheld: 'Upheld: it counts no more' },
    confirm: 'Decide',
    done: 'The dispute is decided',
  },
  keys: { move: 'move', open: 'proof', filter: 'filter' },
})
