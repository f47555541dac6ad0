import { catalogue, formatNumber, plural } from '@renderer/app/intl'
import type { ActivityKind } from '@shared/contract/activity'

const events = (n: number) => plural(n, { one: '# event', other: '# events' })
const KINDS: Record<ActivityKind, string> = {
  'scan.started': 'Scan started',
  'scan.finished': 'Scan finished',
  'scan.cancelled': 'Scan cancelled',
  'scan.failed': 'Scan failed',
  'scan.paused': 'Scan paused',
  'scan.resumed': 'Scan resumed',
  'report.removed': 'Report deleted',
  'report.exported': 'Report exported',
  'disposition.set': 'Decision made',
  'disposition.cleared': 'Decision cleared',
  'disposition.undone': 'Decision undone',
  'policy.saved': 'Policy saved',
  'policy.removed': 'Policy removed',
  'policy.activated': 'Policy activated',
  'settings.changed': 'Settings changed',
  'cache.cleared': 'Cache cleared',
}

export const text = catalogue({
  title: 'Activity',
  about: 'What the console did, when and for whom. Kept in this data folder, and never changed.',
  list: 'Events, newest first',
  search: 'Search by what or who',
  subject: 'About',
  subjects: {
    any: 'Everything',
    scan: 'Scans',
    report: 'Reports',
    disposition: 'Decisions',
    policy: 'Policies',
    settings: 'Settings',
    cache: 'Cache',
  },
  kinds: KINDS,
  columns: { at: 'When', kind: 'Event', summary: 'What happened', actor: 'Who' },
  hosts: { electron: 'App', loopback: 'Page', 'command-line': 'Command line' },
  failed: 'The events could not be loaded',
  shown: (loaded: number, total: number) =>
    loaded === total ? events(total) : `Newest ${formatNumber(loaded)} of ${events(total)}`,
  more: 'Load more',
  loadingMore: 'Loading…',
  empty: {
    title: 'Nothing has happened yet',
    body: 'Scans, decisions and changed settings appear here.',
  },
  filtered: {
    title: 'No event matches',
    body: 'No event is of this kind and has these words.',
    action: 'Clear filters',
  },
  detail: {
    label: 'The selected event',
    none: 'Select an event to see all of it.',
    sequence: 'Number',
    operation: 'Operation',
    subject: 'Subject',
    at: 'Time (UTC)',
    body: 'Details',
    open: 'Open the report',
  },
  keys: { move: 'move', filter: 'search' },
})
