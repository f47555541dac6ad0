import { catalogue, formatNumber } from '../app/intl'

/** Apart from the texts of the page: the theme menu of the header changes settings too. */
export const text = catalogue({
  undo: 'Undo',
  changed: (setting: string) => `${setting} changed`,
  fixedBy: {
    flag: 'Set by a flag on the command line that started the console.',
    environment: 'Set by an environment variable.',
    file: 'From the settings file.',
    default: 'Default.',
  },
  atMost: (n: number) => `The most is ${formatNumber(n)}.`,
  atLeast: (n: number) => `The least is ${formatNumber(n)}.`,
  unwritable: (file: string, reason: string) => `${file} cannot be written: ${reason}`,
})
