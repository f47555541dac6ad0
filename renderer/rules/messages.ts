import { catalogue, formatNumber, formatPercent, plural } from '@renderer/app/intl'

const rules = (n: number) => plural(n, { one: '# rule', other: '# rules' })

export const text = catalogue({
  title: 'Rules',
  version: (version: string) => `Version ${version}`,
  list: 'Rules',
  filter: 'Filter rules',
  pack: 'Pack',
  anyPack: 'Any pack',
  shown: (shown: number, all: number) =>
    shown === all ? rules(all) : `${formatNumber(shown)} of ${rules(all)}`,
  columns: {
    severity: 'Severity',
    title: 'Rule',
    id: 'Name',
    category: 'Category',
    pack: 'Pack',
    confidence: 'Confidence',
  },
  failed: 'The rules could not be loaded',
  empty: 'No rules are installed',
  emptyBody: 'Without rules a scan finds nothing. Check this installation under Settings, Doctor.',
  filtered: 'No rule matches this filter',
  clear: 'Clear filters',
  policyChanged: (rule: string) => `The active policy changed it from ${rule.toLowerCase()}`,
  keys: { move: 'move', open: 'open', filter: 'filter' },
  page: {
    back: 'All rules',
    notFound: 'There is no such rule',
    notFoundBody: 'It may belong to an older or newer version of the rules.',
    failed: 'The rule could not be loaded',
    why: 'Why it matters',
    fix: 'What to do',
    matches: 'What it matches',
    kinds: 'Facts',
    names: 'Names',
    unlisted: (list: string) => `every name that the list ${list} does not have`,
    more: (n: number) => `and ${formatNumber(n)} more`,
    references: 'References',
    fires: 'Example that fires',
    silent: 'Example that must not',
    copyExample: (file: string) => `Copy ${file}`,
    bytes: 'Listing of a binary file',
    seen: 'In your reports',
    seenNever: 'It has not fired in any stored report.',
    seenIn: (findings: number, reports: number) =>
      `${plural(findings, { one: '# finding', other: '# findings' })} in ${plural(reports, { one: '# report', other: '# reports' })}`,
    judged: (judged: number, wrong: number, share: number) =>
      `${plural(judged, { one: '# was decided about', other: '# were decided about' })}; ${plural(wrong, { one: '# false positive', other: '# false positives' })}, precision ${formatPercent(share)}`,
    judgedNone: 'Nobody has decided about one yet.',
    commandLine: 'On the command line',
    copyCommand: 'Copy the command',
    confidence: (share: number) => `${formatPercent(share)} confidence`,
  },
})
