/** What the console records of itself; a kind is '<subject>.<what happened>'. Without zod: the page reads it. */
export const ACTIVITY_KINDS = [
  'scan.started',
  'scan.finished',
  'scan.cancelled',
  'scan.failed',
  'scan.paused',
  'scan.resumed',
  'report.removed',
  'report.exported',
  'disposition.set',
  'disposition.cleared',
  'disposition.undone',
  'policy.saved',
  'policy.removed',
  'policy.activated',
  'settings.changed',
  'cache.cleared',
] as const
