-- What needs two people, and invitations. Also: who am I.
create table public.approvals (
  id uuid primary key default gen_random_uuid(),
  action text not null check (action in ('remove_listing', 'grant_admin')),
  subject uuid not null,
  title text not null,
  reason text not null,
  requested_by uuid not null references public.profiles (id),
  requested_at timestamptz not null default now(),
  expires_at timestamptz not null default now() + interval '7 days',
  -- One that nobody decided in time stays `open` here and is read as expired.
  state text not null default 'open' check (state in ('open', 'approved', 'refused')),
  decided_by uuid references public.profiles (id),
  decided_at timestamptz,
  decision text,
  check (decided_by <> requested_by)
);
create index approvals_requested_by_idx on public.approvals (requested_by);
create index approvals_decided_by_idx on public.approvals (decided_by);
create index approvals_subject_idx on public.approvals (subject, action);
create index approvals_requested_at_idx on public.approvals (requested_at desc, id desc);

create table public.invitations (
  id uuid primary key,
  email text collate "C" not null check (email = lower(email)),
  role text not null references public.roles (role),
  reason text not null,
  -- Null: with the rights of the database, for the first admin of a workspace.
  invited_by uuid references public.profiles (id),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null default now() + interval '7 days',
  accepted_at timestamptz,
  accepted_by uuid references public.profiles (id),
  revoked_at timestamptz
);
create index invitations_email_idx on public.invitations (email);
create index invitations_role_idx on public.invitations (role);
create index invitations_invited_by_idx on public.invitations (invited_by);
create index invitations_accepted_by_idx on public.invitations (accepted_by);
create index invitations_created_idx on public.invitations (created_at desc);

alter table public.approvals enable row level security;
alter table public.invitations enable row level security;

-- Which permission an action asks of who requests it and of who decides it.
create function private.approval_permission(p_action text) returns text
language sql immutable set search_path = '' as $$
  select case p_action when 'remove_listing' then 'listings.remove' when 'grant_admin' then 'people.manage' end
$$;
-- About somebody else: whether who asked may still ask.
create function private.person_may(p_user uuid, p_permission text) returns boolean
language sql stable security definer set search_path = '' as $$
  select private.suspended_until(p_user) is null and exists (
    select from public.user_roles u join public.role_permissions r on r.role = u.role
    where u.user_id = p_user and r.permission = p_permission
  )
$$;
comment on function private.person_may(uuid, text) is 'owned by the schema on purpose';
-- The caller's address, if it is known to be theirs.
create function private.verified_email() returns text language sql stable set search_path = '' as $$
  select a.email from private.accounts a
  where a.user_id = private.uid() and a.email_verified_at is not null
$$;

grant select, insert, update (state, decided_by, decided_at, decision) on public.approvals to console_api;
grant select, insert, update (revoked_at) on public.invitations to console_api;
grant execute on function private.approval_permission(text), private.person_may(uuid, text),
  private.verified_email() to console_api;

create policy approvals_read on public.approvals for select to console_api using (
  requested_by = (select auth.uid())
  or (action = 'remove_listing' and (select private.may('listings.remove')))
  or (action = 'grant_admin' and (select private.may('people.manage')))
);
create policy approvals_request on public.approvals for insert to console_api with check (
  requested_by = (select auth.uid()) and state = 'open' and (
    (action = 'remove_listing' and (select private.may('listings.remove')))
    or (action = 'grant_admin' and (select private.may('people.manage')))
  )
);
create policy approvals_decide on public.approvals for update to console_api
  using (
    requested_by <> (select auth.uid()) and state = 'open' and expires_at > now() and (
      (action = 'remove_listing' and (select private.may('listings.remove')))
      or (action = 'grant_admin' and subject <> (select auth.uid()) and (select private.may('people.manage')))
    )
  )
  with check (decided_by = (select auth.uid()));
create policy invitations_read on public.invitations for select to console_api
  using (email = (select private.verified_email()) or (select private.may('people.manage')));
create policy invitations_invite on public.invitations for insert to console_api
  with check (invited_by = (select auth.uid()) and (select private.may('people.manage')));
create policy invitations_revoke on public.invitations for update to console_api
  using ((select private.may('people.manage')) and accepted_at is null);

