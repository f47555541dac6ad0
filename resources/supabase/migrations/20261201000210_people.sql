-- People: the own profile, the list for staff, roles and suspension.
-- Bodies of writes are private.do_<rpc>, of reads private.read_<rpc>; both take all arguments as one jsonb.

-- Handles of people and organisations share one space, so that neither can pose as the other. The lock
-- makes two takers of the same handle wait for each other.
create function private.take_handle(p_handle text, p_owner uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('handles', 0));
  if exists (select from public.profiles where handle = p_handle and id <> p_owner)
    or exists (select from public.organisations where handle = p_handle and id <> p_owner)
  then
    perform private.reject(409, 'already_exists', '{"what": "handle"}');
  end if;
end $$;
comment on function private.take_handle(text, uuid) is 'owned by the schema on purpose';

create function private.do_update_profile(p jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_me uuid := private.signed_in();
  v_handle text := private.text_of(p, 'p_handle', 3, 32, '^[a-z0-9][a-z0-9-]{2,31}$');
  v_name text := private.text_of(p, 'p_display_name', 0, 80);
  v_profile public.profiles;
begin
  perform private.take_handle(v_handle, v_me);
  update public.profiles set handle = v_handle, display_name = v_name where id = v_me
  returning * into v_profile;
  if v_profile.id is null then perform private.reject(404, 'not_found', '{"what": "profile"}'); end if;
  perform private.record('profile.changed', 'person', v_me, pg_catalog.jsonb_build_object('handle', v_handle));
  return private.person_of(v_profile);
end $$;

-- Every word of a search as a prefix. Quoted, so that no word is an operator; null where there is none.
create function private.prefix_query(p_text text) returns pg_catalog.tsquery
language sql immutable set search_path = '' as $$
  select pg_catalog.to_tsquery(
    'simple',
    pg_catalog.string_agg(
      '''' || pg_catalog.replace(pg_catalog.replace(word, E'\\', E'\\\\'), '''', '''''') || ''':*', ' & '
    )
  )
  from pg_catalog.regexp_split_to_table(p_text, '\s+') as word
  where word <> ''
$$;

-- Ids of people with words that start so, or whose address starts so. By the owner of the schema, because
-- a text search under a policy could not use its index; the caller joins what policies let through.
create function private.people_matching(p_text text) returns setof uuid
language sql stable security definer set search_path = '' as $$
  select p.id from public.profiles p
  where pg_catalog.to_tsvector('simple', p.handle || ' ' || p.display_name) @@ private.prefix_query(p_text)
  union
  select a.user_id from private.accounts a
  where private.may('people.read')
    and a.email >= pg_catalog.lower(p_text) and a.email < pg_catalog.lower(p_text) || U&'\FFFF'
$$;
comment on function private.people_matching(text) is 'owned by the schema on purpose';

create function private.read_list_people(p jsonb) returns jsonb
language plpgsql stable security definer set search_path = '' set plan_cache_mode = 'force_custom_plan' as $$
declare
  v_text text := private.text_of(p, 'p_text', 0, 200);
  v_role text := private.word_or_null(p, 'p_role', array['seller', 'moderator', 'admin']);
  v_after text := coalesce(private.text_or_null(p, 'p_after', 0, 32), '');
  v_limit int := private.int_of(p, 'p_limit', 1, 100);
  v_rows jsonb;
  v_next text;
begin
  perform private.require('people.read');
  with page as materialized (
    select f.id, f.handle, f.created_at, f as profile, a.email, a.last_seen_at,
      case when a.suspended_until > pg_catalog.now() then a.suspended_until end as suspended_until,
      pg_catalog.row_number() over (order by f.handle) as place
    from public.profiles f left join private.accounts a on a.user_id = f.id
    where f.handle > v_after
      and (v_text = '' or f.id in (select private.people_matching(v_text)))
      and (v_role is null or exists (
        select from public.user_roles u where u.user_id = f.id and u.role = v_role
      ))
    order by f.handle limit v_limit + 1
  ), held as (
    -- For the page at once: asked for each row, functions and policies would begin anew each time.
    select u.user_id, pg_catalog.jsonb_agg(u.role order by r.rank) as roles
    from public.user_roles u join public.roles r on r.role = u.role
    where u.user_id = any (array(select id from page)) group by u.user_id
  ), sold as (
    select l.seller_id, count(*) as listings
    from public.listings l where l.seller_id = any (array(select id from page)) group by l.seller_id
  )
  select
    coalesce(pg_catalog.jsonb_agg(
      private.person_of(page.profile) || pg_catalog.jsonb_build_object(
        'email', page.email, 'roles', coalesce(held.roles, '[]'), 'suspendedUntil', page.suspended_until,
        'listings', coalesce(sold.listings, 0), 'createdAt', page.created_at, 'lastSeenAt', page.last_seen_at
      ) order by page.handle
    ) filter (where page.place <= v_limit), '[]'),
    case when count(*) > v_limit then max(page.handle) filter (where page.place = v_limit) end
  into v_rows, v_next
  from page left join held on held.user_id = page.id left join sold on sold.seller_id = page.id;
  return pg_catalog.jsonb_build_object('rows', v_rows, 'next', v_next);
end $$;

-- One at a time, so that two admins cannot revoke each other.
create function private.lock_admins() returns void language sql volatile set search_path = '' as $$
  select pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('admins', 0))
