import { CREATE_RECORD, LOCK_KEY, type Migration } from './migrations'
import { splitStatements } from './split-statements'
import { quoteText } from './sql'

/**
 * Every migration in one file for psql: stops at the first error, leaves out what was applied, and
 * records what it applies. For whoever may reach the database with psql alone.
 */
export function bundle(migrations: readonly Migration[], version: string): string {
  const head = `-- Schema of Prometheus Console ${version}, migrations up to ${migrations.at(-1)?.version ?? 'none'}.
-- psql "postgresql://postgres@HOST:5432/postgres" -f THIS_FILE
\\set ON_ERROR_STOP on
\\set QUIET on
set client_min_messages = warning;
set lock_timeout = '10s';
${CREATE_RECORD}
`
  return `${head}${migrations.map(part).join('')}notify pgrst, 'reload schema';\n\\echo Done.\n`
}

function part({ version, name, sql }: Migration): string {
  const statements = splitStatements(sql).map(quoteText).join(',\n')
  return `
select exists (
  select from supabase_migrations.schema_migrations where version = '${version}'
) as applied \\gset
\\if :applied
  \\echo ${version}_${name} was applied before
\\else
begin;
select pg_catalog.pg_advisory_xact_lock(${LOCK_KEY}) \\g /dev/null
${sql.trimEnd()}
insert into supabase_migrations.schema_migrations (version, name, statements)
values ('${version}', ${quoteText(name)}, array[${statements}]::text[]);
commit;
  \\echo ${version}_${name}
\\endif
`
}
