-- A developer's own stack: `supabase --workdir resources db reset` runs this behind the migrations, and
-- nothing else does. Somebody of each role at the reserved domain, without a password: ask for a link to
-- sign in, and read it in the mailbox of the stack. The sample marketplace of the local workspace is not
-- from here: it is made of calls (supabase/local/sample.json), so that it passes every check.
insert into auth.users (id, aud, role, email, encrypted_password, email_confirmed_at, raw_user_meta_data)
select person.id::uuid, 'authenticated', 'authenticated', person.handle || '@sample.local', '', now(),
  jsonb_build_object('handle', person.handle, 'display_name', person.name)
from (values
  ('5eed0000-0000-4000-8000-000000000001', 'seed-seller', 'Seller of the seed'),
  ('5eed0000-0000-4000-8000-000000000002', 'seed-moderator', 'Moderator of the seed'),
  ('5eed0000-0000-4000-8000-000000000003', 'seed-admin', 'Admin of the seed')
) person (id, handle, name)
on conflict do nothing;

-- Supabase Auth reads these columns as texts that are there.
do $$
declare
  v_column text;
begin
  for v_column in
    select c.column_name from information_schema.columns c
    where c.table_schema = 'auth' and c.table_name = 'users' and c.column_name in (
      'confirmation_token', 'recovery_token', 'email_change', 'email_change_token_new',
      'email_change_token_current', 'reauthentication_token', 'phone_change', 'phone_change_token')
  loop
    execute format('update auth.users set %1$I = '''' where %1$I is null and email like %2$L', v_column, 'seed-%@sample.local');
  end loop;
  if exists (
    select from information_schema.columns
    where table_schema = 'auth' and table_name = 'users' and column_name = 'instance_id'
  ) then
    execute $sql$update auth.users set instance_id = '00000000-0000-0000-0000-000000000000'
      where instance_id is null and email like 'seed-%@sample.local'$sql$;
  end if;
end $$;

insert into public.user_roles (user_id, role)
select a.user_id, substr(split_part(a.email, '@', 1), 6) from private.accounts a
where a.email in ('seed-moderator@sample.local', 'seed-admin@sample.local')
on conflict do nothing;
select private.mark_sample();
