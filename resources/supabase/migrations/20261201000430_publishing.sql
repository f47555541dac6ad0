-- The gates of publishing, decided from rows of this database alone; publishing and withdrawing.

create function private.scan_gate(p_version uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_rule record;
  v_scan public.scan_reports;
begin
  select rules_version, scan_max_days into v_rule from private.workspace;
  -- The newest decides, so that a bad one is not outshone by an older good one.
  select * into v_scan from public.scan_reports where version_id = p_version
  order by scanned_at desc, received_at desc limit 1;
  return case
    when v_scan.id is null then private.gate('scan', 'missing', 'scan_missing')
    when v_scan.status <> 'complete' then private.gate('scan', 'refused', 'scan_incomplete')
    when v_scan.verdict <> 'clean' then
      private.gate('scan', 'refused', 'scan_not_clean', jsonb_build_object('verdict', v_scan.verdict))
    when v_scan.verdict_unforgiven <> 'clean' then private.gate('scan', 'refused', 'scan_set_aside',
      jsonb_build_object('verdict', v_scan.verdict_unforgiven, 'count', v_scan.set_aside))
    when v_scan.scanned_at < now() - make_interval(days => v_rule.scan_max_days) then
      private.gate('scan', 'refused', 'scan_too_old',
        jsonb_build_object('scannedAt', v_scan.scanned_at, 'days', v_rule.scan_max_days))
    when v_scan.scanned_at > now() + interval '5 minutes' then
      private.gate('scan', 'refused', 'scan_missing')
    when coalesce(private.version_key(v_scan.rules_version), '{}') < private.version_key(v_rule.rules_version) then
      private.gate('scan', 'refused', 'scan_rules_old',
        jsonb_build_object('rulesVersion', v_scan.rules_version, 'required', v_rule.rules_version))
    else private.gate('scan', 'ok') end;
end $$;

create function private.benchmark_gate(p_version uuid, p_unmeasured text) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  return case
    when exists (
      select from public.benchmark_results
      where version_id = p_version and state = 'counted' and grade in ('A', 'B')
    ) then private.gate('benchmark', 'ok')
    when p_unmeasured is not null then
      private.gate('benchmark', 'unmeasured', 'unmeasured', jsonb_build_object('reason', p_unmeasured))
    when exists (select from public.benchmark_results where version_id = p_version) then
      private.gate('benchmark', 'refused', 'benchmark_disputed')
    else private.gate('benchmark', 'missing', 'benchmark_missing') end;
end $$;

-- Every gate, in the order of GATES (shared/backend/words.ts).
create function private.gates_of(p_version uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_version public.model_versions;
  v_listing public.listings;
  v_until timestamptz;
begin
  select * into v_version from public.model_versions where id = p_version;
  select * into v_listing from public.listings where id = v_version.listing_id;
  v_until := private.suspended_until(v_listing.seller_id);
  return
    jsonb_build_array(
      case when exists (select from private.version_files where version_id = p_version)
        then private.gate('files', 'ok') else private.gate('files', 'missing', 'files_missing') end
    )
    || private.card_gates(v_listing)
    || jsonb_build_array(
      private.scan_gate(p_version),
      private.benchmark_gate(p_version, v_version.unmeasured),
      case
        when v_until is not null then
          private.gate('account', 'refused', 'account_suspended', jsonb_build_object('until', v_until))
        when private.state_now(v_listing) = 'restricted' then private.gate('account', 'refused', 'restricted')
        else private.gate('account', 'ok') end
    );
end $$;

create function private.read_check_version(p jsonb) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_version public.model_versions;
  v_gates jsonb;
begin
  perform private.signed_in();
  -- Of no business of others: what a draft lacks, or why it is refused.
  select v.* into v_version from public.model_versions v
  where v.id = private.uuid_of(p, 'p_version_id')
    and (v.seller_id = private.uid() or private.may('listings.review'));
  if v_version.id is null then perform private.reject(404, 'not_found', '{"what": "version"}'); end if;
  v_gates := private.gates_of(v_version.id);
  return jsonb_build_object(
    'publishable', not exists (
      select from jsonb_array_elements(v_gates) gate where gate ->> 'state' not in ('ok', 'unmeasured')),
    'gates', v_gates);
end $$;

create function private.do_publish_version(p jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_id uuid := private.uuid_of(p, 'p_version_id');
  v_revision int := private.int_of(p, 'p_revision', 0, 2147483646);
  v_listing public.listings;
  v_version public.model_versions;
begin
  select v.listing_id into v_version.listing_id from public.model_versions v
  where v.id = v_id and v.seller_id = private.uid();
  if v_version.listing_id is null then perform private.reject(404, 'not_found', '{"what": "version"}'); end if;
  v_listing := private.own_listing(v_version.listing_id);
  select * into v_version from public.model_versions where id = v_id;
  if v_listing.revision <> v_revision then
    perform private.reject(409, 'revision_conflict', jsonb_build_object('revision', v_listing.revision));
  end if;
  if v_version.state = 'published' then perform private.reject(409, 'state_conflict', '{"state": "published"}'); end if;
  perform private.lock_names();
  perform private.require_gates(private.gates_of(v_id));
  update public.model_versions set state = 'published', published_at = clock_timestamp()
  where id = v_id returning * into v_version;
  update public.listings set
    state = 'published', current_version_id = v_id, published_at = coalesce(published_at, v_version.published_at)
  where id = v_listing.id;
  perform private.record('listing.published', 'listing', v_listing.id,
    jsonb_build_object('version', v_id, 'number', v_version.number, 'revision', v_revision));
  return jsonb_build_object('listingId', v_listing.id, 'versionId', v_id, 'publishedAt', v_version.published_at);
end $$;

create function private.do_withdraw_listing(p jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_listing public.listings := private.own_listing(private.uuid_of(p, 'p_listing_id'));
  v_version_id uuid := private.uuid_or_null(p, 'p_version_id');
  v_reason text := private.reason_of(p);
  v_state text;
begin
  if v_listing.state <> 'published' then
    perform private.reject(409, 'state_conflict', jsonb_build_object('state', v_listing.state));
  end if;
  if v_version_id is null then
    update public.model_versions set state = 'withdrawn' where listing_id = v_listing.id and state = 'published';
    update public.listings set state = 'withdrawn', current_version_id = null where id = v_listing.id;
  else
    select state into v_state from public.model_versions where id = v_version_id and listing_id = v_listing.id;
    if v_state is null then perform private.reject(404, 'not_found', '{"what": "version"}'); end if;
    if v_state <> 'published' then
      perform private.reject(409, 'state_conflict', jsonb_build_object('state', v_state));
    end if;
    if not exists (
      select from public.model_versions
      where listing_id = v_listing.id and state = 'published' and id <> v_version_id
    ) then
      perform private.reject(409, 'last_version');
    end if;
    update public.model_versions set state = 'withdrawn' where id = v_version_id;
    if v_listing.current_version_id = v_version_id then
      update public.listings set current_version_id = (
        select id from public.model_versions where listing_id = v_listing.id and state = 'published'
        order by published_at desc, id desc limit 1
      ) where id = v_listing.id;
    end if;
  end if;
  perform private.record('listing.withdrawn', 'listing', v_listing.id,
    jsonb_build_object('version', v_version_id, 'reason', v_reason));
  return jsonb_build_object('id', v_listing.id,
    'state', (select state from public.listings where id = v_listing.id));
end $$;

create function public.check_version(p_version_id text) returns jsonb
language sql stable security invoker set search_path = '' as $$
  select private.read_check_version(jsonb_build_object('p_version_id', p_version_id))
$$;
create function public.publish_version(p_op uuid, p_version_id text, p_revision int) returns jsonb
language sql volatile security invoker set search_path = '' as $$
  select private.run('publish_version', p_op,
    jsonb_build_object('p_version_id', p_version_id, 'p_revision', p_revision))
$$;
create function public.withdraw_listing(p_op uuid, p_listing_id text, p_version_id text, p_reason text)
returns jsonb language sql volatile security invoker set search_path = '' as $$
  select private.run('withdraw_listing', p_op, jsonb_build_object(
    'p_listing_id', p_listing_id, 'p_version_id', p_version_id, 'p_reason', p_reason))
$$;

insert into private.rate_rules (rpc, burst, per_minute) values ('publish_version', 30, 10), ('withdraw_listing', 20, 5);
grant execute on function private.read_check_version(jsonb), public.check_version(text),
  public.publish_version(uuid, text, int), public.withdraw_listing(uuid, text, text, text) to authenticated;
update private.workspace set schema_version = '20261201000430';
select private.hand_over();
