-- Results of benchmarks, what disputes and ranks them, and who may see a row. The numbers are made in
-- the next migration, the functions of the API in the one behind it.

-- Suites by their manifest: a version of a suite is one set of tasks, whoever sends a result of it.
create table public.benchmark_suites (
  id text not null check (id ~ '^[a-z0-9][a-z0-9-]{0,60}(/[a-z0-9][a-z0-9-]{0,60})?$'),
  version text not null check (version ~ '^\d{1,6}\.\d{1,6}\.\d{1,6}$'),
  -- Of suite.json as canonical JSON.
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  category text not null
    check (category in ('tables', 'pictures', 'sound', 'language', 'embedding', 'documents', 'other')),
  -- What ranks models; null where only speed is measured.
  metric text check (
    metric in ('accuracy', 'top-5', 'macro-f1', 'auc', 'mae', 'rmse', 'exact-match', 'perplexity')),
  -- Null for the built-in ones. Others are known from the first result that is of them.
  registered_by uuid references public.profiles (id),
  created_at timestamptz not null default now(),
  primary key (id, version)
);
create index benchmark_suites_registered_by_idx on public.benchmark_suites (registered_by);
-- resources/suites; a test holds these lines and the manifests together.
insert into public.benchmark_suites (id, version, sha256, category, metric) values
('characters', '1.0.0', 'f21f595ddec36016273cb4c4489956c528d953f2c811aad8425ddd6b9185bab8', 'documents', 'accuracy'),
  ('digits', '1.0.0', 'de1a735b6f9ca33c57c38e11f1780b4dc79967311bf6a33345e0ded6954e0468', 'pictures', 'accuracy'),
  ('friedman', '1.0.0', '89b33fb0b526612372c92da301f04d88ab40c001b9e15e57c152729087db07f6', 'tables', 'rmse'),
  ('generation', '1.0.0', 'c4e19926e2d67fa226b6e5a3bc52702972e61b6d4252743600c218427744cb10', 'language', null),
  ('iris', '1.0.0', '9c2e34b7ca495ba79f8fe2422f0e9bf1843f037d39a41143641e9316c8a56701', 'tables', 'accuracy'),
  ('sentences', '1.0.0', 'bd0eb676c6b1fc6e06399ea13b0c106b618cbf1cf598c789aeb3764ba0abee4a', 'language', 'auc'),
  ('speed', '1.0.0', 'aafdbe64007fa2c22a692323c4a4fc9af4f4964fef53597d5a262bb18597eea7', 'other', null),
  ('voice', '1.0.0', '36c8d876175f46f92bb9d184d906cef4fa977e0a8713090878a408a9e26b63b7', 'sound', 'auc');

create table public.benchmark_results (
  id uuid primary key,
  version_id uuid not null references public.model_versions (id),
  listing_id uuid not null references public.listings (id),
  seller_id uuid not null references public.profiles (id),
  listed boolean not null default false,
  level text not null default 'self-reported'
    check (level in ('self-reported', 'signed', 'reproduced', 'audited')),
  key_id text,
  verification text,
  state text not null default 'counted' check (state in ('counted', 'disputed', 'withdrawn', 'refused')),
  suite_id text not null,
  suite_version text not null,
  category text not null,
  scenario text not null
    check (scenario in ('single-stream', 'offline', 'multi-stream', 'server', 'generation')),
  profile text not null check (profile in ('quick', 'standard', 'certified')),
  engine_name text not null
    check (engine_name in ('onnxruntime-node', 'onnxruntime-web', 'tfjs-wasm', 'llama-cpp')),
  engine_version text not null,
  threads int not null check (threads between 1 and 1024),
  hardware_class text not null check (char_length(hardware_class) between 1 and 200),
  fingerprint text not null check (fingerprint ~ '^[0-9a-f]{64}$'),
  model_sha256 text not null check (model_sha256 ~ '^[0-9a-f]{64}$'),
  grade text not null check (grade in ('A', 'B')),
  launches int not null check (launches > 0),
  -- ServerFigure of shared/backend/results.ts, each.
  figures jsonb not null,
  accuracy jsonb,
  memory_bytes double precision,
  -- What the scenario is judged by, so that less is better: where a board is cut, it is cut at its end.
  headline double precision not null,
  -- Newest of its seller, model and machine among those that count.
  ranked boolean not null default false,
  measured_at timestamptz not null,
  received_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default now(),
  change_seq bigint not null default 0,
  change_xid xid8 not null default '0',
  foreign key (suite_id, suite_version) references public.benchmark_suites (id, version)
);
create index benchmark_results_version_idx on public.benchmark_results (version_id, state);
create index benchmark_results_listing_idx on public.benchmark_results (listing_id, received_at desc, id desc);
create index benchmark_results_seller_idx on public.benchmark_results (seller_id, received_at desc, id desc);
create index benchmark_results_listed_idx on public.benchmark_results (received_at desc, id desc) where listed;
create index benchmark_results_received_idx on public.benchmark_results (received_at desc, id desc);
create index benchmark_results_suite_idx on public.benchmark_results (suite_id, suite_version);
create index benchmark_results_change_idx on public.benchmark_results (change_xid, change_seq);
create index benchmark_results_board_idx on public.benchmark_results
  (suite_id, suite_version, scenario, threads, headline) where ranked;
