import type { GateName } from '@shared/backend/words'
import { catalogue, formatNumber } from '../../app/intl'

export const text = catalogue({
  title: 'Checklist',
  checking: 'Checking…',
  open: (open: number, all: number) => `${formatNumber(open)} of ${formatNumber(all)} passed`,
  again: 'Check again',
  of: 'Of version',
  version: (number: string, state: string) => `${number}, ${state}`,
  failed: 'The gates could not be checked',
  waiting: 'Known once there is a version.',
  states: {
    ok: 'passed',
    unmeasured: 'passed, not measured',
    missing: 'missing',
    refused: 'refused',
    waiting: 'not known yet',
  },
  jump: {
    fields: 'Go to the field',
    licence: 'Set the licence',
    name: 'Change the name',
    price: 'Set the price',
  } as Partial<Record<GateName, string>> & { fields: string },
  addVersion: 'Add a version',
  scanAgain: 'Scan again',
  benchmark: 'Benchmark it',
  sendResults: 'Send results…',
  unmeasured: 'It cannot be measured?',
})
