import { catalogue, plural } from '@renderer/app/intl'

export const text = catalogue({
  reason: 'Reason',
  kept: 'Kept in the log with your name.',
  cancel: 'Cancel',
  tooShort: (letters: number) =>
    `Write at least ${plural(letters, { one: '# letter', other: '# letters' })}.`,
})
