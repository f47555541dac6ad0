import { catalogue, formatNumber, plural } from '@renderer/app/intl'
import type { DispositionKind } from '@shared/scan-report/disposition'

const findings = (n: number) => plural(n, { one: '# finding', other: '# findings' })

export const text = catalogue({
  title: 'Set findings aside',
  description:
    'They stay in the report and in every later scan of this delivery, but no longer count for its verdict.',
  kind: 'Why',
  kinds: {
    'false-positive': 'The rule is wrong here: this does no harm.',
    'accepted-risk': 'True and known, and accepted for now.',
    'used-in-tests': 'True, but in something that is never shipped.',
  } satisfies Record<DispositionKind, string>,
  reason: 'Reason',
  reasonHint: 'Read by whoever looks at this report next. At least 3 characters.',
  expires: 'Holds',
  presets: { never: 'Until I change it', days30: '30 days', days90: '90 days', date: 'Until…' },
  date: 'First day on which it counts again',
  scope: 'For',
  scopes: {
    one: 'This finding',
    chosen: (n: number) => `The ${findings(n)} selected`,
    rule: (n: number) => `All ${findings(n)} of this rule`,
    matching: (n: number) => `All ${findings(n)} that match the filter`,
  },
  counting: 'Counting…',
  preview: (n: number, replaced: number) =>
    replaced === 0
      ? `${findings(n)} will be set aside.`
      : `${findings(n)} will be set aside; ${formatNumber(replaced)} of them had another state.`,
  effect: (verdict: string, open: number) =>
    `The report then counts as ${verdict.toLowerCase()}, with ${plural(open, { one: '# open finding', other: '# open findings' })}.`,
  tooShort: 'Write a reason of at least 3 characters.',
  noDate: 'Choose a day after today.',
  tooMany: (n: number) => `Only the first ${formatNumber(n)} are set aside at once.`,
  cancel: 'Cancel',
  apply: (n: number) => `Set ${findings(n)} aside`,
})
