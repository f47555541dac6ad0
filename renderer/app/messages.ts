import { catalogue, formatPercent, plural } from './intl'

export const text = catalogue({
  name: 'Prometheus Console',
  skip: 'Skip to content',
  navigation: 'Pages',
  pages: {
    overview: 'Overview',
    scan: 'Scan',
    running: 'Scanning',
    report: 'Scan report',
    history: 'History',
    benchmarks: 'Benchmarks',
    security: 'Security',
    passports: 'Passports',
    rules: 'Rules',
    activity: 'Activity',
    settings: 'Settings',
  },
  searchOrRun: 'Search or run a command',
  collapse: 'Collapse the sidebar',
  expand: 'Expand the sidebar',
  theme: 'Theme',
  themes: { system: 'System', light: 'Light', dark: 'Dark' },
  online: 'Connected',
  connecting: 'Connecting',
  notConnected: 'Not connected',
  hosts: { electron: 'This app', loopback: 'This computer', 'command-line': 'Command line' },
  aboutHost: (host: string) => `${host}: data folder and versions`,
  dataFolder: 'Data folder',
  dataFolderAt: (path: string) => `Data folder: ${path}`,
  folders: 'Folders the page may browse',
  versions: 'Versions',
  rulesVersion: (version: string) => `Rules ${version}`,
  jobs: (n: number, share: number) =>
    `${plural(n, { one: '# job', other: '# jobs' })} running, ${formatPercent(share)}`,
  idle: 'No jobs running',
  titleOf: (page: string) => `${page} – Prometheus Console`,
  samplesFailed: 'The sample scan did not start',
  tooManyScans: (running: number) =>
    `${plural(running, { one: '# scan is', other: '# scans are' })} running already. Wait for one to end or cancel it.`,
  diagnosticsCopied: 'Diagnostics copied',
  diagnosticsFailed: 'Diagnostics could not be copied',
  notFound: {
    title: 'There is no such page',
    body: 'The address may be mistyped, or from another version of the console.',
    action: 'Go to Overview',
  },
  notFetched: 'This page could not be fetched',
  crashed: {
    title: 'This page stopped',
    body: 'Something on this page went wrong. Your reports and running scans are not affected.',
  },
  gone: {
    title: (address: string) => `The console at ${address} does not answer.`,
    since: (time: string) =>
      `Since ${time}. If it was closed, start it again and open the link it prints.`,
    retry: 'Retry',
    retryIn: (seconds: number) => `Retry (${plural(seconds, { other: '# s' })})`,
    retrying: 'Trying…',
  },
  session: {
    missing: {
      title: 'This address needs its link',
      body: 'A console on this computer lets in whoever holds the link of this run, and this tab does not hold it. That happens in a new tab, or when the address was typed or bookmarked.',
    },
    wrong: {
      title: 'This link has expired',
      body: 'Every start of the console makes a new link, and this one is from an earlier run or was copied in part.',
    },
    slowed: {
      title: 'Too many wrong links',
      body: 'After several wrong links the console answers more slowly, so that nobody can guess one. The right link is let in at once.',
      countdown: (seconds: number) =>
        `Wait ${plural(seconds, { one: '# second', other: '# seconds' })}, or open the right link now.`,
    },
    howTo: 'How to get in',
    steps: {
      find: 'Find the terminal where the console was started and open the link it printed.',
      start: 'If that terminal is gone, start the console again in its folder:',
      paste: 'Or paste the link here:',
    },
    link: 'Link',
    open: 'Open',
    notALink: 'That is not a link of this console: it should contain #token=…',
  },
})
