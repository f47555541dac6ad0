begin;
create extension if not exists pgtap with schema extensions;
set local search_path = extensions, public;
select plan(10);

insert into auth.users (id, email) values
  ('00000000-0000-4000-8000-00000000000d', 'dan@example.test'),
  ('00000000-0000-4000-8000-00000000000e', 'eve@example.test');
insert into public.listings (id, seller_id, name, summary, description, category) values
  ('00000000-0000-4000-8000-0000000000d1', '00000000-0000-4000-8000-00000000000d', 'Tap model', '', '', 'tables');
insert into public.model_versions (id, listing_id, seller_id, number, digest, bytes, files, format, source, notes)
values ('00000000-0000-4000-8000-0000000000d2', '00000000-0000-4000-8000-0000000000d1',
  '00000000-0000-4000-8000-00000000000d', '1.0.0', repeat('ab', 32), 1, 1, 'onnx', '{"kind": "bucket"}', '');
insert into private.version_files (version_id, place, path, sha256, bytes) values
  ('00000000-0000-4000-8000-0000000000d2', 1, 'model.onnx', decode(repeat('ab', 32), 'hex'), 1);

select is(
  (select array_agg(distinct topic order by topic) from realtime.messages where event = 'listings'),
  array['staff', 'user:00000000-0000-4000-8000-00000000000d'], 'a new listing nudges its seller and staff'
);
select is(
  (select count(*)::int from realtime.messages where payload <> '{}'), 0, 'a nudge says nothing of what changed'
);

create function pg_temp.be(p_user text) returns void language sql as $$
  select set_config('request.jwt.claims', json_build_object('sub', p_user, 'role', 'authenticated')::text, true)
$$;
grant select on realtime.messages to authenticated;
select pg_temp.be('00000000-0000-4000-8000-00000000000d');
set local role authenticated;
select set_config('realtime.topic', 'user:00000000-0000-4000-8000-00000000000d', true);
select isnt_empty('select from realtime.messages', 'a seller listens to what is theirs');
select set_config('realtime.topic', 'user:00000000-0000-4000-8000-00000000000e', true);
select is_empty('select from realtime.messages', 'and to nothing of others');
select set_config('realtime.topic', 'staff', true);
select is_empty('select from realtime.messages', 'nor to what staff hears');

select lives_ok(
  $$ insert into storage.objects (bucket_id, name)
     values ('models', '00000000-0000-4000-8000-0000000000d2/' || repeat('ab', 32)) $$,
  'a seller uploads a file that the version names'
);
select throws_ok(
  $$ insert into storage.objects (bucket_id, name)
     values ('models', '00000000-0000-4000-8000-0000000000d2/' || repeat('cd', 32)) $$,
  '42501', null, 'and no other'
);
select isnt_empty($$ select from storage.objects where bucket_id = 'models' $$, 'and opens it');
reset role;

select pg_temp.be('00000000-0000-4000-8000-00000000000e');
set local role authenticated;
select is_empty($$ select from storage.objects where bucket_id = 'models' $$, 'somebody else does not see it');
select throws_ok(
  $$ insert into storage.objects (bucket_id, name)
     values ('models', '00000000-0000-4000-8000-0000000000d2/' || repeat('ab', 32) || 'x') $$,
  '42501', null, 'and uploads nothing there'
);
reset role;

select * from finish();
rollback;
