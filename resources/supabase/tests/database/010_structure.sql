begin;
create extension if not exists pgtap with schema extensions;
set local search_path = extensions, public;
select plan(12);

select has_schema('private');
select has_role('console_api');
select is(
  (select rolcanlogin or rolbypassrls or rolsuper or rolcreaterole from pg_roles where rolname = 'console_api'),
  false, 'console_api neither logs in nor passes by policies'
);
select is(
  (select count(*)::int from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = 'console_api'),
  0, 'console_api owns no table'
);
select is(
  (select count(*)::int from pg_class where relnamespace in ('public'::regnamespace, 'private'::regnamespace)
    and relkind in ('r', 'p') and not relrowsecurity),
  0, 'every table has row-level security'
);
select is(
  (select count(*)::int from information_schema.table_privileges
    where table_schema in ('public', 'private') and grantee in ('anon', 'authenticated', 'service_role', 'PUBLIC')),
  0, 'no role of the API has a grant on a table'
);
select is(
  (select count(*)::int from pg_policy p join pg_class c on c.oid = p.polrelid
    where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace)
      and 0 = any (p.polroles)),
  0, 'no policy is for everybody'
);
select is(
  (select count(*)::int from pg_proc where pronamespace = 'public'::regnamespace and prosecdef),
  0, 'what the API calls runs as its caller'
);
select is(
  (select count(*)::int from (
    select proname from pg_proc where pronamespace = 'public'::regnamespace group by proname having count(*) > 1
  ) overloaded),
  0, 'no function of the API is overloaded'
);
select function_privs_are('public', 'server_info', array[]::text[], 'anon', array['EXECUTE']);
select function_privs_are('public', 'get_me', array[]::text[], 'anon', array[]::text[]);
select is(
  (select count(*)::int from pg_proc where pronamespace = 'public'::regnamespace
    and has_function_privilege('anon', oid, 'execute')),
  1, 'who is not signed in may call one function'
);

select * from finish();
rollback;
