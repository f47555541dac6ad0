import { catalogue } from '../../app/intl'

export const text = catalogue({
  title: 'This listing is restricted',
  reason: 'Reason',
  policy: 'Policy',
  since: 'In force',
  open: (at: string) => `Since ${at}, until it is lifted`,
  until: (at: string, until: string) => `Since ${at}, until ${until}`,
  appeal: 'Appeal',
  states: { open: 'Waits for a decision.', upheld: 'Rejected.', overturned: 'Granted.' },
  decision: (decision: string) => `Decision: ${decision}`,
  statement: 'Appeal',
  statementHelp:
    'What was judged wrongly, or what you have mended. Somebody else than who restricted it decides.',
  tooShort: 'Write ten characters or more.',
  send: 'Send the appeal',
  sending: 'Sending…',
  sent: 'The appeal was sent',
  failed: 'The appeal was not sent',
})
