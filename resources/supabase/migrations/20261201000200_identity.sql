-- Who people are and what they may. Policies ask for a permission, never for the name of a role, and
-- both are rows: what a token says about roles is a hint for the page and decides nothing.
create table public.roles (
  role text primary key check (role ~ '^[a-z]{3,20}$'),
  rank int not null unique
);
create table public.permissions (
  permission text primary key,
  -- Asks for a second factor where the workspace does.
  second_factor boolean not null default false
);
create table public.role_permissions (
  role text not null references public.roles (role),
  permission text not null references public.permissions (permission),
  primary key (role, permission)
);
create index role_permissions_permission_idx on public.role_permissions (permission);

insert into public.roles (role, rank) values ('seller', 1), ('moderator', 2), ('admin', 3);
insert into public.permissions (permission, second_factor) values
  ('listings.write', false), ('listings.review', true), ('listings.remove', true),
  ('results.review', true), ('people.read', false), ('people.manage', true),
  ('limits.read', false), ('limits.manage', true), ('audit.read', false), ('events.record', true);
insert into public.role_permissions (role, permission) values
  ('seller', 'listings.write'),
  ('moderator', 'listings.review'), ('moderator', 'listings.remove'), ('moderator', 'results.review'),
  ('moderator', 'people.read'), ('moderator', 'audit.read'),
  ('admin', 'listings.review'), ('admin', 'listings.remove'), ('admin', 'results.review'),
  ('admin', 'people.read'), ('admin', 'people.manage'), ('admin', 'limits.read'),
  ('admin', 'limits.manage'), ('admin', 'audit.read'), ('admin', 'events.record');

-- What everybody who is signed in may see of a person.
create table public.profiles (
  id uuid primary key references auth.users (id) on delete cascade,
  handle text not null unique check (handle ~ '^[a-z0-9][a-z0-9-]{2,31}$'),
  display_name text not null default '' check (char_length(display_name) <= 80),
  sample boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  change_xid xid8 not null,
  change_seq bigint not null
);
create index profiles_change_idx on public.profiles (change_xid, change_seq);
create index profiles_search_idx on public.profiles
  using gin (to_tsvector('simple', handle || ' ' || display_name));
create trigger profiles_stamp before insert or update on public.profiles
  for each row execute function private.stamp_change();

-- What only the person and staff may see. Address and last sign-in are kept in step with auth.users,
-- which functions of the API cannot read.
create table private.accounts (
  user_id uuid primary key references public.profiles (id) on delete cascade,
  -- Byte order, so that a prefix is a range of the index also under a policy.
  email text collate "C",
  email_verified_at timestamptz,
  last_seen_at timestamptz,
  suspended_until timestamptz
);
create index accounts_email_idx on private.accounts (email);

create table public.user_roles (
  user_id uuid not null references public.profiles (id) on delete cascade,
  role text not null references public.roles (role),
  granted_by uuid references public.profiles (id) on delete set null,
  granted_at timestamptz not null default now(),
  primary key (user_id, role)
);
create index user_roles_role_idx on public.user_roles (role);
create index user_roles_granted_by_idx on public.user_roles (granted_by);

alter table public.roles enable row level security;
alter table public.permissions enable row level security;
alter table public.role_permissions enable row level security;
alter table public.profiles enable row level security;
alter table private.accounts enable row level security;
alter table public.user_roles enable row level security;

-- Whether the caller has any of these permissions: several in one question, because each costs a look.
-- Owned by the schema: it reads the tables that the policies on those tables ask it about. plpgsql keeps its
-- plan; a function in SQL would be planned again in every statement that a policy asks.
create function private.may(variadic p_any text[]) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (
    select from public.user_roles u join public.role_permissions r on r.role = u.role
    where u.user_id = private.uid() and r.permission = any (p_any)
  );
end $$;
comment on function private.may(text[]) is 'owned by the schema on purpose';

