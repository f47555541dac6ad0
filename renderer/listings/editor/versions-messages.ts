import { catalogue } from '../../app/intl'

export const text = catalogue({
  title: 'Versions',
  add: 'Add a version',
  none: 'No version yet',
  noneBody:
    'A version names the files of the model by their hashes, with the scan that was made of them. It never changes afterwards.',
  about: (files: string, bytes: string, source: string, at: string) =>
    `${files}, ${bytes}. ${source}. ${at}`,
  withdraw: 'Withdraw',
  withdrawNamed: (number: string) => `Withdraw version ${number}`,
  withdrawListing: 'Withdraw the listing',
  stages: {
    checking: 'Comparing the files',
    signing: 'Signing',
    sending: 'Sending the facts',
    uploading: 'Uploading',
  },
  jobStates: {
    running: 'Under way',
    paused: 'Paused',
    failed: 'Could not be added',
    done: 'Added',
    cancelled: 'Stopped',
  },
})
