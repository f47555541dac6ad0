-- The ground everything stands on: who owns what, how a function is called, what is kept of a call.
--
-- Tables are in `public` with row-level security and without a grant to anon or authenticated. The API
-- is the functions of `public`: thin, SECURITY INVOKER, each hands its arguments to `private.run` (writes)
-- or to its body in `private` (reads). Bodies are SECURITY DEFINER and belong to console_api, a role that
-- cannot log in, does not pass by policies and owns no table. Every policy is written for it.
create schema private;
revoke all on schema private from public;
grant usage on schema private to anon, authenticated, service_role;

do $$ begin
  -- Roles belong to the cluster, and another database of it may have made this one.
  if not exists (select from pg_catalog.pg_roles where rolname = 'console_api') then
    create role console_api nologin noinherit;
  end if;
  execute pg_catalog.format('grant console_api to %I', current_user);
end $$;
grant usage on schema public to console_api;
-- Needed to receive functions; it can make none, because it cannot log in and no body creates anything.
grant usage, create on schema private to console_api;

-- Hosted projects hand every new object to the roles of the API. Here each grant is written down.
alter default privileges in schema public revoke all on tables from anon, authenticated, service_role;
alter default privileges in schema public revoke all on sequences from anon, authenticated, service_role;
alter default privileges in schema public revoke execute on functions from anon, authenticated, service_role;
-- What PUBLIC may execute by birth can be revoked for all schemas only.
alter default privileges revoke execute on functions from public;

-- Bodies cannot name `auth`: on a hosted project nobody may grant its usage. So these read what auth.jwt()
-- and auth.uid() read, the claims that PostgREST sets. In plpgsql, because every body asks them and a
-- function in SQL would be planned again in each transaction.
create function private.claims() returns jsonb language plpgsql stable set search_path = '' as $$
begin
  return nullif(pg_catalog.current_setting('request.jwt.claims', true), '')::jsonb;
