/** Every string that the events commands print. */
export const text = {
  help: `
  prometheus-console events import FILE
                                     Record what another system knows (sales, refunds, disputes, logins,
                                     payments) from a CSV file: kind, person, occurred_at, and if there
                                     are id and listing; other columns go along as they are. Into the
                                     local workspace, or with --url into a project
      --url URL                      The project. Its secret key comes from SUPABASE_SECRET_KEY, and
                                     what the batches are signed with from EVENT_SECRET
      --source NAME                  Whose events they are; see prometheus-console db source
  prometheus-console events sample   A made-up history of what is published, as such a file; marked as
                                     a sample
      --days N, --seed N             90 days and seed 1 without them
      --output FILE                  Where it is written; without it, it is printed
      --data-dir FOLDER              Where the workspace is
`,
  exits: '\nExit codes of events: 0 recorded or written, 2 refused or no answer, 64 wrong usage.\n',
  usage: (words: readonly string[]) => `Say what to do with events: ${words.join(', ')}.`,
  importUsage: 'Name the file: events import FILE.',
  sampleUsage: 'events sample takes no file; --output FILE says where it is written.',
  wholeNumber: (flag: string, most: number) => `${flag} takes a whole number from 1 to ${most}.`,
  noFile: (file: string) => `${file} does not exist or cannot be read.`,
  noSource: 'Say whose events they are: --source NAME, as prometheus-console db source made it.',
  badUrl: 'The address of a project looks like https://PROJECT.supabase.co.',
  noKey:
    'Set SUPABASE_SECRET_KEY to a secret key of the project (Settings, API keys). It is not taken as an argument, which others on this machine can read.',
  noSecret:
    'Set EVENT_SECRET to the secret that prometheus-console db source showed: 32 to 2048 hexadecimal digits.',
  empty: (file: string) => `${file} has no events.`,
  progress: (done: number, all: number) => `${done} of ${all} events sent`,
  recorded: (recorded: number, known: number) =>
    `${recorded} ${recorded === 1 ? 'event' : 'events'} recorded${known === 0 ? '' : `, ${known} were there before`}.`,
  nothingPublished: 'Nothing is published in this workspace, so nothing can have been sold.',
  written: (count: number, file: string) => `${count} made-up events in ${file}.`,
}
