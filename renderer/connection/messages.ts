import { catalogue, plural } from '@renderer/app/intl'
import type { ConnectionStep } from '@shared/contract/account'

const STEPS: Record<ConnectionStep['step'], string> = {
  address: 'Address and key are written right',
  dns: 'The name is known',
  tls: 'A connection, and the right certificate',
  key: 'The project takes the key',
  auth: 'Sign-in answers',
  clock: 'The clocks agree',
  schema: 'The schema is there, in the right version',
  rls: 'Strangers see nothing',
  admin: 'There is an admin',
}
const STATES: Record<ConnectionStep['state'], string> = {
  running: 'Under way',
  ok: 'In order',
  warning: 'Look at this',
  failed: 'Failed',
  skipped: 'Not looked at',
}

export const text = catalogue({
  title: 'Connection',
  about:
    'Listings, leaderboards and trust are shared truth. They live in a Supabase project of yours, or in a workspace on this computer to try everything out.',
  toAccount: 'Account',
  failed: 'The connection could not be loaded',
  now: {
    title: 'What is used now',
    local: 'Local workspace',
    localBody: 'A marketplace of its own on this computer. Nothing of it leaves it.',
    hosted: 'Supabase project',
    fixed: 'A flag or the environment fixes this for this run.',
    links: {
      idle: 'Not in use yet',
      connecting: 'Connecting…',
      connected: 'Connected',
      failed: 'Does not answer',
    },
    answered: 'Last answer',
    start: 'Start it',
    connect: 'Connect now',
    retry: 'Try again',
    useLocal: 'Use the local workspace',
    useLocalNote: 'You are signed out of the project; what is there stays.',
  },
  local: {
    title: 'Local workspace',
    sampleNote:
      'Its sellers, listings and results are samples: made up, marked as such, and to be tried in every role.',
    noSample: 'There is no sample data in it.',
    remove: 'Remove the sample data…',
    removeTitle: 'Remove the sample data?',
    removeBody: (listings: number, results: number) =>
      `${plural(listings, { one: '# listing', other: '# listings' })} and ${plural(results, { one: '# result', other: '# results' })} of sample sellers are deleted, with their versions, reports, prices, appeals and disputes. The sample people stay, so that you can still try each role; so does what you made with an account of your own. There is no undo.`,
    removeConfirm: 'Remove it',
    removed: 'The sample data is gone',
    reset: 'Start over…',
    resetTitle: 'Delete the local workspace?',
    resetBody:
      'Everything in it is deleted, also what you made in it, and a new one is made with sample data. Scans, benchmarks and passports of this console stay. There is no undo.',
    resetConfirm: 'Delete and start over',
    resetDone: 'A new workspace is ready',
    cancel: 'Cancel',
    counting: 'Counting…',
  },
  hosted: {
    title: 'Connect to Supabase',
    url: 'Address of the project',
    urlHelp: 'Project Settings, Data API: https://….supabase.co',
    key: 'Publishable key',
    keyHelp: 'Project Settings, API keys: sb_publishable_…, never a secret key.',
    test: 'Test',
    testing: 'Testing…',
    connect: 'Connect',
    testFirst: 'Test the connection first; it says what is missing.',
    connected: 'Connected. Sign in under Account.',
    results: 'Steps of the test',
    steps: STEPS,
    states: STATES,
    fix: 'What to do:',
    copyCommand: 'Copy the command',
    broken: 'The test broke off',
  },
  leaves: {
    title: 'What leaves this computer',
    local: 'Nothing. The workspace is a database in the data folder, without any network.',
    intro: 'To the project, over TLS, when you do it and not before:',
    items: {
      account: 'your e-mail address and password or the sign-in of your browser, to sign in',
      profile: 'your handle and display name',
      listing: 'what you write on a listing: card, price, notes of a version',
      files:
        'names, sizes and SHA-256 of a version’s files; their bytes only if you choose the bucket',
      reports: 'facts and findings of a scan that you submit, without file contents',
      results: 'raw launches and answers of a benchmark that you publish, with the kind of machine',
    },
    never: 'Never: models that you only scan or measure, other reports, paths, settings, keys.',
  },
})
