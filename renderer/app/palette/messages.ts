import { catalogue, plural } from '../intl'

export const text = catalogue({
  title: 'Search or run a command',
  placeholder: 'Type a command or the name of a report',
  sections: {
    go: 'Go to',
    scan: 'Scan',
    benchmark: 'Benchmarks',
    report: 'This page',
    view: 'View',
    help: 'Help',
    recent: 'Recent reports',
    reports: 'Reports',
  },
  empty: (query: string) => `Nothing matches “${query}”`,
  files: (n: number) => plural(n, { one: '# file', other: '# files' }),
  results: (n: number) => plural(n, { one: '# result', other: '# results' }),
  hint: { move: 'move', open: 'open', close: 'close' },
})
