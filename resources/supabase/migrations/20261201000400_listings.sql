-- Listings, their versions, the scans and prices of them, appeals: the tables, who may see a row, and
-- what follows from a change. The functions of the API are in the migrations behind this one.
create table public.listings (
  id uuid primary key,
  seller_id uuid not null references public.profiles (id),
  name text not null check (char_length(name) between 3 and 80),
  summary text not null check (char_length(summary) <= 200),
  description text not null check (char_length(description) <= 20000),
  category text not null
    check (category in ('tables', 'pictures', 'sound', 'language', 'embedding', 'documents', 'other')),
  licence text check (char_length(licence) <= 200),
  tags text[] not null default '{}' check (cardinality(tags) <= 10),
  -- Minor units: cents. 0 is free, null is not decided.
  price_amount int check (price_amount between 0 and 100000000),
  price_currency text check (price_currency in ('EUR', 'USD', 'GBP')),
  price_unit text check (price_unit in ('once', 'month', 'million-tokens', 'thousand-calls')),
  state text not null default 'draft'
    check (state in ('draft', 'published', 'withdrawn', 'restricted', 'removed')),
  -- Of the card.
  revision int not null default 1 check (revision > 0),
  current_version_id uuid,
  restriction_policy text,
  restriction_reason text,
  restricted_at timestamptz,
  restricted_until timestamptz,
  restricted_by uuid references public.profiles (id),
  -- Where a restricted listing goes back to.
  state_before text check (state_before in ('draft', 'published', 'withdrawn')),
  created_at timestamptz not null default now(),
  published_at timestamptz,
  updated_at timestamptz not null default now(),
  change_seq bigint not null default 0,
  change_xid xid8 not null default '0',
  check (num_nulls(price_amount, price_currency, price_unit) in (0, 3)),
  check (state <> 'restricted'
    or num_nulls(restriction_policy, restriction_reason, restricted_at, state_before) = 0)
);
create index listings_seller_idx on public.listings (seller_id);
create index listings_restricted_by_idx on public.listings (restricted_by);
create index listings_current_version_idx on public.listings (current_version_id);
create index listings_until_idx on public.listings (restricted_until) where state = 'restricted';
create index listings_change_idx on public.listings (change_xid, change_seq);

create table public.model_versions (
  id uuid primary key,
  listing_id uuid not null references public.listings (id),
  seller_id uuid not null references public.profiles (id),
  number text not null check (char_length(number) <= 80),
  state text not null default 'draft' check (state in ('draft', 'published', 'withdrawn')),
  -- Published, and so is its listing: everybody may see it. Kept by triggers, so that a policy needs
  -- no look at another table, and so that the change feed tells readers when they gain a row.
  listed boolean not null default false,
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  bytes bigint not null check (bytes >= 0),
  files int not null check (files > 0),
  format text not null check (char_length(format) <= 100),
  source jsonb not null,
  notes text not null check (char_length(notes) <= 5000),
  unmeasured text check (char_length(unmeasured) between 3 and 500),
  created_at timestamptz not null default now(),
  published_at timestamptz,
  updated_at timestamptz not null default now(),
  change_seq bigint not null default 0,
  change_xid xid8 not null default '0',
  unique (listing_id, number)
);
create index model_versions_listing_idx on public.model_versions (listing_id, created_at desc);
create index model_versions_seller_idx on public.model_versions (seller_id);
create index model_versions_change_idx on public.model_versions (change_xid, change_seq);
alter table public.listings add constraint listings_current_version_fkey
  foreign key (current_version_id) references public.model_versions (id);

-- Apart from the version, because the feed delivers whole rows, and to find the same bytes elsewhere.
create table private.version_files (
  version_id uuid not null references public.model_versions (id),
  place int not null,
  path text not null check (octet_length(path) between 1 and 1024),
  sha256 bytea not null check (octet_length(sha256) = 32),
  bytes bigint not null check (bytes >= 0),
  primary key (version_id, place)
);
create index version_files_sha256_idx on private.version_files (sha256);

create table public.listing_prices (
  id bigint generated always as identity primary key,
  listing_id uuid not null references public.listings (id),
  amount int,
  currency text,
  unit text,
  at timestamptz not null default clock_timestamp()
);
create index listing_prices_listing_idx on public.listing_prices (listing_id, id desc);