-- Null where nothing holds it back; also asked about others, by gates of publishing.
create function private.suspended_until(p_user uuid) returns timestamptz
language plpgsql stable security definer set search_path = '' as $$
begin
  return (
    select a.suspended_until from private.accounts a
    where a.user_id = p_user and a.suspended_until > pg_catalog.now()
  );
end $$;
comment on function private.suspended_until(uuid) is 'owned by the schema on purpose';

create function private.without_admin() returns boolean
language sql stable security definer set search_path = '' as $$
  select not exists (select from public.user_roles where role = 'admin')
$$;
comment on function private.without_admin() is 'owned by the schema on purpose';

create function private.signed_in() returns uuid
language plpgsql stable set search_path = '' as $$
begin
  if private.uid() is null then perform private.reject(401, 'not_signed_in'); end if;
  return private.uid();
end $$;

create function private.require(p_permission text) returns void
language plpgsql stable set search_path = '' as $$
begin
  perform private.signed_in();
  if not private.may(p_permission) then
    perform private.reject(
      403, 'permission_required', pg_catalog.jsonb_build_object('permission', p_permission)
    );
  end if;
  if coalesce(private.claims() ->> 'aal', 'aal1') <> 'aal2'
    and (select w.require_mfa from private.workspace w)
    and (select p.second_factor from public.permissions p where p.permission = p_permission)
  then
    perform private.reject(403, 'mfa_required');
  end if;
end $$;

-- Before every write, see private.run.
create function private.require_active() returns void
language plpgsql stable set search_path = '' as $$
declare
  v_until timestamptz := private.suspended_until(private.uid());
begin
  if v_until is not null then
    perform private.reject(403, 'account_suspended', pg_catalog.jsonb_build_object('until', v_until));
  end if;
end $$;

-- Asked for each row of a page: plpgsql keeps what it has prepared, where SQL would begin anew.
create function private.person_of(p public.profiles) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return pg_catalog.jsonb_build_object(
    'id', p.id, 'handle', p.handle, 'displayName', p.display_name, 'sample', p.sample
  );
end $$;
create function private.roles_of(p_user uuid) returns jsonb language sql stable set search_path = '' as $$
  select coalesce(pg_catalog.jsonb_agg(u.role order by r.rank), '[]')
  from public.user_roles u join public.roles r on r.role = u.role where u.user_id = p_user
$$;

grant select on public.roles, public.permissions, public.role_permissions to console_api;
grant select, update (handle, display_name) on public.profiles to console_api;
grant select, update (suspended_until) on private.accounts to console_api;
grant select, insert, delete on public.user_roles to console_api;
grant execute on function private.may(text[]), private.suspended_until(uuid), private.without_admin(),
  private.signed_in(), private.require(text), private.require_active(),
  private.person_of(public.profiles), private.roles_of(uuid) to console_api;
-- Policies of storage and realtime run as the caller.
grant execute on function private.may(text[]) to authenticated;

create policy roles_read on public.roles for select to console_api using (true);
create policy permissions_read on public.permissions for select to console_api using (true);
create policy role_permissions_read on public.role_permissions for select to console_api using (true);
create policy profiles_read on public.profiles for select to console_api
  using ((select private.actor()) is not null);
create policy profiles_own on public.profiles for update to console_api
  using (id = (select auth.uid())) with check (id = (select auth.uid()));
create policy accounts_read on private.accounts for select to console_api
  using (user_id = (select auth.uid()) or (select private.may('people.read')));
create policy accounts_suspend on private.accounts for update to console_api
  using ((select private.may('people.manage')) and user_id <> (select auth.uid()))
  with check ((select private.may('people.manage')) and user_id <> (select auth.uid()));
create policy user_roles_read on public.user_roles for select to console_api
  using (user_id = (select auth.uid()) or (select private.may('people.read')));
create policy user_roles_grant on public.user_roles for insert to console_api
  with check ((select private.may('people.manage')) and user_id <> (select auth.uid()));
create policy user_roles_revoke on public.user_roles for delete to console_api
  using ((select private.may('people.manage')));

update private.workspace set schema_version = '20261201000200';
select private.hand_over();
