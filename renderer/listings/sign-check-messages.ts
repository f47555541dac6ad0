import { catalogue } from '../app/intl'

export const text = catalogue({
  sign: 'Sign a passport of this scan and the results, and send it',
  signScan: 'Sign a passport of this scan, and send it',
  help: 'What is signed is evidence of the level "signed".',
  newKey: 'There is no signing key yet: one is made on this computer.',
  unsigned: (why: string) => `Its signature does not count, so it stays self-reported: ${why}`,
  noScan: 'They go unsigned: this computer has no scan of exactly these files to sign with them.',
})
