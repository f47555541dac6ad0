import { catalogue } from '../intl'

export const text = catalogue({
  title: 'Keyboard shortcuts',
  note: 'What works on this page. Single keys rest while you type in a field.',
  or: 'or',
})
