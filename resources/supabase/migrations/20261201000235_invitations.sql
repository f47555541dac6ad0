-- Invitations by address: a role waits for whoever proves that the address is theirs.
create function private.invitation_json(p public.invitations) returns jsonb
language sql stable security definer set search_path = '' as $$
  select pg_catalog.jsonb_build_object(
    'id', p.id, 'email', p.email, 'role', p.role,
    'invitedBy', (select private.person_of(f) from public.profiles f where f.id = p.invited_by),
    'createdAt', p.created_at, 'expiresAt', p.expires_at, 'acceptedAt', p.accepted_at
  )
$$;

create function private.do_invite_person(p jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_id uuid := private.uuid_of(p, 'p_id');
  v_email text := pg_catalog.lower(
    private.text_of(p, 'p_email', 3, 320, '^[^@[:space:]]+@[^@[:space:]]+\.[^@[:space:].]+$')
  );
  v_role text := private.word_of(p, 'p_role', array['seller', 'moderator', 'admin']);
  v_reason text := private.reason_of(p);
  v_expires timestamptz;
begin
  perform private.require('people.manage');
  if exists (
    select from public.invitations where email = v_email and role = v_role
      and accepted_at is null and revoked_at is null and expires_at > pg_catalog.now()
  ) then
    perform private.reject(409, 'already_exists', '{"what": "invitation"}');
  end if;
  insert into public.invitations (id, email, role, reason, invited_by)
  values (v_id, v_email, v_role, v_reason, private.uid()) returning expires_at into v_expires;
  perform private.record(
    'person.invited', 'invitation', v_id,
    pg_catalog.jsonb_build_object('email', v_email, 'role', v_role, 'reason', v_reason)
  );
  return pg_catalog.jsonb_build_object('id', v_id, 'expiresAt', v_expires);
end $$;

-- By the owner of the schema, because who accepts may not grant roles: the right to is the inviter's, who
-- must still have it.
create function private.redeem_invitation(p_id uuid) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_me uuid := private.signed_in();
  v_row public.invitations;
  v_approval uuid;
begin
  if private.verified_email() is null then perform private.reject(403, 'email_unverified'); end if;
  select * into v_row from public.invitations
  where id = p_id and email = private.verified_email() for update;
  if v_row.id is null then perform private.reject(404, 'not_found', '{"what": "invitation"}'); end if;
  if v_row.accepted_at is not null then
    perform private.reject(409, 'state_conflict', '{"state": "accepted"}');
  end if;
  if v_row.revoked_at is not null or v_row.expires_at <= pg_catalog.now()
    -- In parentheses: PL/pgSQL ends a condition at the first bare "then".
    or (case when v_row.invited_by is null then private.count_admins() > 0
        else not private.person_may(v_row.invited_by, 'people.manage') end)
  then
    perform private.reject(409, 'invitation_expired');
  end if;
  update public.invitations set accepted_at = pg_catalog.now(), accepted_by = v_me where id = p_id;
  perform private.lock_admins();
  if v_row.role = 'admin' and private.count_admins() > 1 then
    insert into public.approvals (action, subject, title, reason, requested_by)
    select 'grant_admin', v_me, f.handle, v_row.reason, v_row.invited_by
    from public.profiles f where f.id = v_me
    returning id into v_approval;
  else
    insert into public.user_roles (user_id, role, granted_by) values (v_me, v_row.role, v_row.invited_by)
    on conflict do nothing;
  end if;
  return pg_catalog.jsonb_build_object('id', p_id, 'role', v_row.role, 'approvalId', v_approval);
end $$;
comment on function private.redeem_invitation(uuid) is 'owned by the schema on purpose';

create function private.do_accept_invitation(p jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_result jsonb := private.redeem_invitation(private.uuid_of(p, 'p_id'));
begin
  perform private.record(
    'invitation.accepted', 'person', private.uid(), v_result
  );
  return v_result;
end $$;

create function private.do_revoke_invitation(p jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_id uuid := private.uuid_of(p, 'p_id');
  v_reason text := private.reason_of(p);
begin
  perform private.require('people.manage');
  update public.invitations set revoked_at = pg_catalog.now()
  where id = v_id and revoked_at is null and accepted_at is null;
  if not found then
    if not exists (select from public.invitations where id = v_id) then
      perform private.reject(404, 'not_found', '{"what": "invitation"}');
    end if;
    perform private.reject(409, 'state_conflict', '{"state": "accepted or revoked"}');
  end if;
  perform private.record(
    'invitation.revoked', 'invitation', v_id, pg_catalog.jsonb_build_object('reason', v_reason)
  );
  return pg_catalog.jsonb_build_object('id', v_id);
end $$;

create function private.read_list_invitations(p jsonb) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.require('people.manage');
  return pg_catalog.jsonb_build_object('rows', (
    select coalesce(pg_catalog.jsonb_agg(private.invitation_json(i) order by i.created_at desc), '[]')
    from (
      select * from public.invitations where revoked_at is null order by created_at desc limit 200
    ) i
  ));
end $$;

create function private.read_get_me(p jsonb) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.signed_in();
  v_profile public.profiles;
  v_account record;
  v_roles text[];
  v_organisations uuid[] := private.my_organisations();
  v_mine jsonb := '[]';
  v_invitations jsonb := '[]';
begin
  select * into v_profile from public.profiles where id = v_me;
  if v_profile.id is null then perform private.reject(404, 'not_found', '{"what": "profile"}'); end if;
  -- Asked at every start and every focus: each table once, and none that has nothing for this person.
  select a.email, a.email_verified_at is not null as verified,
    case when a.suspended_until > pg_catalog.now() then a.suspended_until end as suspended_until
  into v_account from private.accounts a where a.user_id = v_me;
  v_roles := array(
    select u.role from public.user_roles u join public.roles r on r.role = u.role
    where u.user_id = v_me order by r.rank
  );
  -- Statements of their own: within another, policies are set up even where nothing is read.
  if v_organisations <> '{}' then
    v_mine := (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
        'id', o.id, 'handle', o.handle, 'displayName', o.display_name, 'role', mine.role,
        'members', (
          select pg_catalog.jsonb_agg(
            pg_catalog.jsonb_build_object('person', private.person_of(f), 'role', m.role) order by f.handle
          )
          from public.organisation_members m join public.profiles f on f.id = m.user_id
          where m.organisation_id = o.id
        )
      ) order by o.handle), '[]')
      from public.organisations o
      join public.organisation_members mine on mine.organisation_id = o.id and mine.user_id = v_me
      where o.id = any (v_organisations)
    );
  end if;
  if v_account.verified then
    v_invitations := (
      select coalesce(pg_catalog.jsonb_agg(private.invitation_json(i) order by i.created_at), '[]')
      from public.invitations i
      where i.email = v_account.email and i.accepted_at is null and i.revoked_at is null
        and i.expires_at > pg_catalog.now()
    );
  end if;
  return private.person_of(v_profile) || pg_catalog.jsonb_build_object(
    'email', v_account.email,
    'roles', pg_catalog.to_jsonb(v_roles),
    'permissions', (
      select coalesce(pg_catalog.jsonb_agg(distinct r.permission), '[]')
      from public.role_permissions r where r.role = any (v_roles)
    ),
    'suspendedUntil', v_account.suspended_until,
    'aal', case when private.claims() ->> 'aal' = 'aal2' then 'aal2' else 'aal1' end,
    'organisations', v_mine,
    'invitations', v_invitations
  );