create index benchmark_results_machine_idx on public.benchmark_results
  (suite_id, suite_version, scenario, threads, hardware_class, headline) where ranked;
create index benchmark_results_newest_idx on public.benchmark_results
  (seller_id, model_sha256, hardware_class, suite_id, suite_version, scenario, threads, measured_at desc);

-- The raw launches, from which anybody makes the same numbers.
create table private.result_documents (
  result_id uuid primary key references public.benchmark_results (id),
  document jsonb not null,
  envelope text
);

-- What a seller states in words of a listing, to be judged by results (shared/benchmark/claim.ts).
create table public.benchmark_claims (
  id uuid primary key,
  version_id uuid not null references public.model_versions (id),
  seller_id uuid not null references public.profiles (id),
  statement jsonb not null check (jsonb_typeof(statement) = 'object'),
  created_at timestamptz not null default now()
);
create index benchmark_claims_version_idx on public.benchmark_claims (version_id);
create index benchmark_claims_seller_idx on public.benchmark_claims (seller_id);

create table public.result_disputes (
  id uuid primary key,
  result_id uuid not null references public.benchmark_results (id),
  seller_id uuid not null references public.profiles (id),
  disputed_by uuid not null references public.profiles (id),
  reason text not null check (char_length(reason) between 3 and 1000),
  state text not null default 'open' check (state in ('open', 'upheld', 'rejected')),
  decision text,
  decided_by uuid references public.profiles (id),
  created_at timestamptz not null default now(),
  decided_at timestamptz,
  updated_at timestamptz not null default now(),
  change_seq bigint not null default 0,
  change_xid xid8 not null default '0',
  -- Once decided, the same person does not begin again.
  unique (result_id, disputed_by)
);
create index result_disputes_state_idx on public.result_disputes (state, created_at desc, id desc);
create index result_disputes_seller_idx on public.result_disputes (seller_id, created_at desc);
create index result_disputes_by_idx on public.result_disputes (disputed_by, created_at desc);
create index result_disputes_decided_by_idx on public.result_disputes (decided_by);
create index result_disputes_change_idx on public.result_disputes (change_xid, change_seq);

-- How many results, models and machines each board has: counted as they come and go, because at a
-- million results nobody counts them for a page.
create table private.boards (
  suite_id text not null,
  suite_version text not null,
  scenario text not null,
  threads int not null,
  category text not null,
  results int not null,
  models int not null,
  primary key (suite_id, suite_version, scenario, threads)
);
create table private.board_members (
  suite_id text not null,
  suite_version text not null,
  scenario text not null,
  threads int not null,
  kind text not null check (kind in ('model', 'machine')),
  member text not null,
  results int not null,
  primary key (suite_id, suite_version, scenario, threads, kind, member)
);

alter table public.benchmark_suites enable row level security;
alter table public.benchmark_results enable row level security;
alter table private.result_documents enable row level security;
alter table public.benchmark_claims enable row level security;
alter table public.result_disputes enable row level security;
alter table private.boards enable row level security;
alter table private.board_members enable row level security;

grant select, insert on public.benchmark_suites, public.benchmark_results, private.result_documents,
  public.benchmark_claims, public.result_disputes to console_api;
