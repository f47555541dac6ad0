-- Sample data of a workspace: marked, counted and taken out again. And what an Edge Function checks.
-- The three functions about samples are granted to nobody: only the owner of the schema calls them.

-- Whoever was made at the reserved domain `sample.local` is no real person, and is shown as such.
create function private.mark_sample() returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  v_table text;
  v_tables constant text[] := array[
    'public.listing_prices', 'public.model_versions', 'public.listings', 'private.catalogue'
  ];
begin
  update public.profiles p set sample = true
  from private.accounts a where a.user_id = p.id and a.email like '%@sample.local' and not p.sample;
  -- What was made in one minute has no history: listings are weeks old, and were published yesterday,
  -- when they had been scanned and measured. Triggers would forbid it, or note it as a change.
  foreach v_table in array v_tables loop
    execute pg_catalog.format('alter table %s disable trigger user', v_table);
  end loop;
  update public.listing_prices price set at = price.at - (2 + 21 * older.newer) * interval '1 day'
  from (
    select lp.id, pg_catalog.row_number() over (partition by lp.listing_id order by lp.id desc) - 1 as newer
    from public.listing_prices lp
    join public.listings l on l.id = lp.listing_id
    join public.profiles p on p.id = l.seller_id and p.sample
  ) older
  where older.id = price.id and price.at > pg_catalog.now() - interval '1 day';
  update public.model_versions v set
    created_at = v.created_at - (4 + 28 * older.newer) * interval '1 day',
    published_at = v.published_at - (1 + 28 * older.newer) * interval '1 day'
  from (
    select one.id, pg_catalog.row_number() over (partition by one.listing_id order by one.created_at desc, one.id) - 1 as newer
    from public.model_versions one join public.profiles p on p.id = one.seller_id and p.sample
  ) older
  where older.id = v.id and v.created_at > pg_catalog.now() - interval '1 day';
  update public.listings l set
    created_at = l.created_at - interval '75 days', updated_at = l.updated_at - interval '1 day',
    published_at = (select min(v.published_at) from public.model_versions v where v.listing_id = l.id)
  from public.profiles p
  where p.id = l.seller_id and p.sample and l.created_at > pg_catalog.now() - interval '1 day';
  update private.catalogue c set updated_at = l.updated_at
  from public.listings l join public.profiles p on p.id = l.seller_id and p.sample
  where l.id = c.listing_id;
  foreach v_table in array v_tables loop
    execute pg_catalog.format('alter table %s enable trigger user', v_table);
  end loop;
  update private.workspace set sample = true;
  return private.count_sample();
end $$;

create function private.count_sample() returns jsonb
language sql stable set search_path = '' as $$
  select pg_catalog.jsonb_build_object(
    'people', (select count(*) from public.profiles where sample),
    'listings', (select count(*) from public.listings l join public.profiles p on p.id = l.seller_id where p.sample),
    'results', (select count(*) from public.benchmark_results r join public.profiles p on p.id = r.seller_id
      where p.sample)
  )
$$;

-- Deletes what sample people sell, with all that hangs on it. The people stay, because the log names
-- them and because one goes on as one of them to try a role.
create function private.remove_sample() returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  v_counts jsonb := private.count_sample();
  v_table text;
  v_tables constant text[] := array[
    'public.result_disputes', 'private.result_documents', 'public.benchmark_claims',
    'public.benchmark_results', 'public.listing_appeals', 'private.report_documents',
    'public.scan_reports', 'public.listing_prices', 'private.version_files', 'public.model_versions',
    'private.catalogue', 'public.listings'
  ];
  v_people uuid[] := array(select id from public.profiles where sample);
  v_listings uuid[] := array(select id from public.listings where seller_id = any (v_people));
  v_versions uuid[] := array(select id from public.model_versions where listing_id = any (v_listings));
  v_results uuid[] := array(select id from public.benchmark_results where listing_id = any (v_listings));
  v_reports uuid[] := array(select id from public.scan_reports where listing_id = any (v_listings));
begin
  -- What counts for a board must stop counting by the way it always does.
  update public.benchmark_results set state = 'withdrawn'
  where id = any (v_results) and state <> 'withdrawn';
  -- Their own triggers forbid it, for everybody and always: this is the one exception, for what was
  -- never true.
  foreach v_table in array v_tables loop
    execute pg_catalog.format('alter table %s disable trigger user', v_table);
  end loop;
  delete from public.result_disputes where result_id = any (v_results);
  delete from private.result_documents where result_id = any (v_results);
  delete from public.benchmark_claims where version_id = any (v_versions);
  delete from public.benchmark_results where id = any (v_results);
  delete from public.listing_appeals where listing_id = any (v_listings);
  delete from private.report_documents where report_id = any (v_reports);
  delete from public.scan_reports where id = any (v_reports);
  delete from public.listing_prices where listing_id = any (v_listings);
  update public.listings set current_version_id = null where id = any (v_listings);
  delete from private.version_files where version_id = any (v_versions);
  delete from public.model_versions where id = any (v_versions);
  delete from private.catalogue where listing_id = any (v_listings);
  delete from public.listings where id = any (v_listings);
  foreach v_table in array v_tables loop
    execute pg_catalog.format('alter table %s enable trigger user', v_table);
  end loop;
  update private.workspace set sample = false;
  insert into private.events (kind, body) values ('sample.removed', v_counts);
  return v_counts;
end $$;

-- What was submitted, and the envelope that came with it: for the function `verify-passport`.
create function private.read_get_evidence(p jsonb) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_id uuid := private.uuid_of(p, 'p_id');
  v_found jsonb;
begin
  perform private.require_service();
  case private.word_of(p, 'p_subject', array['report', 'result'])
    when 'report' then
      select pg_catalog.jsonb_build_object('section', d.section, 'envelope', d.envelope) into v_found
      from private.report_documents d where d.report_id = v_id;
    when 'result' then
      select pg_catalog.jsonb_build_object('section', d.document, 'envelope', d.envelope) into v_found
      from private.result_documents d where d.result_id = v_id;
  end case;
  if v_found is null then perform private.reject(404, 'not_found', '{"what": "evidence"}'); end if;
  return v_found;
end $$;
create function public.get_evidence(p_subject text, p_id text) returns jsonb
language sql stable security invoker set search_path = '' as $$
  select private.read_get_evidence(pg_catalog.jsonb_build_object('p_subject', p_subject, 'p_id', p_id))
$$;
grant execute on function private.read_get_evidence(jsonb), public.get_evidence(text, text)
  to service_role, authenticated;

update private.workspace set schema_version = '20261201000600';
select private.hand_over();
