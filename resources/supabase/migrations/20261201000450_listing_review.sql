-- What staff decide about listings, and how a seller objects.

-- A listing that somebody else than the caller sells, locked.
create function private.others_listing(p_listing uuid, p_permission text) returns public.listings
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_listing public.listings;
begin
  perform private.require(p_permission);
  select * into v_listing from public.listings where id = p_listing for update;
  if v_listing.id is null then perform private.reject(404, 'not_found', '{"what": "listing"}'); end if;
  if v_listing.seller_id = private.uid() then perform private.reject(403, 'own_subject'); end if;
  if v_listing.state = 'removed' then perform private.reject(409, 'state_conflict', '{"state": "removed"}'); end if;
  if v_listing.state <> private.state_now(v_listing) then
    perform private.lift_restriction(p_listing);
    select * into v_listing from public.listings where id = p_listing;
  end if;
  return v_listing;
end $$;

create function private.close_appeal(p_listing uuid, p_state text, p_decision text) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  update public.listing_appeals set
    state = p_state, decision = p_decision, decided_by = private.uid(), decided_at = clock_timestamp()
  where listing_id = p_listing and state = 'open';
end $$;

create function private.do_restrict_listing(p jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_listing public.listings := private.others_listing(private.uuid_of(p, 'p_listing_id'), 'listings.review');
  v_restriction jsonb := p -> 'p_restriction';
  v_reason text := private.reason_of(p);
  v_policy text;
  v_until timestamptz;
begin
  if v_restriction is null or jsonb_typeof(v_restriction) = 'null' then
    if v_listing.state <> 'restricted' then
      perform private.reject(409, 'state_conflict', jsonb_build_object('state', v_listing.state));
    end if;
    perform private.lift_restriction(v_listing.id);
    -- An appeal has got what it asked for.
    perform private.close_appeal(v_listing.id, 'overturned', v_reason);
    perform private.record('listing.lifted', 'listing', v_listing.id, jsonb_build_object('reason', v_reason));
  else
    if jsonb_typeof(v_restriction) <> 'object' then perform private.invalid('p_restriction', 'it is no object'); end if;
    v_policy := private.text_of(v_restriction, 'policy', 1, 100);
    v_until := private.instant_or_null(v_restriction, 'until');
    if v_until <= now() then perform private.invalid('until', 'it is over already'); end if;
    update public.listings set
      state_before = case when state = 'restricted' then state_before else state end,
      state = 'restricted', restriction_policy = v_policy, restriction_reason = v_reason,
      restricted_at = clock_timestamp(), restricted_until = v_until, restricted_by = private.uid()
    where id = v_listing.id;
    perform private.record('listing.restricted', 'listing', v_listing.id,
      jsonb_build_object('policy', v_policy, 'until', v_until, 'reason', v_reason));
  end if;
  return jsonb_build_object('id', v_listing.id,
    'state', (select state from public.listings where id = v_listing.id));
end $$;

create function private.do_appeal_listing(p jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_id uuid := private.uuid_of(p, 'p_id');
  v_listing public.listings := private.own_listing(private.uuid_of(p, 'p_listing_id'));
begin
  if v_listing.state <> 'restricted' then
    perform private.reject(409, 'state_conflict', jsonb_build_object('state', v_listing.state));
  end if;
  insert into public.listing_appeals (id, listing_id, seller_id, statement, restricted_by)
  values (
    v_id, v_listing.id, v_listing.seller_id, private.text_of(p, 'p_statement', 10, 5000, null, true),
    v_listing.restricted_by
  ) on conflict do nothing;
  if not found then perform private.reject(409, 'already_exists', '{"what": "appeal"}'); end if;
  perform private.record('listing.appealed', 'listing', v_listing.id, jsonb_build_object('appeal', v_id));
  return jsonb_build_object('id', v_id);
end $$;

create function private.do_decide_appeal(p jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_id uuid := private.uuid_of(p, 'p_id');
  v_outcome text := private.word_of(p, 'p_outcome', array['upheld', 'overturned']);
  v_reason text := private.reason_of(p);
  v_appeal public.listing_appeals;
  v_listing public.listings;
begin
  perform private.require('listings.review');
  select * into v_appeal from public.listing_appeals where id = v_id;
  if v_appeal.id is null then perform private.reject(404, 'not_found', '{"what": "appeal"}'); end if;
  v_listing := private.others_listing(v_appeal.listing_id, 'listings.review');
  -- Locked with its listing: nobody decided meanwhile.
  select * into v_appeal from public.listing_appeals where id = v_id;
  if v_appeal.state <> 'open' then
    perform private.reject(409, 'state_conflict', jsonb_build_object('state', v_appeal.state));
  end if;
  if private.uid() in (v_appeal.restricted_by, v_listing.restricted_by) then
    perform private.reject(403, 'four_eyes');
  end if;
  perform private.close_appeal(v_listing.id, v_outcome, v_reason);
  if v_outcome = 'overturned' then perform private.lift_restriction(v_listing.id); end if;
  perform private.record('appeal.decided', 'listing', v_listing.id,
    jsonb_build_object('appeal', v_id, 'outcome', v_outcome, 'reason', v_reason));
  return jsonb_build_object('id', v_id, 'state', v_outcome);
end $$;

create function private.do_remove_listing(p jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_listing public.listings := private.others_listing(private.uuid_of(p, 'p_listing_id'), 'listings.remove');
  v_reason text := private.reason_of(p);
begin
  return jsonb_build_object(
    'approvalId', private.request_approval('remove_listing', v_listing.id, v_listing.name, v_reason));
end $$;

-- Called by decide_approval once a second person agreed; nobody else may execute it.
create function private.execute_remove_listing(p_listing uuid, p_reason text) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_listing public.listings := private.others_listing(p_listing, 'listings.remove');
begin
  update public.model_versions set state = 'withdrawn' where listing_id = v_listing.id and state = 'published';
  update public.listings set
    state = 'removed', current_version_id = null, state_before = null, restriction_policy = null,
    restriction_reason = null, restricted_at = null, restricted_until = null, restricted_by = null
  where id = v_listing.id;
  perform private.record('listing.removed', 'listing', v_listing.id, jsonb_build_object('name', v_listing.name, 'reason', p_reason));
end $$;

-- Restrictions that are over. Run by the owner of the schema where pg_cron is; elsewhere the next write
-- to the listing lifts them, and reads see it at once.
create function private.lift_restrictions() returns int language plpgsql volatile set search_path = '' as $$
declare
  v_count int;
begin
  update public.listings set
    state = state_before, state_before = null, restriction_policy = null, restriction_reason = null,
    restricted_at = null, restricted_until = null, restricted_by = null
  where state = 'restricted' and restricted_until <= now();
  get diagnostics v_count = row_count;
  return v_count;
end $$;
do $$ begin
  if exists (select from pg_catalog.pg_namespace where nspname = 'cron') then
    perform cron.schedule('console-lift-restrictions', '* * * * *', 'select private.lift_restrictions()');
  end if;
end $$;

create function public.restrict_listing(p_op uuid, p_listing_id text, p_restriction jsonb, p_reason text)
returns jsonb language sql volatile security invoker set search_path = '' as $$
  select private.run('restrict_listing', p_op, jsonb_build_object(
    'p_listing_id', p_listing_id, 'p_restriction', p_restriction, 'p_reason', p_reason))
$$;
create function public.appeal_listing(p_op uuid, p_id text, p_listing_id text, p_statement text) returns jsonb
language sql volatile security invoker set search_path = '' as $$
  select private.run('appeal_listing', p_op, jsonb_build_object(
    'p_id', p_id, 'p_listing_id', p_listing_id, 'p_statement', p_statement))
$$;
create function public.decide_appeal(p_op uuid, p_id text, p_outcome text, p_reason text) returns jsonb
language sql volatile security invoker set search_path = '' as $$
  select private.run('decide_appeal', p_op, jsonb_build_object(
    'p_id', p_id, 'p_outcome', p_outcome, 'p_reason', p_reason))
$$;
create function public.remove_listing(p_op uuid, p_listing_id text, p_reason text) returns jsonb
language sql volatile security invoker set search_path = '' as $$
  select private.run('remove_listing', p_op, jsonb_build_object('p_listing_id', p_listing_id, 'p_reason', p_reason))
$$;

insert into private.rate_rules (rpc, burst, per_minute) values
  ('restrict_listing', 60, 30), ('appeal_listing', 5, 1), ('decide_appeal', 60, 30), ('remove_listing', 20, 5);
grant execute on function public.restrict_listing(uuid, text, jsonb, text),
  public.appeal_listing(uuid, text, text, text), public.decide_appeal(uuid, text, text, text),
  public.remove_listing(uuid, text, text) to authenticated;
update private.workspace set schema_version = '20261201000450';
select private.hand_over();
