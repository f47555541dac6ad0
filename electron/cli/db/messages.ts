import type { MigrationState } from './migrations'

const list = (words: readonly string[]) => words.join(', ')

/** Every string `db` prints. */
export const text = {
  help: `
  prometheus-console db status       What schema a database has, and what this console would change
  prometheus-console db migrate      Bring it up to date: a backup first, then each migration in a
                                     transaction of its own
      --no-backup                    Without the backup
      --to VERSION                   Up to this version only
      --include-all                  Also those older than what was applied
  prometheus-console db verify       Compare tables, policies, functions, grants and owners with what
                                     this console expects, and say every difference
  prometheus-console db bundle       All migrations as one file for psql
  prometheus-console db backup       Every table as one file with hashes (accounts are not in it)
  prometheus-console db restore FILE Replace what is in the tables by what a backup holds
  prometheus-console db reset        Take the schema and all its data out of a database
  prometheus-console db admin EMAIL  Make somebody the first admin, or invite them as one
  prometheus-console db source NAME  Let another system send events (sales, refunds, logins), and show the
                                     secret it signs them with, this once
      --rotate                       Of a source that is there: another secret
      --url URL                      postgresql://USER@HOST:PORT/DATABASE without a password; without
                                     it: DATABASE_URL. The password is asked for when needed
      --tls verify|unverified|off    Without it: verify, and off on this machine
      --ca FILE                      The authority that signed the server's certificate (PEM)
      --confirm NAME                 What restore and reset would ask for: the name of the database
      --output FILE                  Where bundle and backup write
      --format text|json             What status and verify print
`,
  exits:
    '\nExit codes of db: 0 done, 1 verify found differences, 2 refused or failed, 64 wrong usage.\n',
  usage: (known: readonly string[]) =>
    `db needs one of ${list(known)}. See prometheus-console help db.`,
  noUrl:
    'Which database? Give --url postgresql://postgres@db.PROJECT.supabase.co:5432/postgres (without the password, which is asked for), or set DATABASE_URL.',
  badUrl: 'The address of a database looks like postgresql://USER@HOST:5432/DATABASE.',
  passwordInArgument:
    'Leave the password out of --url: arguments can be read by everybody on this machine. It is asked for; for scripts set PGPASSWORD or DATABASE_URL.',
  transactionPooler:
    'Port 6543 is the pooler for single transactions, which cannot hold a lock. Use port 5432 (session pooler), or the direct connection.',
  noAuthority: (file: string) => `${file} holds no certificate (PEM).`,
  noTerminal:
    'The server asks for a password, and there is no terminal to ask on. Set PGPASSWORD, or put it into DATABASE_URL.',
  askPassword: (user: string, where: string) => `Password of ${user} for ${where}: `,
  cancelled: 'Cancelled. Nothing was changed.',
  typeToConfirm: (word: string) => `Type ${word} to go on: `,
  notConfirmed: (word: string) => `That was not "${word}". Nothing was changed.`,
  confirmFlag: (warning: string, word: string) =>
    `${warning}\nThere is no terminal to ask on; repeat it with --confirm ${word}.`,
  connectionLost: (why: string) => `The connection to the database broke: ${why}`,
  refusedLogin: (user: string) =>
    `The server refused ${user}: the password is not right, or this address may not log in. A Supabase project shows it under Connect, and resets it under Database.`,
  noDatabase: (name: string) => `There is no database "${name}" on this server.`,
  noHost: (host: string) =>
    `${host} is not known to DNS. Look at the project's address; a paused project has none.`,
  notTrusted: (host: string) =>
    `The certificate of ${host} is signed by nobody this system knows. Download the one of the project (Database, SSL configuration) and give it as --ca FILE; --tls unverified does without the check.`,
  otherName: (host: string) => `The certificate of the server is not for ${host}.`,
  noTls: (where: string) =>
    `${where} offers no encryption, and the password would be readable on the way. On a network you trust: --tls off.`,
  notReached: (where: string, why: string) => `${where} was not reached: ${why}`,
  failed: (why: string) => `The database refused: ${why}`,

  busy: 'Another console is changing this database right now. Wait until it is done.',
  outOfOrder: (versions: readonly string[]) =>
    `Not applied, although newer ones are: ${list(versions)}. Look why; --include-all applies them now.`,
  newer: (versions: readonly string[], newest: string) =>
    `The schema of this database is newer than this console (${list(versions)} after ${newest}). Update the console; nothing was changed.`,
  migrationFailed: (file: string, line: number | null, why: string, detail: string | null) =>
    `${file}${line === null ? '' : `, line ${line}`}: ${why}${detail ? ` (${detail})` : ''}. It was rolled back; what came before it stays.`,
  tooOld: (version: number) => `This is PostgreSQL ${version}; 15 or newer is needed.`,
  noSupabase:
    'This is no Supabase project: auth.uid() or one of the roles anon, authenticated, service_role is missing. For a plain PostgreSQL run resources/supabase/local/prelude.sql first.',
  mayNot:
    'This user may not set the schema up: it needs CREATE on the database and CREATEROLE. On a hosted project that is "postgres".',
  empty: 'There is no schema of this console in this database yet: prometheus-console db migrate.',
  upToDate: 'Up to date; nothing to do.',
  applying: (version: string, name: string) => `${version}_${name}`,
  migrated: (count: number, where: string) =>
    `${count} ${count === 1 ? 'migration' : 'migrations'} applied to ${where}.`,
  noAdmin:
    'Nobody is an admin yet. Sign up in the console, then: prometheus-console db admin EMAIL.',
  noVersion: (version: string) => `There is no migration ${version}.`,
  argument: (command: string, word: string) => `db ${command} does not take "${word}".`,

  backedUp: (file: string, tables: number, rows: number) =>
    `${file}: ${rows} rows of ${tables} tables. Keep it safe; it holds e-mail addresses and the secrets that events are signed with.`,
  fileExists: (file: string) => `${file} is there already; choose another name.`,
  fileFailed: (file: string, why: string) => `${file} could not be written: ${why}`,
  noFile: (file: string) => `${file} does not exist or cannot be read.`,
  notBackup: (file: string) => `${file} is no backup of this console.`,
  damagedBackup: (file: string) =>
    `${file} is cut off or was changed: its hashes do not fit. Nothing was restored.`,
  damagedTable: (file: string, table: string) =>
    `${file} was changed in ${table}: the hash does not fit. Nothing was restored.`,
  restoreUsage: 'db restore needs a FILE that db backup wrote.',
  restoreWarning: (where: string, file: string, created: string, rows: number) =>
    `Everything in ${where} will be replaced by ${file} of ${created} (${rows} rows).`,
  otherSchema: (backup: string, here: string) =>
    `The backup is of schema ${backup}, the database of ${here}. Reset the database, and restore into the empty one: the schema is then made as it was.`,
  unknownSchema: (version: string) =>
    `The backup is of schema ${version}, which this console does not know. Update the console.`,
  otherTable: (table: string) =>
    `${table} has other columns here than in the backup: it was changed by hand. Nothing was restored; db verify says what differs.`,
  accountsMissing:
    'Accounts of this backup are not in this project (auth.users). Bring the accounts over first: they belong to Supabase Auth and are not part of a backup of the console. Nothing was restored.',
  restored: (tables: number, rows: number) =>
    `Restored ${rows} rows of ${tables} tables. Consoles that follow the feed start anew.`,
  restoredOlder: (version: string) =>
    `The schema is ${version}, as of the backup. prometheus-console db migrate brings it up to date.`,

  resetWarning: (where: string) =>
    `All data of the console in ${where} will be deleted: people's roles, listings, results, the log. Accounts and uploaded files stay.`,
  resetDone: (where: string) => `${where} holds nothing of the console any more.`,

  as: (user: string, server: string) => `as ${user}, PostgreSQL ${server}`,
  schema: (version: string, admins: number | null, sample: boolean) =>
    `Schema ${version}${admins === null ? '' : `, ${admins} ${admins === 1 ? 'admin' : 'admins'}`}${sample ? ', with sample data' : ''}`,
  state: {
    applied: 'applied',
    pending: 'to do',
    changed: 'applied, but with other content than this console has',
    unknown: 'applied, and not of this console',
  } satisfies Record<MigrationState, string>,
  toDo: (count: number) =>
    count === 0 ? 'Up to date.' : `${count} to do: prometheus-console db migrate.`,
  versionStated: (stated: string, newest: string) =>
    `The workspace says its schema is ${stated}, and the newest migration is ${newest}.`,

  verified: (count: number, where: string) => `${where} is as expected: ${count} things compared.`,
  differs: (count: number, where: string) =>
    `${where} differs in ${count} ${count === 1 ? 'thing' : 'things'}.`,
  verifyFirst: (pending: number) =>
    `${pending} migrations are not applied yet, so much will be missing: prometheus-console db migrate.`,
  kind: { missing: 'missing', extra: 'not expected', different: 'different' },
  expected: 'expected',
  found: 'found',

  sourceUsage: 'db source needs one NAME of small letters, digits and hyphens, such as shop.',
  sourceThere: (name: string) =>
    `The source "${name}" is there already, and its secret is shown once only. With --rotate it gets another; what signs with the old one is then refused.`,
  sourceMissing: (name: string) => `There is no source "${name}" to rotate. Leave --rotate out.`,
  sourceSaved: (name: string) =>
    `The system "${name}" signs its batches with this secret (EVENT_SECRET). It is not shown again.`,

  adminUsage: 'db admin needs the e-mail address of one person.',
  adminMade: (email: string) => `${email} is an admin now.`,
  adminAlready: (email: string) => `${email} is an admin already.`,
  adminExists: (count: number) =>
    `There ${count === 1 ? 'is an admin' : `are ${count} admins`} already, who can invite and appoint others under People and roles. Nothing was changed.`,
  adminInvited: (email: string) =>
    `Nobody has an account for ${email} yet. It is invited as an admin for 7 days: sign up with this address in the console and accept.`,
}
