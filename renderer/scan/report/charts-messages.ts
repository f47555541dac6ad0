import { catalogue, formatNumber } from '@renderer/app/intl'

export const text = catalogue({
  charts: {
    category: 'Findings by category and severity',
    categoryDimension: 'Category',
    rule: 'Findings by rule',
    ruleDimension: 'Rule',
    count: 'count',
    outcome: 'Files by verdict',
    outcomeDimension: 'Verdict',
    format: 'Files by format',
    formatDimension: 'Format',
    other: 'Other',
    top: (n: number, all: number) => `${formatNumber(n)} of ${formatNumber(all)} rules`,
  },
})
