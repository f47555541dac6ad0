import type { Severity } from '@shared/scan-report/report'
import { catalogue, formatBytes, formatDay, formatNumber, formatPercent, plural } from '../app/intl'

const SEVERITY_FINDINGS: Record<Severity, [one: string, other: string]> = {
  critical: ['# critical finding', '# critical findings'],
  high: ['# high finding', '# high findings'],
  medium: ['# medium finding', '# medium findings'],
  low: ['# low finding', '# low findings'],
  info: ['# note', '# notes'],
}

export const text = catalogue({
  title: 'Overview',
  intro: (n: number, shown: number) => {
    if (n === 0) return 'Nothing needs you.'
    const needing = plural(n, { one: '# report needs you', other: '# reports need you' })
    return n > shown ? `${needing}; these are the newest.` : `${needing}.`
  },
  needsYou: {
    title: 'Needs you',
    findings: (n: number, severity: Severity) => {
      const [one, other] = SEVERITY_FINDINGS[severity]
      return plural(n, { one, other })
    },
    malicious: 'Malicious content',
    suspicious: 'Suspicious content',
    inReport: (what: string, name: string) => `${what} in “${name}”`,
    scanned: 'Scanned',
    open: 'Open report',
    openNamed: (name: string) => `Open report of ${name}`,
  },
  figures: {
    title: 'Figures',
    scans: 'Scans',
    files: 'Files scanned',
    open: 'Critical and high findings',
    median: 'Scan time, median',
    none: '–',
    last30: 'last 30 days',
    bytes: (n: number) => `${formatBytes(n)} read in all`,
    split: (critical: number, high: number) =>
      `${formatNumber(critical)} critical, ${formatNumber(high)} high`,
    onDay: (day: Date) => `on ${formatDay(day)}`,
    trend: (what: string, low: string, high: string, last: string) =>
      `${what}, last 30 days: between ${low} and ${high}, ${last} at the end`,
  },
  running: {
    title: 'Running',
    stages: { listing: 'Counting files', scanning: 'Scanning', saving: 'Saving the report' },
    benchmarkStages: {
      queued: 'Waiting for its turn',
      scanning: 'Scanning the model',
      checking: 'Waiting for quiet',
      saving: 'Saving the result',
    },
    versionStages: {
      checking: 'Comparing the files',
      signing: 'Signing',
      sending: 'Sending the facts',
      uploading: 'Uploading',
    },
    launch: (done: number, total: number) =>
      `Launch ${formatNumber(Math.min(done + 1, total))} of ${formatNumber(total)}`,
    share: (share: number) => formatPercent(share),
    watch: (name: string) => `Watch ${name}`,
  },
  recent: {
    title: 'Recent scans',
    all: 'All reports',
    columns: {
      name: 'Name',
      verdict: 'Verdict',
      findings: 'Findings',
      frameworks: 'Frameworks',
      files: 'Files',
      duration: 'Duration',
      when: 'Scanned',
    },
    noFindings: 'None',
    counts: (n: number, name: string) => `${formatNumber(n)} ${name.toLowerCase()}`,
    failed: 'The overview could not be loaded',
  },
  first: {
    title: 'Scan a model before you load it',
    body: 'The console reads models, archives and code without executing them, and tells you what would happen if you loaded them. Nothing leaves this computer.',
    folder: {
      title: 'Scan a folder',
      body: 'Choose a folder or files, drop them on the page, or paste a path.',
      action: 'Choose a folder…',
    },
    samples: {
      title: 'Try the sample models',
      body: 'Small models that come with the console, some of them made to be found. Their report is marked as samples and can be deleted.',
      action: 'Scan the samples',
      starting: 'Starting…',
    },
    cli: {
      title: 'Use the command line',
      body: 'The same scanner for scripts and CI: exit codes, JSON and SARIF.',
    },
  },
})

/** Not a text: what is typed is the same in every language. */
export const SCAN_COMMAND = 'npm run -s cli -- scan ./model'
