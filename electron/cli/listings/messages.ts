/** Every string that the listings commands print. */
export const text = {
  help: `
  prometheus-console listings list   Your listings; --scope published: those of everybody
      --search TEXT                  Only these
  prometheus-console listings show LISTING
                                     One listing with its versions
  prometheus-console listings create FILE
                                     A draft from a card in JSON: name, summary, description,
                                     category, licence, tags, price
  prometheus-console listings add-version LISTING PATH…
                                     Scan these files, say what would leave this computer, and with
                                     --yes send it
      --number N                     1.0.0; without it the next one
      --source SOURCE                none (default), bucket, an https address, hf:OWNER/NAME@COMMIT
                                     or folder:NAME
      --notes TEXT, --unmeasured REASON
      --result ID|newest             Benchmark results of these files; may be given several times
      --sign                         Sign a passport and send it
  prometheus-console listings check VERSION
                                     The gates of publishing, and what is missing
  prometheus-console listings publish VERSION
  prometheus-console listings withdraw LISTING --reason TEXT
      --version VERSION              Only this version
      --format text|json             What is printed, of all
      --data-dir FOLDER              Where the workspace is
      --set KEY=VALUE                e.g. backend.connection=local
    In a hosted project as PROMETHEUS_EMAIL with PROMETHEUS_PASSWORD, from the environment.
`,
  exits: `
Exit codes of listings: 0 done, or every gate is open, 1 a gate is not, 2 refused or no answer,
3 nothing was sent because --yes is missing, 64 wrong usage.
`,
  usage: (words: readonly string[]) => `Say what to do with listings: ${words.join(', ')}.`,
  arguments: {
    show: 'Name the listing: listings show LISTING.',
    create: 'Name the file of the card: listings create FILE.',
    add: 'Name the listing and the files: listings add-version LISTING PATH…',
    check: 'Name the version: listings check VERSION.',
    publish: 'Name the version: listings publish VERSION.',
    withdraw: 'Name the listing: listings withdraw LISTING --reason TEXT.',
  },
  noId: (name: string) => `"${name}" is no id; listings list and listings show have them.`,
  needsReason: 'Say why, with --reason: it is kept in the log.',
  badCard: (file: string, field: string, problem: string) =>
    `${file} is no card of a listing: ${field}: ${problem}.`,
  badSource: (source: string) =>
    `"${source}" is no source: none, bucket, an https address, hf:OWNER/NAME@COMMIT or folder:NAME.`,
  badNumber: (number: string) => `"${number}" is no number of a version, such as 1.0.0.`,
  noVersion: (version: string) => `No listing of yours has the version ${version}.`,
  signedOut:
    'Nobody is signed in. Set PROMETHEUS_EMAIL and PROMETHEUS_PASSWORD in the environment.',
  leaves: (files: number, bytes: string) =>
    `What leaves this computer: names, sizes and SHA-256 of ${files} ${files === 1 ? 'file' : 'files'} (${bytes})`,
  facts: (verdict: string, grade: string, findings: number, rules: string) =>
    `  facts of the scan: ${verdict}, grade ${grade}, ${findings} findings by rule and fingerprint, rules ${rules}`,
  results: (n: number) => `  benchmark results, raw launches: ${n}`,
  passport: (yes: boolean) => `  passport: ${yes ? 'signed, with your public key' : 'none'}`,
  bytes: (yes: boolean) => `  bytes of the files: ${yes ? 'all of them, to the bucket' : 'none'}`,
  notSent: 'Nothing was sent. Say --yes to send it.',
  added: (id: string, number: string) => `Added version ${number}: ${id}`,
  notAdded: (message: string) => `The version was not added: ${message}`,
  waits: (message: string) => `Stopped: ${message} The console can go on with it.`,
  created: (id: string) => `Created the draft ${id}`,
  published: (id: string) => `Published version ${id}`,
  withdrawn: (id: string) => `Withdrawn: ${id}`,
  noListings: 'No listing.',
}