create table public.scan_reports (
  id uuid primary key,
  version_id uuid not null references public.model_versions (id),
  listing_id uuid not null references public.listings (id),
  seller_id uuid not null references public.profiles (id),
  listed boolean not null default false,
  level text not null default 'self-reported'
    check (level in ('self-reported', 'signed', 'reproduced', 'audited')),
  key_id text,
  verification text,
  -- All of these recomputed from the facts of the files.
  verdict text not null check (verdict in ('malicious', 'suspicious', 'unknown', 'clean')),
  -- With what the policy of the scan set aside: what the seller's own policy forgives, the gate does not.
  verdict_unforgiven text not null
    check (verdict_unforgiven in ('malicious', 'suspicious', 'unknown', 'clean')),
  grade text not null check (grade in ('A+', 'A', 'B', 'C', 'D', 'F')),
  status text not null check (status in ('complete', 'inconclusive', 'error')),
  findings int not null,
  set_aside int not null,
  rules_version text not null check (char_length(rules_version) <= 200),
  scanner_version text check (char_length(scanner_version) <= 100),
  scanned_at timestamptz not null,
  received_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default now(),
  change_seq bigint not null default 0,
  change_xid xid8 not null default '0'
);
create index scan_reports_version_idx on public.scan_reports (version_id, scanned_at desc, received_at desc);
create index scan_reports_listing_idx on public.scan_reports (listing_id, received_at desc);
create index scan_reports_seller_idx on public.scan_reports (seller_id);
create index scan_reports_change_idx on public.scan_reports (change_xid, change_seq);

create table private.report_documents (
  report_id uuid primary key references public.scan_reports (id),
  section jsonb not null,
  envelope text
);

create table public.listing_appeals (
  id uuid primary key,
  listing_id uuid not null references public.listings (id),
  seller_id uuid not null references public.profiles (id),
  statement text not null check (char_length(statement) between 10 and 5000),
  state text not null default 'open' check (state in ('open', 'upheld', 'overturned')),
  -- Who had restricted the listing then: never who decides.
  restricted_by uuid references public.profiles (id),
  decision text,
  decided_by uuid references public.profiles (id),
  created_at timestamptz not null default now(),
  decided_at timestamptz,
  updated_at timestamptz not null default now(),
  change_seq bigint not null default 0,
  change_xid xid8 not null default '0'
);
create unique index listing_appeals_open_idx on public.listing_appeals (listing_id) where state = 'open';
create index listing_appeals_listing_idx on public.listing_appeals (listing_id, created_at desc);
create index listing_appeals_seller_idx on public.listing_appeals (seller_id);
create index listing_appeals_restricted_by_idx on public.listing_appeals (restricted_by);
create index listing_appeals_decided_by_idx on public.listing_appeals (decided_by);
create index listing_appeals_change_idx on public.listing_appeals (change_xid, change_seq);

-- What lists and searches walk, one row a listing. Operators of text search and arrays are not
-- leakproof, so PostgreSQL uses no index of theirs on a table whose policy asks a question. Here it
-- asks none, and whatever is found is read from public.listings, whose policy does.
create table private.catalogue (
  listing_id uuid primary key references public.listings (id),
  seller_id uuid not null,
  state text not null,
  category text not null,
  name text not null,
  name_sort text collate "C" not null,
  price_sort bigint not null,
  updated_at timestamptz not null,
  search tsvector not null,
  skeleton text not null,
  -- Of listings whose name is taken: published, or restricted for a while.
  name_keys bigint[]
);
create index catalogue_seller_idx on private.catalogue (seller_id, updated_at desc, listing_id desc);
create index catalogue_updated_idx on private.catalogue (state, updated_at desc, listing_id desc);
create index catalogue_name_idx on private.catalogue (state, name_sort, listing_id);
create index catalogue_price_idx on private.catalogue (state, price_sort, listing_id);
create index catalogue_category_updated_idx
  on private.catalogue (state, category, updated_at desc, listing_id desc);
create index catalogue_category_name_idx on private.catalogue (state, category, name_sort, listing_id);
create index catalogue_category_price_idx on private.catalogue (state, category, price_sort, listing_id);
-- Without a pending list, which every search would have to read to its end.
create index catalogue_search_idx on private.catalogue using gin (search) with (fastupdate = off);
create index catalogue_name_keys_idx on private.catalogue using gin (name_keys) with (fastupdate = off);

