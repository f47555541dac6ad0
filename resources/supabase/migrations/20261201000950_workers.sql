-- The database role of workers and of KEDA: the one exception to "functions of the API only". They read
-- the queue with a query, which PostgREST cannot serve to them, and nothing else is theirs.
--
-- It cannot log in until its operator says so, with a password that only the worker has:
--   alter role console_worker login password '…' connection limit 20;
-- What the queue needs is granted with the queue. Today a worker may ask which schema this is.
do $$ begin
  if not exists (select from pg_catalog.pg_roles where rolname = 'console_worker') then
    create role console_worker nologin noinherit;
  end if;
end $$;
grant usage on schema private to console_worker;

-- A worker that is older or newer than the schema stops instead of guessing.
create function private.worker_schema() returns jsonb
language sql stable security definer set search_path = '' as $$
  select pg_catalog.jsonb_build_object('schema_version', schema_version, 'min_client', min_client)
  from private.workspace
$$;
grant execute on function private.worker_schema() to console_worker;

update private.workspace set schema_version = '20261201000950';
select private.hand_over();
