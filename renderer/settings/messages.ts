import type { SettingKey, SettingsValues } from '@shared/settings/schema'
import { catalogue, formatNumber, formatPercent, plural } from '../app/intl'

type Texts = { readonly [K in SettingKey]: { title: string; help: string } }

/** The words of shared/settings/schema.ts, without its validators; a unit test compares the two. */
const SETTINGS: Texts = {
  'appearance.theme': {
    title: 'Theme',
    help: 'Follow the operating system, or always light or dark.',
  },
  'appearance.density': {
    title: 'Density',
    help: 'Height of table rows: 28, 32 or 40 pixels.',
  },
  'scan.hash': {
    title: 'Hash every file',
    help: 'Full-file SHA-256 in every report. Off is faster on large files.',
  },
  'scan.workers': {
    title: 'Scan processes',
    help: 'Child processes that read files side by side; scans that run at once share them.',
  },
  'scan.cache-megabytes': {
    title: 'Cache of scanned files',
    help: 'MiB of disk for what is known of files that were read before; 0 reads every file again.',
  },
  'scan.file-seconds': {
    title: 'Time for one file',
    help: 'Seconds the parsers may take for one file; beyond it the file is inconclusive.',
  },
  'scan.heap-megabytes': {
    title: 'Memory of a scan process',
    help: 'MiB of heap; a file that needs more is inconclusive.',
  },
  'scan.depth': {
    title: 'Nesting depth',
    help: 'Containers inside containers that are opened.',
  },
  'scan.ratio': {
    title: 'Compression ratio',
    help: 'Unpacked over packed bytes beyond which a member counts as a bomb.',
  },
  'scan.unpacked-megabytes': {
    title: 'Unpacked size of one member',
    help: 'MiB of a compressed member that are held in memory.',
  },
  'scan.members': {
    title: 'Members of an archive',
    help: 'Members of one file, nested archives included.',
  },
  'scan.memo-entries': {
    title: 'Pickle memo entries',
    help: 'Memo entries and stack items of one pickle.',
  },
  'scan.facts': {
    title: 'Facts kept per file',
    help: 'Imports, calls, members and tensors remembered for later rules.',
  },
  'scan.files': {
    title: 'Files of one scan',
    help: 'A folder with more files is scanned up to here, and the report says so.',
  },
  'benchmark.memory-megabytes': {
    title: 'Memory of a measured model',
    help: 'MiB a benchmark process may hold; a model that needs more is ended and said to.',
  },
  'benchmark.launch-seconds': {
    title: 'Time of one launch',
    help: 'Seconds that one benchmark process may take, where its profile allows less.',
  },
  'benchmark.registry': {
    title: 'Registry of engines',
    help: 'Where packages of engines are downloaded from; each is checked by its pinned SHA-512.',
  },
  'backend.connection': {
    title: 'Backend',
    help: 'The local workspace of this computer, or a hosted Supabase project.',
  },
  'backend.url': {
    title: 'Address of the project',
    help: 'https://….supabase.co; http only for this very computer.',
  },
  'backend.key': {
    title: 'Publishable key',
    help: 'Public by nature. A secret key is refused.',
  },
}

export const settingTexts = catalogue(SETTINGS)

/** Units are signs of their own and stay as they are in every language. */
export const UNITS: Partial<Record<SettingKey, string>> = {
  'scan.file-seconds': 's',
  'scan.cache-megabytes': 'MiB',
  'scan.heap-megabytes': 'MiB',
  'scan.unpacked-megabytes': 'MiB',
  'benchmark.memory-megabytes': 'MiB',
  'benchmark.launch-seconds': 's',
}

const DENSITY_NAMES: Record<SettingsValues['appearance.density'], string> = {
  compact: 'Compact',
  normal: 'Normal',
  roomy: 'Roomy',
}

export const text = catalogue({
  title: 'Settings',
  sectionsLabel: 'Settings sections',
  sections: {
    appearance: 'Appearance',
    scan: 'Scan limits',
    policy: 'Policy',
    doctor: 'Doctor',
    about: 'About',
  },
  loadFailed: 'The settings could not be loaded',
  scanNote:
    'Limits keep a hostile file from taking the computer down. A file that meets one is reported as inconclusive, never as clean. They apply to the next scan.',
  file: 'Settings file',
  densities: DENSITY_NAMES,
  notANumber: 'A whole number is needed.',
  doctor: {
    title: 'Is this installation in order?',
    again: 'Check again',
    checking: 'Checking…',
    failed: 'The checks could not be run',
    grade: (passed: number, all: number) =>
      `${formatNumber(passed)} of ${plural(all, { one: '# check', other: '# checks' })} in order`,
    results: { ok: 'In order', warning: 'Look at this', failed: 'Failed', skipped: 'Not checked' },
    fix: 'What to do:',
  },
  cache: {
    title: 'Cache of scanned files',
    clear: 'Clear the cache',
    cleared: 'Cache cleared',
    clearFailed: 'The cache was not cleared',
    failed: 'The cache could not be read',
    holds: (entries: number, bytes: number, limit: number) =>
      `${plural(entries, { one: '# file is', other: '# files are' })} remembered, ${formatNumber(Math.ceil((bytes / 2 ** 20) * 10) / 10)} of at most ${formatNumber(Math.round(limit / 2 ** 20))} MiB.`,
    hits: (hits: number, all: number) =>
      `Since the console was started, ${formatNumber(hits)} of ${plural(all, { one: '# file', other: '# files' })} did not have to be read again (${formatPercent(hits / all)}).`,
    unused: 'Nothing was scanned since the console was started.',
  },
  about: {
    title: 'About this console',
    version: 'Version',
    host: 'Reached through',
    platform: 'Platform',
    rules: 'Scanner rules',
    data: 'Data folder',
    settings: 'Settings file',
    roots: 'Folders the page may browse',
    none: 'none',
    copy: 'Copy diagnostics',
    copyNote: 'Versions, changed settings and check results. No file names, no report contents.',
    failed: 'This could not be loaded',
  },
})