end $$;

create function public.get_me() returns jsonb
language sql stable security invoker set search_path = '' as $$ select private.read_get_me('{}') $$;
create function public.list_invitations() returns jsonb
language sql stable security invoker set search_path = '' as $$ select private.read_list_invitations('{}') $$;
create function public.invite_person(p_op uuid, p_id text, p_email text, p_role text, p_reason text) returns jsonb
language sql volatile security invoker set search_path = '' as $$
  select private.run('invite_person', p_op, pg_catalog.jsonb_build_object(
    'p_id', p_id, 'p_email', p_email, 'p_role', p_role, 'p_reason', p_reason))
$$;
create function public.accept_invitation(p_op uuid, p_id text) returns jsonb
language sql volatile security invoker set search_path = '' as $$
  select private.run('accept_invitation', p_op, pg_catalog.jsonb_build_object('p_id', p_id))
$$;
create function public.revoke_invitation(p_op uuid, p_id text, p_reason text) returns jsonb
language sql volatile security invoker set search_path = '' as $$
  select private.run('revoke_invitation', p_op,
    pg_catalog.jsonb_build_object('p_id', p_id, 'p_reason', p_reason))
$$;
insert into private.rate_rules (rpc, burst, per_minute) values
  ('invite_person', 20, 10), ('accept_invitation', 10, 10), ('revoke_invitation', 20, 20);
grant execute on function private.redeem_invitation(uuid) to console_api;
grant execute on function private.read_list_invitations(jsonb), private.read_get_me(jsonb),
  public.get_me(), public.list_invitations(),
  public.invite_person(uuid, text, text, text, text), public.accept_invitation(uuid, text),
  public.revoke_invitation(uuid, text, text) to authenticated;

update private.workspace set schema_version = '20261201000235';
select private.hand_over();
