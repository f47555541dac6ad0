import { catalogue } from '../app/intl'

export const text = catalogue({
  title: 'Adding a version',
  leave: 'You may leave this page; it goes on.',
  toListing: 'Back to the listing',
  toListings: 'All listings',
  stageNames: {
    checking: 'Compare the files with the scan',
    signing: 'Sign',
    sending: 'Send hashes, facts and results',
    uploading: 'Upload',
  },
  progress: 'Progress',
  paused: 'Paused. What was done is kept.',
  waits: (why: string) => `Waits: ${why}`,
  pause: 'Pause',
  resume: 'Continue',
  cancel: 'Stop',
  failedTo: 'That did not work',
  done: 'The version was added',
  ended: {
    running: 'Under way',
    paused: 'Paused',
    done: 'Added',
    failed: 'The version was not added',
    cancelled: 'Stopped',
  },
  cancelledBody:
    'A version that the marketplace had taken already stays there as a draft; nobody else sees it.',
  again: 'Add it anew',
  gone: 'This upload is over',
  goneBody: 'The console was started anew since. The listing shows what arrived.',
})
