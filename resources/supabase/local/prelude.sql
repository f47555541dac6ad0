-- What a hosted Supabase database already has, as far as the migrations touch it. For the local twin
-- (PGlite) and for tests on a plain PostgreSQL; never part of the migrations. Runs as the bootstrap
-- superuser, and may run again. Roles belong to the cluster, so each is made only where it is missing.
do $$
declare
  name text;
begin
  foreach name in array array[
    'anon', 'authenticated', 'service_role', 'authenticator', 'supabase_auth_admin',
    'supabase_storage_admin', 'migrator'
  ] loop
    if not exists (select from pg_catalog.pg_roles where rolname = name) then
      execute format('create role %I nologin noinherit', name);
    end if;
  end loop;
end $$;

alter role service_role bypassrls;
-- Stands for the role `postgres` of a hosted project: owns the schema, passes by policies, and is no
-- superuser, so that a migration which needs one fails here too.
alter role migrator bypassrls createrole inherit;
grant anon, authenticated, service_role to authenticator;
grant anon, authenticated, service_role to migrator with admin option;
do $$ begin
  execute format('grant create on database %I to migrator', current_database());
end $$;

create schema if not exists extensions;
create schema if not exists auth;
create schema if not exists realtime;
create schema if not exists storage;
grant usage on schema extensions to public;
grant usage on schema auth, realtime, storage to anon, authenticated, service_role, migrator;
grant usage, create on schema extensions, public to migrator with grant option;
grant usage on schema public to anon, authenticated, service_role, supabase_auth_admin;

-- A hosted project grants everything new in `public` to the roles of the API: migrations must revoke.
alter default privileges for role migrator in schema public
  grant all on tables to anon, authenticated, service_role;
alter default privileges for role migrator in schema public
  grant all on functions to anon, authenticated, service_role;
alter default privileges for role migrator in schema public
  grant all on sequences to anon, authenticated, service_role;

-- Supabase Auth, as far as the twin implements it.
create table if not exists auth.users (
  id uuid primary key default gen_random_uuid(),
  aud text not null default 'authenticated',
  role text not null default 'authenticated',
  email text unique,
  encrypted_password text,
  email_confirmed_at timestamptz,
  banned_until timestamptz,
  last_sign_in_at timestamptz,
  raw_app_meta_data jsonb not null default '{"provider": "email", "providers": ["email"]}',
  raw_user_meta_data jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create table if not exists auth.sessions (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references auth.users (id) on delete cascade,
  aal text not null default 'aal1',
  amr jsonb not null default '[]',
  created_at timestamptz not null default now()
);
create table if not exists auth.refresh_tokens (
  id bigint generated always as identity primary key,
  token text unique not null,
  parent text,
  user_id uuid not null references auth.users (id) on delete cascade,
  session_id uuid not null references auth.sessions (id) on delete cascade,
  revoked_at timestamptz,
  created_at timestamptz not null default now()
);
create table if not exists auth.flow_state (
  id uuid primary key default gen_random_uuid(),
  user_id uuid references auth.users (id) on delete cascade,
  auth_code text unique not null,
  code_challenge text not null,
  code_challenge_method text not null,
  created_at timestamptz not null default now()
);
-- Links and six-digit codes of sign-in and recovery, as hashes: nothing of them is worth stealing.
create table if not exists auth.one_time_tokens (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references auth.users (id) on delete cascade,
  token_type text not null,
  token_hash text not null,
  code_hash text not null,
  code_challenge text,
  code_challenge_method text,
  created_at timestamptz not null default now()
);
create table if not exists auth.mfa_factors (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references auth.users (id) on delete cascade,
  friendly_name text,
  factor_type text not null default 'totp',
  status text not null default 'unverified',
  secret text not null,
  last_used_step bigint,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create table if not exists auth.mfa_challenges (
  id uuid primary key default gen_random_uuid(),
  factor_id uuid not null references auth.mfa_factors (id) on delete cascade,
  verified_at timestamptz,
  created_at timestamptz not null default now()
);
grant select, references, trigger on auth.users to migrator;
grant all on all tables in schema auth to supabase_auth_admin;
grant usage on schema auth to supabase_auth_admin;

-- Claims of the caller: PostgREST sets them for each transaction.
create or replace function auth.jwt() returns jsonb language sql stable as $$
  select coalesce(
    nullif(current_setting('request.jwt.claim', true), ''),
    nullif(current_setting('request.jwt.claims', true), '')
  )::jsonb
$$;
create or replace function auth.uid() returns uuid language sql stable as $$
  select coalesce(
    nullif(current_setting('request.jwt.claim.sub', true), ''),
    nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub'
  )::uuid
$$;
create or replace function auth.role() returns text language sql stable as $$
  select coalesce(
    nullif(current_setting('request.jwt.claim.role', true), ''),
    nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'role'
  )
$$;

-- Realtime: a message is stored as hosted, and told to whoever listens on the channel `realtime`.
create table if not exists realtime.messages (
  id uuid not null default gen_random_uuid() primary key,
  topic text not null,
  extension text not null default 'broadcast',
  event text,
  payload jsonb,
  private boolean default false,
  inserted_at timestamp not null default now()
);
alter table realtime.messages enable row level security;
alter table realtime.messages owner to migrator;
create or replace function realtime.topic() returns text language sql stable as $$
  select nullif(current_setting('realtime.topic', true), '')
$$;
create or replace function realtime.send(
  payload jsonb, event text, topic text, private boolean default true
) returns void language plpgsql security definer set search_path = '' as $$
begin
  insert into realtime.messages (payload, event, topic, private)
  values (payload, event, topic, private);
  perform pg_catalog.pg_notify(
    'realtime', pg_catalog.json_build_object('topic', topic, 'event', event)::text
  );
end $$;

-- Storage: buckets and objects, so that policies on them exist here too.
create table if not exists storage.buckets (
  id text primary key,
  name text not null unique,
  public boolean not null default false,
  file_size_limit bigint,
  created_at timestamptz not null default now()
);
create table if not exists storage.objects (
  id uuid primary key default gen_random_uuid(),
  bucket_id text references storage.buckets (id),
  name text not null,
  owner_id text,
  metadata jsonb,
  created_at timestamptz not null default now(),
  unique (bucket_id, name)
);
alter table storage.objects enable row level security;
alter table storage.buckets owner to migrator;
alter table storage.objects owner to migrator;
create or replace function storage.foldername(name text) returns text[] language sql immutable as $$
  select (string_to_array(name, '/'))[1 : cardinality(string_to_array(name, '/')) - 1]
$$;
grant select, insert, update, delete on storage.objects to authenticated, service_role;
