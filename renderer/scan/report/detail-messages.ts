import { catalogue, formatIsoDay, formatNumber, plural } from '@renderer/app/intl'
import type { DispositionKind } from '@shared/scan-report/disposition'

const findings = (n: number) => plural(n, { one: '# finding', other: '# findings' })

export const text = catalogue({
  lines: (first: number, last: number) =>
    first === last
      ? `Line ${formatNumber(first)}`
      : `Lines ${formatNumber(first)} to ${formatNumber(last)}`,
  place: (line: number, column?: number) =>
    column === undefined
      ? `line ${formatNumber(line)}`
      : `line ${formatNumber(line)}, column ${formatNumber(column)}`,
  copyCode: 'Copy these lines',
  path: 'Path of the evidence',
  roles: { source: 'Source', step: 'Step', sink: 'Sink' },
  openRule: (rule: string) => `Rule ${rule}`,
  ruleSeverity: (severity: string) =>
    `The rule says ${severity.toLowerCase()}; the policy changed it.`,
  similar: (n: number) => `Same rule: ${plural(n, { one: '# more', other: '# more' })}`,
  showSimilar: 'Show all of this rule',

  state: 'State',
  states: {
    open: 'Open',
    'false-positive': 'False positive',
    'accepted-risk': 'Accepted risk',
    'used-in-tests': 'Used in tests',
  } satisfies Record<DispositionKind | 'open', string>,
  anyState: 'Any state',
  aside: 'Set aside',
  until: (day: string) => `until ${formatIsoDay(day)}`,
  judged: 'Set aside by',
  forever: 'does not expire',
  dispose: 'Set aside…',
  change: 'Change…',
  clear: 'Open again',

  done: (n: number) => `${findings(n)} set aside`,
  opened: (n: number) => `${findings(n)} open again`,
  undone: (n: number) => `Undone for ${findings(n)}`,
  failed: 'The state could not be changed',
  undo: 'Undo',
  undoFailed: 'This could not be undone',
  changedSince: (n: number) => `${findings(n)} changed again meanwhile and kept that state.`,

  effective: (verdict: string, n: number) =>
    `${verdict} without the ${plural(n, { one: '# set aside', other: '# set aside' })}`,
  effectiveWhy: (grade: string, open: number) =>
    `Grade ${grade}, ${plural(open, { one: '# open finding', other: '# open findings' })}. The report itself never changes.`,

  selection: {
    count: (n: number) => `${formatNumber(n)} selected`,
    clear: 'Clear',
    reopen: 'Open again',
  },
})
