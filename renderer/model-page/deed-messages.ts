import { catalogue } from '@renderer/app/intl'

/** Policies a restriction may name; stored as these words. */
export const POLICIES = [
  'Unsafe files',
  'Misleading claims',
  'Licence or copyright',
  'Impersonation',
  'Prohibited content',
] as const

export const text = catalogue({
  withdraw: {
    title: (name: string) => `Withdraw “${name}”?`,
    body: 'Nobody but you and staff sees it any more. It can be published again with a new version.',
    versionTitle: (version: string) => `Withdraw version ${version}?`,
    versionBody:
      'Others see it no more, and its results leave the leaderboards. It never comes back under this number.',
    confirm: 'Withdraw',
    done: 'Withdrawn',
  },
  restrict: {
    title: (name: string) => `Restrict “${name}”?`,
    body: 'Nobody but its seller and staff sees it until the restriction ends. The seller reads your reason and may appeal.',
    confirm: 'Restrict',
    done: 'Restricted',
    policy: 'Policy',
    until: 'Until',
    terms: {
      '': 'Until it is lifted',
      '7': 'For 7 days',
      '30': 'For 30 days',
      '90': 'For 90 days',
    },
  },
  lift: {
    title: (name: string) => `Lift the restriction of “${name}”?`,
    body: 'Everybody sees it again.',
    confirm: 'Lift it',
    done: 'The restriction is lifted',
  },
  appeal: {
    title: 'Appeal against the restriction',
    body: 'Somebody else than who restricted it decides. Say what is wrong about the restriction.',
    label: 'Statement',
    hint: 'Staff reads it. At least 10 letters.',
    confirm: 'Send the appeal',
    done: 'The appeal was sent',
  },
  decide: {
    title: 'Decide the appeal',
    body: 'The seller reads your reason. Overturned lifts the restriction at once.',
    outcome: 'Outcome',
    outcomes: { upheld: 'Upheld: it stays', overturned: 'Overturned: it is lifted' },
    confirm: 'Decide',
    done: 'The appeal is decided',
  },
  remove: {
    title: (name: string) => `Remove “${name}” for good?`,
    body: 'A second person has to approve it under People and roles. Only the log keeps it then.',
    confirm: 'Ask for removal',
    done: 'A second person has to approve the removal',
  },
  attest: {
    title: 'Attest this evidence',
    body: 'Only what you repeated or examined yourself. Everybody sees the level, and the log keeps your name.',
    level: 'Level',
    levels: {
      reproduced: 'Reproduced: I measured or scanned it again',
      audited: 'Audited: I examined how it was made',
    },
    confirm: 'Attest',
    done: 'Attested',
  },
})