grant update (state, level, key_id, verification, listed, ranked) on public.benchmark_results to console_api;
grant update (state, decision, decided_by, decided_at) on public.result_disputes to console_api;
grant select on private.boards, private.board_members to console_api;

create policy benchmark_suites_read on public.benchmark_suites for select to console_api using (true);
create policy benchmark_suites_add on public.benchmark_suites for insert to console_api
  with check (registered_by = (select auth.uid()));
create policy benchmark_results_read on public.benchmark_results for select to console_api using (
  listed or seller_id = (select auth.uid())
  or (select private.may('results.review', 'listings.review', 'listings.remove')) or (select private.is_service())
);
create policy benchmark_results_add on public.benchmark_results for insert to console_api
  with check (seller_id = (select auth.uid()));
create policy benchmark_results_change on public.benchmark_results for update to console_api using (
  seller_id = (select auth.uid())
  or (select private.may('results.review', 'listings.review', 'listings.remove')) or (select private.is_service())
);
create policy result_documents_read on private.result_documents for select to console_api
  using (exists (select from public.benchmark_results r where r.id = result_id));
create policy result_documents_add on private.result_documents for insert to console_api with check (
  exists (select from public.benchmark_results r where r.id = result_id and r.seller_id = (select auth.uid()))
);
create policy benchmark_claims_read on public.benchmark_claims for select to console_api
  using (exists (select from public.model_versions v where v.id = version_id));
create policy benchmark_claims_add on public.benchmark_claims for insert to console_api
  with check (seller_id = (select auth.uid()));
create policy result_disputes_read on public.result_disputes for select to console_api using (
  disputed_by = (select auth.uid()) or seller_id = (select auth.uid()) or (select private.may('results.review'))
);
create policy result_disputes_add on public.result_disputes for insert to console_api
  with check (disputed_by = (select auth.uid()) and seller_id <> (select auth.uid()));
create policy result_disputes_change on public.result_disputes for update to console_api
  using ((select private.may('results.review')));
-- Sums over what everybody may see.
create policy boards_read on private.boards for select to console_api using (true);
create policy board_members_read on private.board_members for select to console_api using (true);

create trigger benchmark_results_stamp before insert or update on public.benchmark_results
  for each row execute function private.stamp_change();
create trigger result_disputes_stamp before insert or update on public.result_disputes
  for each row execute function private.stamp_change();
create trigger benchmark_results_keep before insert or update on public.benchmark_results
  for each row execute function private.keep_evidence();
create trigger benchmark_results_listed before insert on public.benchmark_results
  for each row execute function private.list_new_evidence();
do $$
declare
  v_table text;