-- Files a request in the caller's name; one at a time for each action and subject.
create function private.request_approval(p_action text, p_subject uuid, p_title text, p_reason text) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_id uuid;
begin
  perform private.require(private.approval_permission(p_action));
  perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(p_action || p_subject, 0));
  if exists (
    select from public.approvals
    where subject = p_subject and action = p_action and state = 'open' and expires_at > pg_catalog.now()
  ) then
    perform private.reject(409, 'already_exists', '{"what": "request"}');
  end if;
  insert into public.approvals (action, subject, title, reason, requested_by)
  values (p_action, p_subject, p_title, p_reason, private.uid()) returning id into v_id;
  perform private.record(
    'approval.requested', 'approval', v_id,
    pg_catalog.jsonb_build_object('action', p_action, 'subject', p_subject, 'reason', p_reason)
  );
  return v_id;
end $$;

create function private.do_decide_approval(p jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_me uuid := private.signed_in();
  v_approve boolean := private.boolean_of(p, 'p_approve');
  v_reason text := private.reason_of(p);
  v_row public.approvals;
  v_state text := case when v_approve then 'approved' else 'refused' end;
begin
  select * into v_row from public.approvals where id = private.uuid_of(p, 'p_id');
  if v_row.id is null then perform private.reject(404, 'not_found', '{"what": "request"}'); end if;
  perform private.require(private.approval_permission(v_row.action));
  if v_row.requested_by = v_me then perform private.reject(403, 'four_eyes'); end if;
  if v_row.action = 'grant_admin' and v_row.subject = v_me then perform private.reject(403, 'own_subject'); end if;
  if v_row.expires_at <= pg_catalog.now()
    or not private.person_may(v_row.requested_by, private.approval_permission(v_row.action))
  then
    perform private.reject(409, 'state_conflict', '{"state": "expired"}');
  end if;
  -- Of two who decide at once, the second finds it decided.
  update public.approvals
  set state = v_state, decided_by = v_me, decided_at = pg_catalog.now(), decision = v_reason
  where id = v_row.id and state = 'open';
  if not found then
    select * into v_row from public.approvals where id = v_row.id;
    perform private.reject(409, 'state_conflict', pg_catalog.jsonb_build_object('state', v_row.state));
  end if;
  perform private.record(
    'approval.' || v_state, 'approval', v_row.id,
    pg_catalog.jsonb_build_object('action', v_row.action, 'subject', v_row.subject, 'reason', v_reason)
  );
  if v_approve then
    case v_row.action
      when 'remove_listing' then perform private.execute_remove_listing(v_row.subject, v_row.reason);
      when 'grant_admin' then perform private.add_role(v_row.subject, 'admin', v_row.reason);
    end case;
  end if;
  return pg_catalog.jsonb_build_object('id', v_row.id, 'state', v_state);
end $$;

create function private.read_list_approvals(p jsonb) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.signed_in();
  return pg_catalog.jsonb_build_object('rows', (
    select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
      'id', a.id, 'action', a.action, 'subject', a.subject, 'title', a.title, 'reason', a.reason,
      'requestedBy', private.person_of(r), 'requestedAt', a.requested_at,
      'state', case when a.state = 'open' and a.expires_at <= pg_catalog.now() then 'expired' else a.state end,
      'decidedBy', case when d.id is not null then private.person_of(d) end, 'decidedAt', a.decided_at
    ) order by a.requested_at desc, a.id desc), '[]')
    from (select * from public.approvals order by requested_at desc, id desc limit 200) a
    join public.profiles r on r.id = a.requested_by
    left join public.profiles d on d.id = a.decided_by
  ));
end $$;

create function public.list_approvals() returns jsonb
language sql stable security invoker set search_path = '' as $$
  select private.read_list_approvals('{}')
$$;
create function public.decide_approval(p_op uuid, p_id text, p_approve boolean, p_reason text) returns jsonb
language sql volatile security invoker set search_path = '' as $$
  select private.run('decide_approval', p_op,
    pg_catalog.jsonb_build_object('p_id', p_id, 'p_approve', p_approve, 'p_reason', p_reason))
$$;
insert into private.rate_rules (rpc, burst, per_minute) values ('decide_approval', 20, 20);
grant execute on function private.read_list_approvals(jsonb), public.list_approvals(),
  public.decide_approval(uuid, text, boolean, text) to authenticated;

update private.workspace set schema_version = '20261201000230';
select private.hand_over();