$$;
-- Those who can act: somebody suspended approves nothing.
create function private.count_admins(p_without uuid default null) returns int
language sql stable security definer set search_path = '' as $$
  select count(*)::int from public.user_roles u
  where u.role = 'admin' and u.user_id is distinct from p_without
    and private.suspended_until(u.user_id) is null
$$;
comment on function private.count_admins(uuid) is 'owned by the schema on purpose';

create function private.require_person(p_user uuid) returns void
language plpgsql stable security definer set search_path = '' as $$
begin
  if not exists (select from public.profiles where id = p_user) then
    perform private.reject(404, 'not_found', '{"what": "person"}');
  end if;
end $$;

create function private.add_role(p_user uuid, p_role text, p_reason text) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  insert into public.user_roles (user_id, role, granted_by) values (p_user, p_role, private.uid())
  on conflict do nothing;
  if found then
    perform private.record(
      'role.granted', 'person', p_user, pg_catalog.jsonb_build_object('role', p_role, 'reason', p_reason)
    );
  end if;
end $$;

create function private.do_grant_role(p jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_user uuid := private.uuid_of(p, 'p_user_id');
  v_role text := private.word_of(p, 'p_role', array['seller', 'moderator', 'admin']);
  v_reason text := private.reason_of(p);
  v_approval uuid;
begin
  perform private.require('people.manage');
  if v_user = private.uid() then perform private.reject(403, 'own_subject'); end if;
  perform private.require_person(v_user);
  if not exists (select from public.user_roles where user_id = v_user and role = v_role) then
    perform private.lock_admins();
    if v_role = 'admin' and private.count_admins() > 1 then
      v_approval := private.request_approval(
        'grant_admin', v_user, (select handle from public.profiles where id = v_user), v_reason
      );
    else
      perform private.add_role(v_user, v_role, v_reason);
    end if;
  end if;
  return pg_catalog.jsonb_build_object(
    'userId', v_user, 'roles', private.roles_of(v_user), 'approvalId', v_approval
  );
end $$;

create function private.do_revoke_role(p jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_user uuid := private.uuid_of(p, 'p_user_id');
  v_role text := private.word_of(p, 'p_role', array['seller', 'moderator', 'admin']);
  v_reason text := private.reason_of(p);
  v_roles jsonb;
begin
  perform private.require('people.manage');
  perform private.require_person(v_user);
  perform private.lock_admins();
  -- Before the row goes: a caller who gives up their own role sees no roles of others afterwards.
  v_roles := private.roles_of(v_user) - v_role;
  if v_role = 'admin' and private.count_admins(v_user) = 0
    and exists (select from public.user_roles where user_id = v_user and role = 'admin')
  then
    perform private.reject(409, 'last_admin');
  end if;
  delete from public.user_roles where user_id = v_user and role = v_role;
  if found then
    perform private.record(
      'role.revoked', 'person', v_user, pg_catalog.jsonb_build_object('role', v_role, 'reason', v_reason)
    );
  end if;
  return pg_catalog.jsonb_build_object('userId', v_user, 'roles', v_roles);
end $$;

create function private.do_suspend_person(p jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_user uuid := private.uuid_of(p, 'p_user_id');
  v_until timestamptz := private.instant_or_null(p, 'p_until');
  v_reason text := private.reason_of(p);
begin
  perform private.require('people.manage');
  if v_user = private.uid() then perform private.reject(403, 'own_subject'); end if;
  perform private.require_person(v_user);
  if v_until <= pg_catalog.now() then perform private.invalid('p_until', 'it is in the past'); end if;
  update private.accounts set suspended_until = v_until where user_id = v_user;
  perform private.record(
    case when v_until is null then 'person.reinstated' else 'person.suspended' end, 'person', v_user,
    pg_catalog.jsonb_build_object('until', v_until, 'reason', v_reason)
  );
  return pg_catalog.jsonb_build_object('userId', v_user, 'suspendedUntil', v_until);
end $$;

create function public.update_profile(p_op uuid, p_handle text, p_display_name text) returns jsonb
language sql volatile security invoker set search_path = '' as $$
  select private.run('update_profile', p_op,
    pg_catalog.jsonb_build_object('p_handle', p_handle, 'p_display_name', p_display_name))
$$;
create function public.list_people(p_text text, p_role text, p_after text, p_limit int) returns jsonb
language sql stable security invoker set search_path = '' as $$
  select private.read_list_people(pg_catalog.jsonb_build_object(
    'p_text', p_text, 'p_role', p_role, 'p_after', p_after, 'p_limit', p_limit))
$$;
create function public.grant_role(p_op uuid, p_user_id text, p_role text, p_reason text) returns jsonb
language sql volatile security invoker set search_path = '' as $$
  select private.run('grant_role', p_op,
    pg_catalog.jsonb_build_object('p_user_id', p_user_id, 'p_role', p_role, 'p_reason', p_reason))
$$;
create function public.revoke_role(p_op uuid, p_user_id text, p_role text, p_reason text) returns jsonb
language sql volatile security invoker set search_path = '' as $$
  select private.run('revoke_role', p_op,
    pg_catalog.jsonb_build_object('p_user_id', p_user_id, 'p_role', p_role, 'p_reason', p_reason))
$$;
create function public.suspend_person(p_op uuid, p_user_id text, p_until text, p_reason text) returns jsonb
language sql volatile security invoker set search_path = '' as $$
  select private.run('suspend_person', p_op,
    pg_catalog.jsonb_build_object('p_user_id', p_user_id, 'p_until', p_until, 'p_reason', p_reason))
$$;

insert into private.rate_rules (rpc, burst, per_minute) values
  ('update_profile', 10, 5), ('grant_role', 20, 20), ('revoke_role', 20, 20), ('suspend_person', 20, 20);

grant execute on function private.take_handle(text, uuid), private.people_matching(text),
  private.prefix_query(text), private.lock_admins(), private.count_admins(uuid) to console_api;
grant execute on function private.read_list_people(jsonb) to authenticated;
grant execute on function public.update_profile(uuid, text, text), public.list_people(text, text, text, int),
  public.grant_role(uuid, text, text, text), public.revoke_role(uuid, text, text, text),
  public.suspend_person(uuid, text, text, text) to authenticated;

update private.workspace set schema_version = '20261201000210';
select private.hand_over();