begin
  foreach v_table in array array[
    'public.benchmark_suites', 'private.result_documents', 'public.benchmark_claims'
  ] loop
    execute format('create trigger append_only before update or delete on %s
      for each row execute function private.forbid_change()', v_table);
  end loop;
  foreach v_table in array array['public.benchmark_results', 'public.result_disputes'] loop
    execute format('create trigger never_deleted before delete on %s
      for each row execute function private.forbid_change()', v_table);
  end loop;
  foreach v_table in array array[
    'public.benchmark_suites', 'private.result_documents', 'public.benchmark_claims',
    'public.benchmark_results', 'public.result_disputes'
  ] loop
    execute format('create trigger no_truncate before truncate on %s
      for each statement execute function private.forbid_change()', v_table);
  end loop;
end $$;

create function private.list_results_of() returns trigger language plpgsql set search_path = '' as $$
begin
  update public.benchmark_results set listed = new.listed where version_id = new.id and listed <> new.listed;
  return null;
end $$;
create trigger model_versions_list_results after update on public.model_versions
  for each row when (old.listed is distinct from new.listed) execute function private.list_results_of();

-- The newest of a seller's results of a model on a machine. Of this seller only: the same bytes in
-- another account push nobody off a board.
create function private.rank_results() returns trigger language plpgsql set search_path = '' as $$
declare
  v_newest uuid;
begin
  select r.id into v_newest from public.benchmark_results r
  where r.seller_id = new.seller_id and r.model_sha256 = new.model_sha256
    and r.hardware_class = new.hardware_class and r.suite_id = new.suite_id
    and r.suite_version = new.suite_version and r.scenario = new.scenario and r.threads = new.threads
    and r.state = 'counted' and r.listed
  order by r.measured_at desc, r.received_at desc, r.id desc limit 1;
  update public.benchmark_results r set ranked = r.id is not distinct from v_newest
  where r.seller_id = new.seller_id and r.model_sha256 = new.model_sha256
    and r.hardware_class = new.hardware_class and r.suite_id = new.suite_id
    and r.suite_version = new.suite_version and r.scenario = new.scenario and r.threads = new.threads
    and r.ranked <> (r.id is not distinct from v_newest);
  return null;
end $$;
create trigger benchmark_results_rank after insert or update of state, listed on public.benchmark_results
  for each row execute function private.rank_results();

-- Owned by the schema: sums belong to nobody who changes a result.
create function private.count_result() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  v_before boolean := tg_op = 'UPDATE' and old.state = 'counted' and old.listed;
  v_step int := (new.state = 'counted' and new.listed)::int - v_before::int;
  v_left int;
begin
  if v_step = 0 then return null; end if;
  insert into private.boards as b (suite_id, suite_version, scenario, threads, category, results, models)
  values (new.suite_id, new.suite_version, new.scenario, new.threads, new.category, v_step, 0)
  on conflict (suite_id, suite_version, scenario, threads) do update set results = b.results + v_step;
  insert into private.board_members as m (suite_id, suite_version, scenario, threads, kind, member, results)
  values (new.suite_id, new.suite_version, new.scenario, new.threads, 'machine', new.hardware_class, v_step)
  on conflict (suite_id, suite_version, scenario, threads, kind, member) do update set results = m.results + v_step;
  insert into private.board_members as m (suite_id, suite_version, scenario, threads, kind, member, results)
  values (new.suite_id, new.suite_version, new.scenario, new.threads, 'model', new.model_sha256, v_step)
  on conflict (suite_id, suite_version, scenario, threads, kind, member) do update set results = m.results + v_step
  returning results into v_left;
  if (v_step = 1 and v_left = 1) or (v_step = -1 and v_left = 0) then
    update private.boards set models = models + v_step
    where suite_id = new.suite_id and suite_version = new.suite_version
      and scenario = new.scenario and threads = new.threads;
  end if;
  return null;
end $$;
comment on function private.count_result() is 'owned by the schema on purpose';
create trigger benchmark_results_count after insert or update of state, listed on public.benchmark_results
  for each row execute function private.count_result();

-- Owned by the schema: who disputes a result may not change it, but from then on it is disputed.
create function private.mark_disputed() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  update public.benchmark_results set state = 'disputed' where id = new.result_id and state = 'counted';
  return null;
end $$;
comment on function private.mark_disputed() is 'owned by the schema on purpose';
create trigger result_disputes_mark after insert on public.result_disputes
  for each row execute function private.mark_disputed();

select private.add_feed(f.name, f.columns) from (values
  ('listings', '{id, seller_id, name, summary, category, licence, tags, price_amount, price_currency, price_unit, state, revision, current_version_id, created_at, published_at, updated_at}'::text[]),
  ('model_versions', '{id, listing_id, seller_id, number, state, listed, digest, bytes, files, format, source, notes, unmeasured, created_at, published_at, updated_at}'::text[]),
  ('scan_reports', '{id, version_id, listing_id, seller_id, listed, level, key_id, verdict, grade, status, findings, set_aside, rules_version, scanner_version, scanned_at, received_at, updated_at}'::text[]),
  ('benchmark_results', '{id, version_id, listing_id, seller_id, listed, level, key_id, state, suite_id, suite_version, category, scenario, profile, engine_name, engine_version, threads, hardware_class, fingerprint, model_sha256, grade, launches, figures, accuracy, memory_bytes, measured_at, received_at, updated_at}'::text[]),
  ('listing_appeals', '{id, listing_id, seller_id, statement, state, decision, created_at, decided_at, updated_at}'::text[]),
  ('result_disputes', '{id, result_id, seller_id, reason, state, decision, created_at, decided_at, updated_at}'::text[])
) f (name, columns);

update private.workspace set schema_version = '20261201000500';
select private.hand_over();
