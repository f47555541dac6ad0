/** What the commands of maintainers print. */
export const text = {
  help: `
  npm run db -- types                The zod catalogue of the API against the functions there are
      --url URL                      Of this database; without it: of the migrations
  npm run db -- lint                 squawk, and the checks of the Supabase CLI, on the migrations.
                                     Both are fetched on demand, into node_modules/.cache
      --splinter FILE                Splinter's own file of lints as well
  npm run db -- test [FILTER]        The tests of the database, on the PostgreSQL installed here
      --postgres 17                  On PostgreSQL 17, fetched on demand
  npm run db -- functions            The Edge Functions in Deno, fetched on demand
`,
  noPostgres:
    'There is no PostgreSQL 15 or newer here (Debian: apt install postgresql). --postgres 17 fetches one.',
  otherPostgres: (version: string) =>
    `PostgreSQL ${version} cannot be fetched; 17 can. For another one set DATABASE_URL (as superuser) and run: npm run test:unit -- --project database-postgres`,
  noBinaries: (name: string) =>
    `There is no package ${name}, so PostgreSQL 17 cannot be fetched for this machine.`,
  noDeno: (name: string) =>
    `There is no package ${name}, so Deno cannot be fetched for this machine. Install it, and run: npm run test:unit -- edge-functions`,
  heading: (name: string) => `\n${name}`,
  skipped: (name: string, why: string) => `Skipped ${name}. ${why}`,
  clean: (name: string) => `${name}: nothing to say.`,
  squawkFirst:
    'The first migration makes an empty schema: rules for tables in use do not apply to it.',
  noScratch: 'The checks that need a database were left out.',
  plpgsqlCheck:
    'supabase db lint needs the extension plpgsql_check on the server (Debian: apt install postgresql-15-plpgsql-check).',
  noSplinter: (file: string) => `${file} cannot be read.`,
  splinterHint:
    'supabase db advisors brings an older copy of splinter along. For all lints get splinter.sql of github.com/supabase/splinter and give it as --splinter FILE.',
  finding: (level: string, name: string, detail: string) => `${level} ${name}: ${detail}`,
  rpcMissing: (name: string) => `${name}: there is no such function in public.`,
  rpcExtra: (name: string) => `${name}: a function in public that the catalogue does not know.`,
  rpcOverloaded: (name: string) => `${name}: there are several; PostgREST could not choose.`,
  rpcArguments: (name: string, expected: string, found: string) =>
    `${name}: takes (${found}), the catalogue says (${expected}).`,
  rpcType: (name: string, argument: string, type: string, json: string) =>
    `${name}: ${argument} is ${type}, which a JSON ${json} does not fit.`,
  rpcVolatility: (name: string, expected: string, found: string) =>
    `${name}: is ${found}, has to be ${expected}.`,
  rpcResult: (name: string, found: string) => `${name}: returns ${found} and not jsonb.`,
  rpcClean: (count: number) => `${count} functions are as the catalogue says.`,
}
