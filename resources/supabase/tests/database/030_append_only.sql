begin;
create extension if not exists pgtap with schema extensions;
set local search_path = extensions, public;
select plan(8);

insert into auth.users (id, email) values ('00000000-0000-4000-8000-00000000000c', 'cat@example.test');
insert into private.events (kind) values ('test.made');
insert into private.event_sources (name, secret) values ('tap', decode(repeat('00', 32), 'hex'));
insert into public.external_events (id, source, kind, person_id, occurred_at, body) values
  (gen_random_uuid(), 'tap', 'sale', '00000000-0000-4000-8000-00000000000c', now(), '{}');

-- Also if somebody grants it everything: policies do not hold the service role, triggers do.
grant all on private.events, public.external_events to service_role;
set local role service_role;
select throws_ok('update private.events set body = body', 'PT403', 'append_only');
select throws_ok('delete from private.events', 'PT403', 'append_only');
select throws_ok('truncate private.events', 'PT403', 'append_only');
select throws_ok('update public.external_events set body = body', 'PT403', 'append_only');
select throws_ok('delete from public.external_events', 'PT403', 'append_only');
select throws_ok('truncate public.external_events', 'PT403', 'append_only');
reset role;

select is(
  (select count(*)::int from pg_class c
    where relnamespace in ('public'::regnamespace, 'private'::regnamespace) and relkind in ('r', 'p')
      and exists (select from pg_trigger t where t.tgrelid = c.oid
        and t.tgfoid = 'private.forbid_change()'::regprocedure and t.tgtype & 8 > 0)
      and not exists (select from pg_trigger t where t.tgrelid = c.oid
        and t.tgfoid = 'private.forbid_change()'::regprocedure and t.tgtype & 32 > 0)),
  0, 'what is never deleted is never truncated either'
);
select is(
  encode(private.hmac_sha256(convert_to('Jefe', 'UTF8'), convert_to('what do ya want for nothing?', 'UTF8')), 'hex'),
  '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843', 'HMAC-SHA256 of RFC 4231, case 2'
);

select * from finish();
rollback;
