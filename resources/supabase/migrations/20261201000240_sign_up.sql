-- From an account of Supabase Auth to a person of the console, and what its tokens say.

-- A handle out of what is known of a new account; with digits where it is taken.
create function private.free_handle(p_wish text) returns text
language plpgsql volatile set search_path = '' as $$
declare
  v_base text := pg_catalog.btrim(
    pg_catalog.left(pg_catalog.regexp_replace(pg_catalog.lower(coalesce(p_wish, '')), '[^a-z0-9]+', '-', 'g'), 24), '-'
  );
  v_handle text;
begin
  -- Two who sign up with the same wish wait for each other.
  perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('handles', 0));
  if v_base !~ '^[a-z0-9][a-z0-9-]{2,}$' then v_base := 'person'; end if;
  v_handle := v_base;
  while exists (select from public.profiles where handle = v_handle)
    or exists (select from public.organisations where handle = v_handle)
  loop
    v_handle := v_base || '-' || pg_catalog.left(pg_catalog.replace(pg_catalog.gen_random_uuid()::text, '-', ''), 6);
  end loop;
  return v_handle;
end $$;

-- Runs as the server of authentication, in nobody's name.
create function private.handle_new_user() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  -- The wish of the person, or nothing of the address: a handle is public, an address is not.
  insert into public.profiles (id, handle, display_name)
  values (
    new.id,
    private.free_handle(new.raw_user_meta_data ->> 'handle'),
    pg_catalog.left(pg_catalog.btrim(pg_catalog.regexp_replace(
      coalesce(new.raw_user_meta_data ->> 'display_name', ''), '[[:cntrl:]]+', ' ', 'g'
    )), 80)
  );
  insert into private.accounts (user_id, email, email_verified_at, last_seen_at)
  values (new.id, pg_catalog.lower(new.email), new.email_confirmed_at, new.last_sign_in_at);
  insert into public.user_roles (user_id, role) values (new.id, 'seller');
  return new;
end $$;
comment on function private.handle_new_user() is 'owned by the schema on purpose';
create trigger console_new_user after insert on auth.users
  for each row execute function private.handle_new_user();

create function private.follow_user() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  update private.accounts set
    email = pg_catalog.lower(new.email),
    email_verified_at = new.email_confirmed_at,
    last_seen_at = new.last_sign_in_at
  where user_id = new.id;
  return new;
end $$;
comment on function private.follow_user() is 'owned by the schema on purpose';
create trigger console_follow_user after update of email, email_confirmed_at, last_sign_in_at on auth.users
  for each row execute function private.follow_user();

-- Accounts that are older than this schema.
do $$
declare
  v_user record;
begin
  for v_user in select u.* from auth.users u order by u.created_at loop
    insert into public.profiles (id, handle)
    values (v_user.id, private.free_handle(v_user.raw_user_meta_data ->> 'handle'));
    insert into private.accounts (user_id, email, email_verified_at, last_seen_at)
    values (v_user.id, lower(v_user.email), v_user.email_confirmed_at, v_user.last_sign_in_at);
    insert into public.user_roles (user_id, role) values (v_user.id, 'seller');
  end loop;
end $$;

-- Puts the roles into the token, for the page. Called by the server of authentication.
create function private.custom_access_token_hook(event jsonb) returns jsonb
language sql stable set search_path = '' as $$
  select pg_catalog.jsonb_set(
    event, '{claims,user_roles}', private.roles_of((event ->> 'user_id')::uuid)
  )
$$;
grant usage on schema private to supabase_auth_admin;
grant execute on function private.custom_access_token_hook(jsonb), private.roles_of(uuid) to supabase_auth_admin;
grant select on public.user_roles, public.roles to supabase_auth_admin;
create policy user_roles_token on public.user_roles for select to supabase_auth_admin using (true);
create policy roles_token on public.roles for select to supabase_auth_admin using (true);

-- For whoever owns the schema: the first admin of a workspace.
create function private.make_admin(p_email text) returns uuid
language plpgsql volatile set search_path = '' as $$
declare
  v_user uuid;
begin
  select a.user_id into v_user from private.accounts a where a.email = pg_catalog.lower(p_email);
  if v_user is null then
    raise exception 'nobody has signed up with the address %', p_email;
  end if;
  insert into public.user_roles (user_id, role) values (v_user, 'admin') on conflict do nothing;
  if found then
    insert into private.events (kind, subject_type, subject, body)
    values ('role.granted', 'person', v_user, '{"role": "admin", "by": "the owner of the database"}');
  end if;
  return v_user;
end $$;

update private.workspace set schema_version = '20261201000240';
select private.hand_over();
