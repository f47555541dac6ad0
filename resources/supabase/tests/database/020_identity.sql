begin;
create extension if not exists pgtap with schema extensions;
set local search_path = extensions, public;
select plan(14);

insert into auth.users (id, email, email_confirmed_at, raw_user_meta_data) values
  ('00000000-0000-4000-8000-00000000000a', 'ann@example.test', now(), '{"handle": "tap-ann"}'),
  ('00000000-0000-4000-8000-00000000000b', 'bob@example.test', now(), '{"handle": "tap-bob"}');
insert into public.user_roles (user_id, role) values ('00000000-0000-4000-8000-00000000000a', 'admin');

select is(
  (select array_agg(role order by role) from public.user_roles where user_id = '00000000-0000-4000-8000-00000000000b'),
  array['seller'], 'who signs up is a seller'
);

-- As functions of the API see it.
create function pg_temp.be(p_user text, p_role text default 'authenticated') returns void language sql as $$
  select set_config('request.jwt.claims', json_build_object('sub', p_user, 'role', p_role)::text, true)
$$;
select pg_temp.be('00000000-0000-4000-8000-00000000000b');
set local role console_api;
select results_eq('select count(*)::int from private.accounts', array[1], 'a seller sees one account: their own');
select is(private.may('people.read'), false, 'a seller may not read people');
select throws_ok(
  $$ insert into public.user_roles (user_id, role) values ('00000000-0000-4000-8000-00000000000b', 'admin') $$,
  '42501', null, 'a seller grants themselves nothing'
);
select is_empty(
  $$ update private.accounts set suspended_until = null returning 1 $$, 'a seller lifts no suspension'
);
select throws_ok(
  $$ update public.profiles set sample = true $$, '42501', null, 'nobody says that they are a sample'
);
select is_empty(
  $$ update public.profiles set handle = 'stolen' where handle = 'tap-ann' returning 1 $$,
  'a seller changes nobody else'
);
reset role;

select pg_temp.be('00000000-0000-4000-8000-00000000000a');
set local role console_api;
select is(private.may('people.manage'), true, 'an admin manages people');
select cmp_ok((select count(*)::int from private.accounts), '>=', 2, 'an admin sees accounts');
select throws_ok(
  $$ insert into public.user_roles (user_id, role) values ('00000000-0000-4000-8000-00000000000a', 'moderator') $$,
  '42501', null, 'an admin grants themselves nothing'
);
reset role;

select pg_temp.be('00000000-0000-4000-8000-00000000000b');
set local role authenticated;
select is(public.get_me() ->> 'handle', 'tap-bob', 'get_me answers who asks');
select throws_ok('select public.list_invitations()', 'PT403', 'permission_required', 'staff only');
select is(
  public.grant_role(gen_random_uuid(), '00000000-0000-4000-8000-00000000000b', 'admin', 'because') ->> 'message',
  'permission_required', 'and refused writes answer in words'
);
reset role;
select is(
  (select count(*)::int from private.events
    where kind = 'call.refused' and actor = '00000000-0000-4000-8000-00000000000b'),
  1, 'a refused write is in the log'
);

select * from finish();
rollback;