alter table public.listings enable row level security;
alter table public.model_versions enable row level security;
alter table private.version_files enable row level security;
alter table public.listing_prices enable row level security;
alter table public.scan_reports enable row level security;
alter table private.report_documents enable row level security;
alter table public.listing_appeals enable row level security;
alter table private.catalogue enable row level security;

grant select, insert, update on public.listings to console_api;
grant select, insert on public.model_versions, public.scan_reports to console_api;
grant update (state, published_at, listed) on public.model_versions to console_api;
grant update (level, key_id, verification, listed) on public.scan_reports to console_api;
grant select, insert on private.version_files, public.listing_prices, private.report_documents to console_api;
grant select, insert, update on public.listing_appeals, private.catalogue to console_api;

-- Own, published, or staff who review. Whoever may remove must see what is to be removed.
create policy listings_read on public.listings for select to console_api using (
  state = 'published' or seller_id = (select auth.uid())
  or (select private.may('listings.review', 'listings.remove'))
);
create policy listings_add on public.listings for insert to console_api
  with check (seller_id = (select auth.uid()));
create policy listings_change on public.listings for update to console_api using (
  seller_id = (select auth.uid())
  or (select private.may('listings.review', 'listings.remove'))
);
create policy model_versions_read on public.model_versions for select to console_api using (
  listed or seller_id = (select auth.uid())
  or (select private.may('listings.review', 'listings.remove'))
);
create policy model_versions_add on public.model_versions for insert to console_api
  with check (seller_id = (select auth.uid()));
create policy model_versions_change on public.model_versions for update to console_api using (
  seller_id = (select auth.uid())
  or (select private.may('listings.review', 'listings.remove'))
);
-- Bodies come here with a version that they were allowed to see.
create policy version_files_read on private.version_files for select to console_api using (true);
create policy version_files_add on private.version_files for insert to console_api with check (
  exists (select from public.model_versions v where v.id = version_id and v.seller_id = (select auth.uid()))
);
create policy listing_prices_read on public.listing_prices for select to console_api
  using (exists (select from public.listings l where l.id = listing_id));
create policy listing_prices_add on public.listing_prices for insert to console_api with check (
  exists (select from public.listings l where l.id = listing_id and l.seller_id = (select auth.uid()))
);
create policy scan_reports_read on public.scan_reports for select to console_api using (
  listed or seller_id = (select auth.uid())
  or (select private.may('listings.review', 'listings.remove'))
  or (select private.is_service())
);
create policy scan_reports_add on public.scan_reports for insert to console_api
  with check (seller_id = (select auth.uid()));
create policy scan_reports_change on public.scan_reports for update to console_api using (
  seller_id = (select auth.uid())
  or (select private.may('listings.review', 'listings.remove'))
  or (select private.is_service())
);
create policy report_documents_read on private.report_documents for select to console_api
  using (exists (select from public.scan_reports r where r.id = report_id));
create policy report_documents_add on private.report_documents for insert to console_api with check (
  exists (select from public.scan_reports r where r.id = report_id and r.seller_id = (select auth.uid()))
);
create policy listing_appeals_read on public.listing_appeals for select to console_api
  using (seller_id = (select auth.uid()) or (select private.may('listings.review')));
create policy listing_appeals_add on public.listing_appeals for insert to console_api
  with check (seller_id = (select auth.uid()));
create policy listing_appeals_change on public.listing_appeals for update to console_api
  using ((select private.may('listings.review')));
create policy catalogue_read on private.catalogue for select to console_api using (true);
create policy catalogue_add on private.catalogue for insert to console_api
  with check (
    seller_id = (select auth.uid())
    -- An upsert asks this also where it changes a row: staff restrict what is not theirs.
    or (select private.may('listings.review', 'listings.remove'))
  );
create policy catalogue_change on private.catalogue for update to console_api using (
  seller_id = (select auth.uid())
  or (select private.may('listings.review', 'listings.remove'))
);

create trigger listings_stamp before insert or update on public.listings
  for each row execute function private.stamp_change();
create trigger model_versions_stamp before insert or update on public.model_versions
  for each row execute function private.stamp_change();
