import type { Script } from '../migrate'

/**
 * A template is the same for everybody and may be months old. It says when it was made and holds nothing
 * of whoever made it: no key, no session, no link. Their tables are emptied with their files.
 */
export async function markTemplate({ exec }: Script): Promise<void> {
  await exec(`
    drop schema if exists twin cascade;
    truncate auth.sessions, auth.refresh_tokens, auth.flow_state, auth.one_time_tokens,
      auth.mfa_factors, auth.mfa_challenges, realtime.messages;
    create schema twin;
    revoke all on schema twin from public;
    create table twin.template (made_at timestamptz not null default now());
    insert into twin.template default values;`)
}

/**
 * Makes a copy of the template a workspace of its own, in one transaction: another epoch of the change
 * feed, because a page may have read the workspace before a reset, and times as if it were made now.
 * What submitted documents say about themselves stays: their hashes are on record.
 */
export async function adoptTemplate({ exec, query }: Script): Promise<void> {
  const [found] = await query<{ there: boolean }>(
    `select to_regclass('twin.template') is not null as there`,
  )
  if (found?.there === true) await exec(ADOPT)
}

const ADOPT = `
  begin;
  -- Histories refuse a change, to everybody and always; this is the moment before they begin.
  set local session_replication_role = replica;
  do $$
  declare
    age constant interval := greatest(now() - (select made_at from twin.template), interval '0');
    changed record;
  begin
    for changed in
      select format('%I.%I', a.table_schema, a.table_name) as name,
        string_agg(format('%1$I = %1$I + $1', a.column_name), ', ') as shifts
      from information_schema.columns a
      join information_schema.tables t using (table_schema, table_name)
      where a.table_schema in ('auth', 'private', 'public') and t.table_type = 'BASE TABLE'
        and a.data_type = 'timestamp with time zone' and a.is_generated = 'NEVER'
      group by a.table_schema, a.table_name
    loop
      execute format('update %s set %s', changed.name, changed.shifts) using age;
    end loop;
    if to_regclass('private.workspace') is not null then
      update private.workspace set feed_epoch = gen_random_uuid();
    end if;
  end $$;
  drop table twin.template;
  commit;`
