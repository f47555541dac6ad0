import { catalogue, plural } from '../../app/intl'

export const text = catalogue({
  title: (number: string) => `Send results for version ${number}`,
  description:
    'Raw launches and answers leave this computer; the server computes every figure of them itself. What it has already is not sent twice.',
  cancel: 'Cancel',
  send: (n: number) => plural(n, { one: 'Send # result', other: 'Send # results' }),
  sending: 'Sending…',
  none: 'Choose a result.',
  done: (n: number) => plural(n, { one: '# result was sent', other: '# results were sent' }),
  nothing: 'No result of these files',
  nothingBody:
    'Measure the very files of this version on a quiet machine: a result of grade C is never published.',
  run: 'Run a benchmark',
})
