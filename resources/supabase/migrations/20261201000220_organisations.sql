-- Organisations: sellers who list together.
create table public.organisations (
  id uuid primary key,
  handle text not null unique check (handle ~ '^[a-z0-9][a-z0-9-]{2,31}$'),
  display_name text not null check (char_length(display_name) between 1 and 80),
  created_by uuid not null references public.profiles (id),
  created_at timestamptz not null default now()
);
create index organisations_created_by_idx on public.organisations (created_by);
create table public.organisation_members (
  organisation_id uuid not null references public.organisations (id) on delete cascade,
  user_id uuid not null references public.profiles (id) on delete cascade,
  role text not null check (role in ('owner', 'member')),
  added_at timestamptz not null default now(),
  primary key (organisation_id, user_id)
);
create index organisation_members_user_idx on public.organisation_members (user_id);

alter table public.organisations enable row level security;
alter table public.organisation_members enable row level security;

-- Owned by the schema: the policy on members would have to ask the members.
create function private.my_organisations(p_role text default null) returns uuid[]
language sql stable security definer set search_path = '' as $$
  select coalesce(pg_catalog.array_agg(m.organisation_id), '{}') from public.organisation_members m
  where m.user_id = private.uid() and m.role = coalesce(p_role, m.role)
$$;
comment on function private.my_organisations(text) is 'owned by the schema on purpose';

create function private.add_first_owner() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into public.organisation_members (organisation_id, user_id, role)
  values (new.id, new.created_by, 'owner');
  return new;
end $$;
comment on function private.add_first_owner() is 'owned by the schema on purpose';
create trigger organisations_first_owner after insert on public.organisations
  for each row execute function private.add_first_owner();

grant select, insert, update (handle, display_name) on public.organisations to console_api;
grant select, insert, update (role), delete on public.organisation_members to console_api;
grant execute on function private.my_organisations(text) to console_api;

create policy organisations_read on public.organisations for select to console_api
  using (id = any ((select private.my_organisations())::uuid[]));
create policy organisations_create on public.organisations for insert to console_api
  with check (created_by = (select auth.uid()));
create policy organisations_change on public.organisations for update to console_api
  using (id = any ((select private.my_organisations('owner'))::uuid[]));
create policy organisation_members_read on public.organisation_members for select to console_api
  using (organisation_id = any ((select private.my_organisations())::uuid[]));
create policy organisation_members_add on public.organisation_members for insert to console_api
  with check (organisation_id = any ((select private.my_organisations('owner'))::uuid[]));
create policy organisation_members_change on public.organisation_members for update to console_api
  using (organisation_id = any ((select private.my_organisations('owner'))::uuid[]));
-- An owner removes anybody, everybody leaves.
create policy organisation_members_remove on public.organisation_members for delete to console_api
  using (
    organisation_id = any ((select private.my_organisations('owner'))::uuid[])
    or user_id = (select auth.uid())
  );

-- Refuses unless the caller owns it. The row stays locked, so that owners are counted one at a time.
create function private.lock_organisation(p_id uuid, p_leaving boolean) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  if not p_id = any (private.my_organisations()) then
    perform private.reject(404, 'not_found', '{"what": "organisation"}');
  end if;
  if not p_leaving and not p_id = any (private.my_organisations('owner')) then
    perform private.reject(403, 'permission_required', '{"permission": "owner of the organisation"}');
  end if;
  perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('organisation ' || p_id, 0));
end $$;

create function private.do_save_organisation(p jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_me uuid := private.signed_in();
  v_id uuid := private.uuid_of(p, 'p_id');
  v_handle text := private.text_of(p, 'p_handle', 3, 32, '^[a-z0-9][a-z0-9-]{2,31}$');
  v_name text := private.text_of(p, 'p_display_name', 1, 80);
begin
  perform private.take_handle(v_handle, v_id);
  if v_id = any (private.my_organisations()) then
    perform private.lock_organisation(v_id, false);
    update public.organisations set handle = v_handle, display_name = v_name where id = v_id;
    perform private.record('organisation.changed', 'organisation', v_id, p - 'p_id');
  else
    -- Somebody else's id violates the key, which answers already_exists.
    insert into public.organisations (id, handle, display_name, created_by)
    values (v_id, v_handle, v_name, v_me);
    perform private.record('organisation.created', 'organisation', v_id, p - 'p_id');
  end if;
  return pg_catalog.jsonb_build_object('id', v_id);
end $$;

create function private.do_save_member(p jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_me uuid := private.signed_in();
  v_id uuid := private.uuid_of(p, 'p_organisation_id');
  v_handle text := private.text_of(p, 'p_handle', 1, 32);
  v_role text := private.word_or_null(p, 'p_role', array['owner', 'member']);
  v_user uuid;
begin
  select id into v_user from public.profiles where handle = v_handle;
  perform private.lock_organisation(v_id, v_user = v_me and v_role is null);
  if v_user is null then perform private.reject(404, 'not_found', '{"what": "person"}'); end if;
  if v_role is distinct from 'owner' and not exists (
    select from public.organisation_members
    where organisation_id = v_id and role = 'owner' and user_id <> v_user
  ) then
    perform private.reject(409, 'last_owner');
  end if;
  if v_role is null then
    delete from public.organisation_members where organisation_id = v_id and user_id = v_user;
    if not found then perform private.reject(404, 'not_found', '{"what": "member"}'); end if;
  else
    insert into public.organisation_members (organisation_id, user_id, role) values (v_id, v_user, v_role)
    on conflict (organisation_id, user_id) do update set role = excluded.role;
  end if;
  perform private.record(
    'organisation.member', 'organisation', v_id,
    pg_catalog.jsonb_build_object('person', v_user, 'role', v_role)
  );
  return pg_catalog.jsonb_build_object('organisationId', v_id, 'userId', v_user);
end $$;

create function public.save_organisation(p_op uuid, p_id text, p_handle text, p_display_name text) returns jsonb
language sql volatile security invoker set search_path = '' as $$
  select private.run('save_organisation', p_op, pg_catalog.jsonb_build_object(
    'p_id', p_id, 'p_handle', p_handle, 'p_display_name', p_display_name))
$$;
create function public.save_member(p_op uuid, p_organisation_id text, p_handle text, p_role text) returns jsonb
language sql volatile security invoker set search_path = '' as $$
  select private.run('save_member', p_op, pg_catalog.jsonb_build_object(
    'p_organisation_id', p_organisation_id, 'p_handle', p_handle, 'p_role', p_role))
$$;
insert into private.rate_rules (rpc, burst, per_minute) values
  ('save_organisation', 10, 2), ('save_member', 20, 20);
grant execute on function public.save_organisation(uuid, text, text, text),
  public.save_member(uuid, text, text, text) to authenticated;

update private.workspace set schema_version = '20261201000220';
select private.hand_over();