create trigger scan_reports_stamp before insert or update on public.scan_reports
  for each row execute function private.stamp_change();
create trigger listing_appeals_stamp before insert or update on public.listing_appeals
  for each row execute function private.stamp_change();

-- Append-only, also for the service role.
do $$
declare
  v_table text;
begin
  foreach v_table in array array[
    'private.version_files', 'public.listing_prices', 'private.report_documents'
  ] loop
    execute format('create trigger append_only before update or delete on %s
      for each row execute function private.forbid_change()', v_table);
  end loop;
  foreach v_table in array array['public.model_versions', 'public.scan_reports'] loop
    execute format('create trigger never_deleted before delete on %s
      for each row execute function private.forbid_change()', v_table);
  end loop;
  foreach v_table in array array[
    'private.version_files', 'public.listing_prices', 'private.report_documents',
    'public.model_versions', 'public.scan_reports'
  ] loop
    execute format('create trigger no_truncate before truncate on %s
      for each statement execute function private.forbid_change()', v_table);
  end loop;
end $$;

create function private.keep_version() returns trigger language plpgsql set search_path = '' as $$
declare
  v_moving constant text[] :=
    array['state', 'published_at', 'listed', 'updated_at', 'change_seq', 'change_xid'];
begin
  if to_jsonb(new) - v_moving <> to_jsonb(old) - v_moving then
    perform private.reject(409, 'version_immutable');
  end if;
  return new;
end $$;
create trigger model_versions_keep before update on public.model_versions
  for each row execute function private.keep_version();

-- Levels of evidence: a person raises none of their own, whatever body they came through.
create function private.keep_evidence() returns trigger language plpgsql set search_path = '' as $$
declare
  v_moving constant text[] := array[
    'state', 'level', 'key_id', 'verification', 'listed', 'ranked', 'updated_at', 'change_seq', 'change_xid'
  ];
begin
  if tg_op = 'UPDATE' and to_jsonb(new) - v_moving <> to_jsonb(old) - v_moving then
    perform private.reject(403, 'append_only', jsonb_build_object('table', tg_table_name));
  end if;
  if new.level <> (case when tg_op = 'UPDATE' then old.level else 'self-reported' end)
    and private.uid() is not null
    and (new.seller_id = private.uid() or not private.may('listings.review', 'results.review'))
  then
    perform private.reject(403, 'own_subject');
  end if;
  -- A seller takes a result back, and never brings one back.
  if tg_op = 'UPDATE' and new.seller_id = private.uid()
    and to_jsonb(new) ->> 'state' <> to_jsonb(old) ->> 'state' and to_jsonb(new) ->> 'state' <> 'withdrawn'
  then
    perform private.reject(403, 'own_subject');
  end if;
  return new;
end $$;
create trigger scan_reports_keep before insert or update on public.scan_reports
  for each row execute function private.keep_evidence();

create function private.list_versions_of() returns trigger language plpgsql set search_path = '' as $$
begin
  update public.model_versions set listed = (state = 'published' and new.state = 'published')
  where listing_id = new.id and listed <> (state = 'published' and new.state = 'published');
  return null;
end $$;
create trigger listings_list_versions after update of state on public.listings
  for each row when (old.state is distinct from new.state) execute function private.list_versions_of();

create function private.list_version() returns trigger language plpgsql set search_path = '' as $$
begin
  new.listed := new.state = 'published'
    and exists (select from public.listings where id = new.listing_id and state = 'published');
  return new;
end $$;
create trigger model_versions_listed before insert or update of state on public.model_versions
  for each row execute function private.list_version();

create function private.list_evidence_of() returns trigger language plpgsql set search_path = '' as $$
begin
  update public.scan_reports set listed = new.listed where version_id = new.id and listed <> new.listed;
  return null;
end $$;
create trigger model_versions_list_reports after update on public.model_versions
  for each row when (old.listed is distinct from new.listed) execute function private.list_evidence_of();

create function private.list_new_evidence() returns trigger language plpgsql set search_path = '' as $$
begin
  select listed into new.listed from public.model_versions where id = new.version_id;
  return new;
end $$;
create trigger scan_reports_listed before insert on public.scan_reports
  for each row execute function private.list_new_evidence();

update private.workspace set schema_version = '20261201000400';