end $$;
create function private.uid() returns uuid language plpgsql stable set search_path = '' as $$
begin
  return nullif(pg_catalog.current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub';
end $$;
create function private.is_service() returns boolean language plpgsql stable set search_path = '' as $$
begin
  return coalesce(
    nullif(pg_catalog.current_setting('request.jwt.claims', true), '')::jsonb ->> 'role', ''
  ) = 'service_role';
end $$;
-- Who is charged and whose operation it is. Service calls have no person; they share one identity that
-- no user can have. Null is nobody.
create function private.actor() returns uuid language plpgsql stable set search_path = '' as $$
declare
  v_claims jsonb := nullif(pg_catalog.current_setting('request.jwt.claims', true), '')::jsonb;
begin
  return coalesce(
    (v_claims ->> 'sub')::uuid,
    case when v_claims ->> 'role' = 'service_role' then '00000000-0000-0000-0000-000000000000'::uuid end
  );
end $$;

-- Refuses. PostgREST answers SQLSTATE PTxyz with HTTP status xyz; codes are in shared/backend/errors.ts.
create function private.reject(p_status int, p_code text, p_detail jsonb default '{}') returns void
language plpgsql stable set search_path = '' as $$
begin
  raise exception using errcode = 'PT' || p_status, message = p_code, detail = p_detail::text;
end $$;

-- One row of facts about this database.
create table private.workspace (
  one boolean primary key default true check (one),
  schema_version text not null,
  min_client text not null default '0.1.0',
  -- Oldest rules that a scan may have been judged by to be published.
  rules_version text not null default '2026.11.1',
  scan_max_days int not null default 30 check (scan_max_days > 0),
  -- Changes when the database was restored, because transaction ids start anew.
  feed_epoch uuid not null default gen_random_uuid(),
  require_mfa boolean not null default false,
  sample boolean not null default false
);
insert into private.workspace (schema_version) values ('20261201000100');

-- Change feed. A reader that stops below the oldest transaction in flight never misses a late commit,
-- which a timestamp or a sequence alone would. Measured in docs/backend.md.
create sequence private.change_seq;
create function private.stamp_change() returns trigger language plpgsql set search_path = '' as $$
begin
  new.change_seq := pg_catalog.nextval('private.change_seq');
  new.change_xid := pg_catalog.pg_current_xact_id();
  new.updated_at := pg_catalog.clock_timestamp();
  return new;
end $$;

-- What must never change: also not by the service role, which policies do not hold but triggers do.
create function private.forbid_change() returns trigger language plpgsql set search_path = '' as $$
begin
  raise exception using errcode = 'PT403', message = 'append_only',
    detail = pg_catalog.jsonb_build_object('table', tg_table_name)::text;
end $$;

-- The one append-only event table of this database: audit, activity and every history are views of it.
create table private.events (
  id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  actor uuid,
  operation_id uuid,
  kind text not null check (kind ~ '^[a-z_]+\.[a-z_]+$'),
  subject_type text,
  subject uuid,
  body jsonb not null default '{}'
);
create index events_subject_idx on private.events (subject, id desc);
create index events_actor_idx on private.events (actor, id desc);
create index events_kind_idx on private.events (kind, id desc);
create trigger events_append_only before update or delete on private.events
  for each row execute function private.forbid_change();
create trigger events_no_truncate before truncate on private.events
  for each statement execute function private.forbid_change();

-- Operation ids: the same id with the same body replays its answer, with another body it is a conflict.
create table private.operations (
  actor uuid not null,
  operation_id uuid not null,
  rpc text not null,
  args_sha256 bytea not null,
  response jsonb,
  created_at timestamptz not null default now(),
  primary key (actor, operation_id)
);
create index operations_created_idx on private.operations (created_at);

-- Token buckets, for each function and caller. A function without a rule cannot be called.
create table private.rate_rules (
  rpc text primary key,
  burst int not null check (burst between 1 and 100000),
  per_minute double precision not null check (per_minute > 0),
  burst_before int,
  per_minute_before double precision,
  changed_at timestamptz,
  changed_by uuid
);
create table private.rate_buckets (
  rpc text not null references private.rate_rules (rpc) on delete cascade,
  actor uuid not null,
  tokens double precision not null,
  at timestamptz not null,
  primary key (rpc, actor)
);
create table private.rate_usage (
  rpc text not null,
  actor uuid not null,
  hour timestamptz not null,
  calls int not null default 0,
  refused int not null default 0,
  failed int not null default 0,
  -- Calls in each minute of the hour: what a preview of other limits replays.
  minutes int[] not null default array_fill(0, array[60]),
  primary key (rpc, hour, actor)
);
create index rate_usage_hour_idx on private.rate_usage (hour);

alter table private.workspace enable row level security;
alter table private.events enable row level security;
alter table private.operations enable row level security;
alter table private.rate_rules enable row level security;
alter table private.rate_buckets enable row level security;
alter table private.rate_usage enable row level security;

grant select on private.workspace to console_api;
grant select, insert on private.events to console_api;
grant select, insert, update on private.operations, private.rate_buckets, private.rate_usage to console_api;
grant select, update on private.rate_rules to console_api;
grant usage on sequence private.change_seq to console_api;

create policy workspace_read on private.workspace for select to console_api using (true);
create policy operations_own on private.operations for all to console_api
  using (actor = (select private.actor())) with check (actor = (select private.actor()));
create policy rate_rules_read on private.rate_rules for select to console_api using (true);
create policy rate_buckets_own on private.rate_buckets for all to console_api
  using (actor = (select private.actor())) with check (actor = (select private.actor()));
create policy rate_usage_read on private.rate_usage for select to console_api
  using (actor = (select private.actor()));
create policy rate_usage_add on private.rate_usage for insert to console_api
  with check (actor = (select private.actor()));
create policy rate_usage_count on private.rate_usage for update to console_api
  using (actor = (select private.actor()));
create policy events_append on private.events for insert to console_api
  with check ((select private.actor()) is not null and actor is not distinct from (select auth.uid()));

-- Appends to the log, in the name of the caller.
create function private.record(
  p_kind text, p_subject_type text, p_subject uuid, p_body jsonb default '{}', p_operation uuid default null
) returns void language plpgsql security definer set search_path = '' as $$
begin
  insert into private.events (actor, operation_id, kind, subject_type, subject, body)
  values (
    private.uid(),
    coalesce(p_operation, nullif(pg_catalog.current_setting('console.operation', true), '')::uuid),
    p_kind, p_subject_type, p_subject, p_body
  );
end $$;

-- Takes a token. Returns 0, or the seconds until there is one.
create function private.charge(p_rpc text, p_actor uuid) returns double precision
language plpgsql security definer set search_path = '' as $$
declare
  v_rule private.rate_rules;
  v_left double precision;
begin
  select * into v_rule from private.rate_rules where rpc = p_rpc;
  if v_rule.rpc is null then
    raise exception 'function % has no rate rule', p_rpc;
  end if;
  insert into private.rate_buckets as b (rpc, actor, tokens, at)
  values (p_rpc, p_actor, v_rule.burst - 1, pg_catalog.clock_timestamp())
  on conflict (rpc, actor) do update set
    -- Below zero nothing is taken, so that whoever waits as told is served.
    tokens = case
      when least(v_rule.burst, b.tokens + extract(epoch from excluded.at - b.at) * v_rule.per_minute / 60) >= 1
      then least(v_rule.burst, b.tokens + extract(epoch from excluded.at - b.at) * v_rule.per_minute / 60) - 1
      else least(v_rule.burst, b.tokens + extract(epoch from excluded.at - b.at) * v_rule.per_minute / 60) - 1e9
    end,
    at = excluded.at
  returning tokens into v_left;
  if v_left < -1e8 then
    update private.rate_buckets set tokens = tokens + 1e9
    where rpc = p_rpc and actor = p_actor returning tokens into v_left;
    return (1 - v_left) * 60 / v_rule.per_minute;
  end if;
  return 0;
end $$;

create function private.count_call(p_rpc text, p_actor uuid, p_refused int, p_failed int) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_now timestamptz := pg_catalog.clock_timestamp();
  v_minute int := extract(minute from v_now)::int + 1;
  v_minutes int[] := pg_catalog.array_fill(0, array[60]);
begin
  v_minutes[v_minute] := 1;
  insert into private.rate_usage as u (rpc, actor, hour, calls, refused, failed, minutes)
  values (p_rpc, p_actor, pg_catalog.date_trunc('hour', v_now, 'UTC'), 1, p_refused, p_failed, v_minutes)
  on conflict (rpc, hour, actor) do update set
    calls = u.calls + 1, refused = u.refused + excluded.refused, failed = u.failed + excluded.failed,
    minutes[v_minute] = u.minutes[v_minute] + 1;
end $$;

-- An error as PostgREST writes one, with its status: the transaction commits, so that the charge and
-- the note of a refused call stay. An exception would undo them, and failing calls would be free.
create function private.refusal(p_status int, p_code text, p_detail jsonb) returns jsonb
language plpgsql set search_path = '' as $$
begin
  perform pg_catalog.set_config('response.status', p_status::text, true);
  return pg_catalog.jsonb_build_object(
    'code', 'PT' || p_status, 'message', p_code, 'details', p_detail::text, 'hint', null
  );
end $$;

-- Every write goes through here: who calls, may they now, was it done before, do it, note it.
-- `p_rpc` is a constant of the function in `public`; its body is private.do_<p_rpc>(jsonb).
create function private.run(p_rpc text, p_op uuid, p_args jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_actor uuid := private.actor();
  v_hash bytea;
  v_wait double precision;
  v_known private.operations;
  v_result jsonb;
  v_state text;
  v_message text;
  v_detail text;
  v_status int;
  v_json jsonb;
begin
  if v_actor is null then
    return private.refusal(401, 'not_signed_in', '{}');
  end if;
  v_wait := private.charge(p_rpc, v_actor);
  if v_wait > 0 then
    perform private.count_call(p_rpc, v_actor, 1, 0);
    perform pg_catalog.set_config(
      'response.headers', pg_catalog.format('[{"Retry-After": "%s"}]', ceil(v_wait)), true
    );
    return private.refusal(429, 'rate_limited', pg_catalog.jsonb_build_object('seconds', ceil(v_wait)));
  end if;
  begin
    if p_op is null then
      perform private.reject(400, 'invalid_input', '{"field": "p_op", "problem": "an operation id is needed"}');
    end if;
    perform private.require_active();
    v_hash := pg_catalog.sha256(pg_catalog.convert_to(p_rpc || p_args::text, 'UTF8'));
    insert into private.operations (actor, operation_id, rpc, args_sha256)
    values (v_actor, p_op, p_rpc, v_hash) on conflict do nothing;
    if not found then
      -- Somebody is ahead with this id: their row is committed, or this insert would have waited.
      select * into v_known from private.operations where actor = v_actor and operation_id = p_op;
      if v_known.args_sha256 <> v_hash then
        perform private.reject(409, 'op_id_reused');
      end if;
      perform private.count_call(p_rpc, v_actor, 0, 0);
      return v_known.response || '{"replayed": true}';
    end if;
    perform pg_catalog.set_config('console.operation', p_op::text, true);
    execute pg_catalog.format('select private.%I($1)', 'do_' || p_rpc) into v_result using p_args;
    update private.operations set response = v_result where actor = v_actor and operation_id = p_op;
    perform private.count_call(p_rpc, v_actor, 0, 0);
    return v_result || '{"replayed": false}';
  exception
    -- Two transactions in each other's way: the client sends the same operation again.
    when serialization_failure or deadlock_detected then raise;
    when others then
      get stacked diagnostics v_state = returned_sqlstate, v_message = message_text, v_detail = pg_exception_detail;
  end;
  v_json := '{}';
  if v_state like 'PT___' then
    v_status := right(v_state, 3)::int;
    begin
      v_json := coalesce(nullif(v_detail, ''), '{}')::jsonb;
    exception when others then v_json := '{}';
    end;
  elsif v_state = '23505' then
    v_status := 409; v_message := 'already_exists';
  elsif v_state = '23503' then
    v_status := 404; v_message := 'not_found';
  elsif left(v_state, 2) in ('22', '23') then
    v_status := 400;
    v_json := pg_catalog.jsonb_build_object('field', '', 'problem', v_message);
    v_message := 'invalid_input';
  elsif v_state = '53100' then
    -- Where nothing can be written, the call cannot be counted either.
    return private.refusal(507, 'disk_full', '{}');
  else
    v_status := 500;
    v_json := pg_catalog.jsonb_build_object('id', p_op);
    raise log 'function % failed for operation %: % %', p_rpc, p_op, v_state, v_message;
    v_message := 'internal_error';
  end if;
  perform private.count_call(p_rpc, v_actor, 0, 1);
  perform private.record(
    'call.refused', null, null,
    pg_catalog.jsonb_build_object('rpc', p_rpc, 'code', v_message, 'status', v_status), p_op
  );
  return private.refusal(v_status, v_message, v_json);
end $$;

-- Gives the functions of `private` to console_api. Called at the end of each migration: a body that
-- stays with its creator would pass by every policy. `private.may` does so on purpose (identity).
create function private.hand_over() returns void language plpgsql set search_path = '' as $$
declare
  v_function regprocedure;
begin
  for v_function in
    select p.oid::regprocedure from pg_catalog.pg_proc p
    join pg_catalog.pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'private' and p.prosecdef
      and p.proowner = (select oid from pg_catalog.pg_roles where rolname = current_user)
      and coalesce(pg_catalog.obj_description(p.oid, 'pg_proc'), '') <> 'owned by the schema on purpose'
  loop
    execute pg_catalog.format('alter function %s owner to console_api', v_function);
  end loop;
end $$;

grant execute on function private.run(text, uuid, jsonb) to anon, authenticated, service_role;
grant execute on function private.uid(), private.claims(), private.is_service(), private.actor(),
  private.reject(int, text, jsonb), private.refusal(int, text, jsonb) to console_api;
select private.hand_over();
