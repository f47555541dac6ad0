import { catalogue } from '../../app/intl'

export const text = catalogue({
  version: (number: string) => `Withdraw version ${number}?`,
  listing: (name: string) => `Withdraw ${name}?`,
  versionWhat: 'It is offered no more. Who has it keeps it, and its results stay where they are.',
  listingWhat:
    'It leaves the lists and the leaderboards. Its versions, reports and results are kept, and you can publish it again.',
  confirm: 'Withdraw',
  done: (name: string) => `${name} is withdrawn`,
})
