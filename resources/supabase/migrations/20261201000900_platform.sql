-- What hangs on the rest of a Supabase project: nudges over Realtime, the bucket of model files, clean-ups.

-- The table is some migrations old and nobody has written to it.
-- squawk-ignore adding-foreign-key-constraint, constraint-missing-not-valid
alter table public.external_events add constraint external_events_listing_fkey
  foreign key (listing_id) references public.listings (id);

-- A nudge says that there is something to pull, and nothing of what it is. Polling is the base: one that
-- is lost costs time, never a row. Owned by the schema, because nobody of the API may send.
create function private.nudge() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  v_owner uuid;
begin
  begin
    -- Owners of a statement that touches more of them wait for their poll.
    for v_owner in execute pg_catalog.format('select distinct c.%I from changed c limit 20', tg_argv[0]) loop
      perform realtime.send('{}'::jsonb, tg_table_name::text, 'user:' || v_owner, true);
    end loop;
    perform realtime.send('{}'::jsonb, tg_table_name::text, 'staff', true);
  exception when others then
    raise warning 'no nudge for %: %', tg_table_name, sqlerrm;
  end;
  return null;
end $$;
comment on function private.nudge() is 'owned by the schema on purpose';

do $$
declare
  v_table text;
begin
  foreach v_table in array array[
    'profiles', 'listings', 'model_versions', 'scan_reports', 'benchmark_results', 'listing_appeals',
    'result_disputes'
  ] loop
    execute format(
      'create trigger %I after insert on public.%I referencing new table as changed
       for each statement execute function private.nudge(%L)',
      v_table || '_nudge_insert', v_table, case v_table when 'profiles' then 'id' else 'seller_id' end
    );
    execute format(
      'create trigger %I after update on public.%I referencing new table as changed
       for each statement execute function private.nudge(%L)',
      v_table || '_nudge_update', v_table, case v_table when 'profiles' then 'id' else 'seller_id' end
    );
  end loop;
end $$;

-- Who may listen: everybody to what is theirs, staff to what they review.
create policy console_nudges on realtime.messages for select to authenticated using (
  (select realtime.topic()) = 'user:' || (select auth.uid())
  or ((select realtime.topic()) = 'staff' and (select private.may('listings.review')))
);

-- Model files, one object a file: <version id>/<sha256>. Private; what is uploaded is what the version
-- named, and who opens it checks the hash first.
insert into storage.buckets (id, name, public) values ('models', 'models', false) on conflict do nothing;

create function private.version_of_object(p_name text) returns uuid
language sql immutable set search_path = '' as $$
  select case when p_name ~ '^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}/[0-9a-f]{64}$'
    then pg_catalog.left(p_name, 36)::uuid end
$$;
create function private.sha256_of_object(p_name text) returns bytea
language sql immutable set search_path = '' as $$
  select case when private.version_of_object(p_name) is not null
    then pg_catalog.decode(pg_catalog.right(p_name, 64), 'hex') end
$$;
-- The seller, for files that the version names, while it is a draft.
create function private.may_store(p_name text) returns boolean
language sql stable security definer set search_path = '' as $$
  select private.suspended_until(private.uid()) is null and exists (
    select from public.model_versions v
    join private.version_files f on f.version_id = v.id
    where v.id = private.version_of_object(p_name) and v.seller_id = private.uid()
      and v.state = 'draft' and v.source ->> 'kind' = 'bucket'
      and f.sha256 = private.sha256_of_object(p_name)
  )
$$;
-- The seller and who reviews.
create function private.may_open(p_name text) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (
    select from public.model_versions v
    where v.id = private.version_of_object(p_name)
      and (v.seller_id = private.uid() or private.may('listings.review'))
  )
$$;
grant execute on function private.version_of_object(text), private.sha256_of_object(text) to console_api;
-- Policies of storage run as the caller.
grant execute on function private.may_store(text), private.may_open(text) to authenticated;

create policy console_models_upload on storage.objects for insert to authenticated
  with check (bucket_id = 'models' and private.may_store(name));
create policy console_models_discard on storage.objects for delete to authenticated
  using (bucket_id = 'models' and private.may_store(name));
create policy console_models_open on storage.objects for select to authenticated
  using (bucket_id = 'models' and private.may_open(name));

-- What is kept for a while only. Run by pg_cron where it is, and by whoever owns the schema.
create function private.clean_up() returns void
language plpgsql volatile set search_path = '' as $$
begin
  -- An operation can be sent again for 30 days.
  delete from private.operations where created_at < pg_catalog.now() - interval '30 days';
  delete from private.rate_usage where hour < pg_catalog.now() - interval '35 days';
  -- A full bucket is as good as none.
  delete from private.rate_buckets b using private.rate_rules r
  where r.rpc = b.rpc
    and b.tokens + extract(epoch from pg_catalog.now() - b.at) * r.per_minute / 60 >= r.burst;
end $$;
do $$ begin
  if exists (select from pg_namespace where nspname = 'cron') then
    perform cron.schedule('console-clean-up', '17 3 * * *', 'select private.clean_up()');
  end if;
end $$;

update private.workspace set schema_version = '20261201000900';
select private.hand_over();
