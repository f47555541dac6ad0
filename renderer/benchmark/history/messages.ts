import type { ClaimCheck, ClaimVerdict } from '@shared/benchmark/claim'
import type { HistorySwitch } from '@shared/benchmark/history'
import { catalogue, formatChange, formatList, plural } from '../../app/intl'

const WHAT: Record<HistorySwitch['what'][number], string> = {
  environment: 'machine',
  engine: 'engine',
  model: 'model',
}

export const text = catalogue({
  title: (name: string) => `History of ${name}`,
  plainTitle: 'Benchmark history',
  measure: 'Measure',
  runs: (n: number) => plural(n, { one: '# run', other: '# runs' }),
  chart: (measure: string) => `${measure} over runs`,
  chartUnit: 'median of launches',
  chartCaption: 'whiskers: interval; hollow: grade C',
  empty: 'No run of this line is stored',
  emptyBody: 'Its results were deleted.',
  toList: 'All results',
  events: 'What changed',
  noEvents: 'Neither the level nor the machine, engine or model changed over these runs.',
  change: (direction: 'faster' | 'slower', effect: number) =>
    `${direction === 'faster' ? 'Faster' : 'Slower'}: ${formatChange(effect)}`,
  confirmed: 'confirmed by the next run',
  suspected: 'seen in one run only: suspected',
  switched: (what: HistorySwitch['what']) =>
    `Other ${formatList(what.map((part) => WHAT[part]))}: a step here says nothing about the model alone`,
  table: 'Runs, newest first',
  columns: {
    when: 'When',
    value: 'Value',
    interval: 'Interval',
    engine: 'Engine',
    machine: 'Machine',
    model: 'Model',
    grade: 'Grade',
    evidence: 'Evidence',
  },

  claims: {
    title: 'Claims about this model',
    body: 'A seller states a number. The console says whether the results here reproduce it.',
    none: 'Nobody has claimed anything about this model here.',
    state: 'State a claim…',
    remove: 'Take the claim back',
    removed: 'The claim was taken back',
    failed: 'That did not work',
    verdicts: {
      reproduced: 'Reproduced',
      refuted: 'Refuted',
      inconclusive: 'Inconclusive',
    } satisfies Record<ClaimVerdict['verdict'], string>,
    claimed: (figure: string, value: string) => `${figure}: ${value}`,
    anywhere: 'on any machine',
    ratio: (estimate: string, lower: string, upper: string) =>
      `measured over claimed ${estimate}, between ${lower} and ${upper}`,
    band: (band: string) => `within ±${band} counts as reproduced`,
    more: (n: number) =>
      `${plural(n, { one: '# more launch', other: '# more launches' })} would probably decide`,
    results: (n: number) => `judged by ${plural(n, { one: '# result', other: '# results' })}`,
    checks: {
      figure: 'Figure',
      caching: 'Caching',
      outputs: 'Outputs',
      machine: 'Machine',
      grade: 'Grade',
    } satisfies Record<ClaimCheck['check'], string>,
  },
  form: {
    title: 'State a claim',
    description: (suite: string) => `One number of ${suite}, as it stands in a listing or a paper.`,
    figure: 'Figure',
    value: 'Claimed value',
    unit: (unit: string) => `in ${unit}`,
    units: {
      µs: 'microseconds',
      ms: 'milliseconds',
      'per-second': 'per second',
      MB: 'megabytes',
      joules: 'joules',
      share: 'per cent',
      plain: 'the unit of the metric',
    },
    machine: 'Machine',
    any: 'Any machine',
    source: 'Where it stands',
    sourceHint: 'Listing, paper or address; may be empty',
    cancel: 'Cancel',
    confirm: 'State claim',
    invalid: 'Write a number above 0.',
    done: 'The claim was stated and judged',
    failed: 'The claim was not stated',
  },
})
