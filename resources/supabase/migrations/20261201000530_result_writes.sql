-- A result is sent with its raw launches, checked, and every number of it made anew.

-- Refuses what cannot be a result, before anything is computed of it.
create function private.require_result(p jsonb) returns void
language plpgsql stable set search_path = '' as $$
declare
  v_latest timestamptz := clock_timestamp() + interval '5 minutes';
  v_kind text;
  v_planned int;
  v record;
begin
  if jsonb_typeof(p) is distinct from 'object' then perform private.invalid('p_result', 'it is no object'); end if;
  if p ->> 'schemaVersion' is distinct from '1' then perform private.invalid('schemaVersion', 'it is not 1'); end if;
  v_kind := private.word_of(p -> 'scenario', 'kind', array['single-stream', 'offline', 'multi-stream', 'server', 'generation']);
  if v_kind in ('single-stream', 'multi-stream', 'server') then
    perform private.number_of(p -> 'scenario', 'percentile', 0.5, 0.9999);
  end if;
  perform private.text_of(p -> 'suite', 'id', 1, 123, '^[a-z0-9][a-z0-9-]{0,60}(/[a-z0-9][a-z0-9-]{0,60})?$');
  perform private.text_of(p -> 'suite', 'version', 5, 20, '^\d{1,6}\.\d{1,6}\.\d{1,6}$');
  perform private.text_of(p -> 'suite', 'sha256', 64, 64, '^[0-9a-f]{64}$');
  perform private.word_of(p -> 'profile', 'name', array['quick', 'standard', 'certified']);
  -- As many as the profile of this name has at most (shared/benchmark/profile.ts).
  v_planned := private.int_of(p -> 'profile', 'launches', 1, case p #>> '{profile,name}' when 'certified' then 20 else 10 end);
  perform private.word_of(p -> 'engine', 'name', array['onnxruntime-node', 'onnxruntime-web', 'tfjs-wasm', 'llama-cpp']);
  perform private.text_of(p -> 'engine', 'version', 1, 100);
  perform private.text_of(p -> 'engine', 'librarySha256', 64, 64, '^[0-9a-f]{64}$');
  perform private.int_of(p -> 'engine', 'threads', 1, 1024);
  if jsonb_typeof(p #> '{environment,environment}') is distinct from 'object'
    or octet_length((p #> '{environment,environment}')::text) > 20000
  then
    perform private.invalid('environment', 'it is no description of a machine');
  end if;
  perform private.text_of(p #> '{environment,environment,cpu}', 'model', 1, 120);
  perform private.int_of(p #> '{environment,environment,cpu}', 'logicalCores', 1, 100000);
  if jsonb_typeof(p #> '{environment,environment,cpu,physicalCores}') <> 'null' then
    perform private.int_of(p #> '{environment,environment,cpu}', 'physicalCores', 1, 100000);
  end if;
  if jsonb_typeof(p #> '{scan,override}') is distinct from 'null' or p #>> '{scan,complete}' is distinct from 'true'
    or p #>> '{scan,verdict}' is distinct from 'clean'
  then
    perform private.reject(409, 'override_refused');
  end if;

  if jsonb_typeof(p -> 'launches') is distinct from 'array' or jsonb_array_length(p -> 'launches') not between 1 and 1000 then
    perform private.invalid('launches', 'one to 1000 of them');
  end if;
  select
    bool_and(coalesce(
      launch ->> 'index' ~ '^\d{1,9}$' and launch ->> 'block' ~ '^\d{1,9}$' and launch ->> 'arm' ~ '^\d{1,9}$'
      and jsonb_typeof(launch -> 'measured') in ('object', 'null')
      and launch #>> '{ending,kind}' in
        ('ok', 'timeout', 'out-of-memory', 'crash', 'bad-output', 'refused', 'cancelled', 'host-lost')
      and launch ->> 'startedAt' ~ '^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$', false)) fine
  into v from jsonb_array_elements(p -> 'launches') launch;
  if not v.fine then perform private.invalid('launches', 'one of them has another form'); end if;
  select
    count(distinct launch ->> 'index') = count(*) and bool_and(coalesce((launch ->> 'index')::bigint > before, true)) ordered,
    count(distinct launch ->> 'arm') arms, max((launch ->> 'block')::bigint) last,
    max((launch ->> 'startedAt')::timestamptz) latest
  into v
  from (
    select launch, lag((launch ->> 'index')::bigint) over (order by place) before
    from jsonb_array_elements(p -> 'launches') with ordinality part (launch, place)
  ) launches;
  if not v.ordered then perform private.not_recomputable('the launches are not in the order they ran'); end if;
  if v.arms > 1 then perform private.not_recomputable('the launches are of more than one model'); end if;
  if v.last >= v_planned then perform private.not_recomputable('there are more launches than the profile has'); end if;
  if v.latest > v_latest then perform private.not_recomputable('a launch lies in the future'); end if;

  if jsonb_typeof(p -> 'quiet') is distinct from 'array' or jsonb_array_length(p -> 'quiet') > 2001
    or exists (
      select from jsonb_array_elements(p -> 'quiet') reading
      where (reading ->> 'beforeLaunch' ~ '^\d{1,9}$' and jsonb_typeof(reading -> 'checks') = 'array') is not true
    )
  then
    perform private.invalid('quiet', 'it is no list of looks at the machine');
  end if;
end $$;

-- What was measured is what the version has: the files lie below one folder of it, byte for byte, and
-- it has no other file that an engine of benchmarks would open as a model.
create function private.require_measured_files(p_version uuid, p_files jsonb) returns void
language plpgsql stable security definer set search_path = '' as $$
declare
  v_folder text;
  v_path text;
begin
  if jsonb_typeof(p_files) is distinct from 'array' or jsonb_array_length(p_files) not between 1 and 10000
    or exists (
      select from jsonb_array_elements(p_files) file
      where (
        jsonb_typeof(file -> 'path') = 'string' and private.is_inner_path(file ->> 'path')
        and file ->> 'sha256' ~ '^[0-9a-f]{64}$' and file ->> 'bytes' ~ '^\d{1,16}$'
      ) is not true
    )
  then
    perform private.invalid('model.files', 'they are no files of a model');
  end if;
  -- The folder that holds the file which was opened, and with it all others.
  select left(v.path, char_length(v.path) - char_length(p_files #>> '{0,path}')) into v_folder
  from private.version_files v
  where v.version_id = p_version and v.sha256 = decode(p_files #>> '{0,sha256}', 'hex')
    and ('/' || v.path) like '%/' || replace(replace(replace(p_files #>> '{0,path}', '\', '\\'), '%', '\%'), '_', '\_')
    and not exists (
      select from jsonb_array_elements(p_files) file where not exists (
        select from private.version_files other
        where other.version_id = p_version
          and other.path = left(v.path, char_length(v.path) - char_length(p_files #>> '{0,path}')) || (file ->> 'path')
          and other.sha256 = decode(file ->> 'sha256', 'hex') and other.bytes = (file ->> 'bytes')::bigint
      )
    )
  order by char_length(v.path), v.path limit 1;
  if v_folder is null then
    select coalesce((
      select file ->> 'path' from jsonb_array_elements(p_files) with ordinality part (file, place)
      where not exists (
        select from private.version_files other
        where other.version_id = p_version and other.sha256 = decode(file ->> 'sha256', 'hex')
          and other.bytes = (file ->> 'bytes')::bigint
      ) order by place limit 1
    ), p_files #>> '{0,path}') into v_path;
  else
    select v.path into v_path from private.version_files v
    where v.version_id = p_version and v.path ~* '(\.onnx|\.gguf|(^|/)model\.json)$'
      and not exists (select from jsonb_array_elements(p_files) file where v_folder || (file ->> 'path') = v.path)
    order by v.path limit 1;
  end if;
  if v_path is not null then perform private.reject(409, 'files_differ', jsonb_build_object('path', v_path)); end if;
end $$;

-- The suite of a result. One that nobody knew yet belongs, from here on, to its first manifest.
create function private.suite_of(p_suite jsonb, p_category text, p_metric text) returns public.benchmark_suites
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_suite public.benchmark_suites;
begin
  insert into public.benchmark_suites (id, version, sha256, category, metric, registered_by)
  values (p_suite ->> 'id', p_suite ->> 'version', p_suite ->> 'sha256', p_category, p_metric, private.uid())
  on conflict do nothing;
  select * into v_suite from public.benchmark_suites where id = p_suite ->> 'id' and version = p_suite ->> 'version';
  if v_suite.sha256 <> p_suite ->> 'sha256' then
    perform private.not_recomputable(format('%s %s is another suite here', v_suite.id, v_suite.version));
  end if;
  return v_suite;
end $$;

create function private.do_submit_result(p jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_headlines constant jsonb := '{"single-stream": "latency-p90", "offline": "throughput",
    "multi-stream": "latency-p99", "server": "server-rate", "generation": "output-tokens"}';
  v_id uuid := private.uuid_of(p, 'p_id');
  v_result jsonb := p -> 'p_result';
  v_version public.model_versions;
  v_listing public.listings;
  v_suite public.benchmark_suites;
  v_kind text;
  v_values jsonb;
  v_noisy boolean;
  v_grade text;
  v_figures jsonb;
  v_headline double precision;
  v_accuracy jsonb;
begin
  perform private.require('listings.write');
  if octet_length(v_result::text) > 10000000 then perform private.reject(413, 'too_large', '{"limit": 10000000}'); end if;
  if jsonb_typeof(p -> 'p_envelope') not in ('string', 'null') then perform private.invalid('p_envelope', 'it is no text'); end if;
  if char_length(p ->> 'p_envelope') > 8000000 then perform private.reject(413, 'too_large', '{"limit": 8000000}'); end if;
  select v.* into v_version from public.model_versions v
  where v.id = private.uuid_of(p, 'p_version_id') and v.seller_id = private.uid();
  if v_version.id is null then perform private.reject(404, 'not_found', '{"what": "version"}'); end if;
  v_listing := private.own_listing(v_version.listing_id);

  perform private.require_result(v_result);
  perform private.require_measured_files(v_version.id, v_result #> '{model,files}');
  v_kind := v_result #>> '{scenario,kind}';
  select jsonb_agg(private.launch_values(measured, v_result -> 'scenario') order by place), bool_or(coalesce(noisy, true))
  into v_values, v_noisy from private.counted_launches(v_result);
  if v_values is null then perform private.not_recomputable('no launch ended well'); end if;
  v_grade := private.result_grade(v_result, v_noisy);
  if v_grade = 'C' then perform private.reject(409, 'grade_refused'); end if;
  v_figures := private.figures_of(v_values);
  select (figure ->> 'estimate')::double precision into v_headline
  from jsonb_array_elements(v_figures) figure where figure ->> 'measure' = v_headlines ->> v_kind;
  if v_headline is null then
    perform private.not_recomputable('no launch has a number that its scenario is judged by');
  end if;
  v_suite := private.suite_of(v_result -> 'suite', v_listing.category, v_result #>> '{accuracy,metrics,0,metric}');
  if v_suite.metric is not null and jsonb_typeof(v_result -> 'accuracy') = 'object' then
    v_accuracy := private.accuracy_of(v_result -> 'accuracy', v_suite.metric);
  end if;

  insert into public.benchmark_results (
    id, version_id, listing_id, seller_id, suite_id, suite_version, category, scenario, profile,
    engine_name, engine_version, threads, hardware_class, fingerprint, model_sha256, grade, launches,
    figures, accuracy, memory_bytes, headline, measured_at
  ) values (
    v_id, v_version.id, v_version.listing_id, v_version.seller_id, v_suite.id, v_suite.version,
    v_suite.category, v_kind, v_result #>> '{profile,name}', v_result #>> '{engine,name}',
    v_result #>> '{engine,version}', (v_result #>> '{engine,threads}')::int,
    left(private.hardware_class(v_result #> '{environment,environment}', v_result -> 'engine'), 200),
    encode(sha256(convert_to(private.canonical_json(jsonb_build_object(
      'environment', v_result #> '{environment,environment}', 'engine', v_result -> 'engine')), 'UTF8')), 'hex'),
    v_result #>> '{model,files,0,sha256}', v_grade, jsonb_array_length(v_values), v_figures, v_accuracy,
    (select (figure ->> 'estimate')::double precision from jsonb_array_elements(v_figures) figure
      where figure ->> 'measure' = 'memory'),
    case when v_kind in ('single-stream', 'multi-stream') then v_headline else -v_headline end,
    (v_result #>> '{launches,0,startedAt}')::timestamptz
  ) on conflict do nothing;
  if not found then perform private.reject(409, 'already_exists', '{"what": "result"}'); end if;
  insert into private.result_documents (result_id, document, envelope) values (v_id, v_result, p ->> 'p_envelope');
  perform private.record('result.submitted', 'listing', v_version.listing_id,
    jsonb_build_object('result', v_id, 'version', v_version.id, 'suite', v_suite.id, 'grade', v_grade));
  return jsonb_build_object('id', v_id, 'level', 'self-reported', 'grade', v_grade);
end $$;

create function private.do_withdraw_result(p jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_id uuid := private.uuid_of(p, 'p_result_id');
  v_reason text := private.reason_of(p);
  v_result public.benchmark_results;
begin
  perform private.require('listings.write');
  select * into v_result from public.benchmark_results where id = v_id and seller_id = private.uid() for update;
  if v_result.id is null then perform private.reject(404, 'not_found', '{"what": "result"}'); end if;
  if v_result.state not in ('counted', 'disputed') then
    perform private.reject(409, 'state_conflict', jsonb_build_object('state', v_result.state));
  end if;
  update public.benchmark_results set state = 'withdrawn' where id = v_id;
  perform private.record('result.withdrawn', 'listing', v_result.listing_id,
    jsonb_build_object('result', v_id, 'reason', v_reason));
  return jsonb_build_object('id', v_id);
end $$;

create function private.do_dispute_result(p jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_id uuid := private.uuid_of(p, 'p_id');
  v_me uuid := private.signed_in();
  v_reason text := private.reason_of(p);
  v_result public.benchmark_results;
begin
  select * into v_result from public.benchmark_results where id = private.uuid_of(p, 'p_result_id');
  if v_result.id is null then perform private.reject(404, 'not_found', '{"what": "result"}'); end if;
  if v_result.seller_id = v_me then perform private.reject(403, 'own_subject'); end if;
  if v_result.state not in ('counted', 'disputed') then
    perform private.reject(409, 'state_conflict', jsonb_build_object('state', v_result.state));
  end if;
  insert into public.result_disputes (id, result_id, seller_id, disputed_by, reason)
  values (v_id, v_result.id, v_result.seller_id, v_me, v_reason) on conflict do nothing;
  if not found then perform private.reject(409, 'already_exists', '{"what": "dispute"}'); end if;
  perform private.record('result.disputed', 'listing', v_result.listing_id,
    jsonb_build_object('result', v_result.id, 'dispute', v_id, 'reason', v_reason));
  return jsonb_build_object('id', v_id);
end $$;

create function private.do_decide_dispute(p jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_id uuid := private.uuid_of(p, 'p_id');
  v_outcome text := private.word_of(p, 'p_outcome', array['upheld', 'rejected']);
  v_reason text := private.reason_of(p);
  v_dispute public.result_disputes;
  v_result public.benchmark_results;
begin
  perform private.require('results.review');
  select * into v_dispute from public.result_disputes where id = v_id;
  if v_dispute.id is null then perform private.reject(404, 'not_found', '{"what": "dispute"}'); end if;
  if v_dispute.seller_id = private.uid() then perform private.reject(403, 'own_subject'); end if;
  select * into v_result from public.benchmark_results where id = v_dispute.result_id for update;
  -- Locked with its result: nobody decided meanwhile.
  select * into v_dispute from public.result_disputes where id = v_id;
  if v_dispute.state <> 'open' then
    perform private.reject(409, 'state_conflict', jsonb_build_object('state', v_dispute.state));
  end if;
  if v_dispute.disputed_by = private.uid() then perform private.reject(403, 'four_eyes'); end if;
  update public.result_disputes set
    state = v_outcome, decision = v_reason, decided_by = private.uid(), decided_at = clock_timestamp()
  where id = v_id;
  if v_outcome = 'upheld' then
    -- Whoever else disputed it was right too.
    update public.result_disputes set
      state = 'upheld', decision = v_reason, decided_by = private.uid(), decided_at = clock_timestamp()
    where result_id = v_result.id and state = 'open';
    update public.benchmark_results set state = 'refused' where id = v_result.id;
  elsif v_result.state = 'disputed'
    and not exists (select from public.result_disputes where result_id = v_result.id and state = 'open')
  then
    update public.benchmark_results set state = 'counted' where id = v_result.id;
  end if;
  perform private.record('dispute.decided', 'listing', v_result.listing_id,
    jsonb_build_object('result', v_result.id, 'dispute', v_id, 'outcome', v_outcome, 'reason', v_reason));
  return jsonb_build_object('id', v_id, 'state', v_outcome);
end $$;

-- What staff saw for themselves. Only ever more, and never about what is their own.
create function private.do_attest_evidence(p jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_levels constant text[] := array['self-reported', 'signed', 'reproduced', 'audited'];
  v_subject text := private.word_of(p, 'p_subject', array['report', 'result']);
  v_id uuid := private.uuid_of(p, 'p_id');
  v_level text := private.word_of(p, 'p_level', array['reproduced', 'audited']);
  v_reason text := private.reason_of(p);
  v record;
begin
  perform private.require(case v_subject when 'report' then 'listings.review' else 'results.review' end);
  if v_subject = 'report' then
    select seller_id, listing_id, level, 'counted' state into v from public.scan_reports where id = v_id for update;
  else
    select seller_id, listing_id, level, state into v from public.benchmark_results where id = v_id for update;
  end if;
  if v.seller_id is null then perform private.reject(404, 'not_found', jsonb_build_object('what', v_subject)); end if;
  if v.seller_id = private.uid() then perform private.reject(403, 'own_subject'); end if;
  if v.state not in ('counted', 'disputed') then
    perform private.reject(409, 'state_conflict', jsonb_build_object('state', v.state));
  end if;
  if array_position(v_levels, v_level) <= array_position(v_levels, v.level) then
    perform private.reject(409, 'state_conflict', jsonb_build_object('state', v.level));
  end if;
  if v_subject = 'report' then
    update public.scan_reports set level = v_level where id = v_id;
  else
    update public.benchmark_results set level = v_level where id = v_id;
  end if;
  perform private.record('evidence.attested', 'listing', v.listing_id,
    jsonb_build_object('subject', v_subject, 'id', v_id, 'level', v_level, 'reason', v_reason));
  return jsonb_build_object('id', v_id, 'level', v_level);
end $$;

-- See private.set_report_level.
create function private.set_result_level(p_id uuid, p_outcome text, p_key_id text, p_detail text) returns text
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_result public.benchmark_results;
begin
  if not private.is_service() then
    perform private.reject(403, 'permission_required', '{"permission": "service"}');
  end if;
  select * into v_result from public.benchmark_results where id = p_id for update;
  if v_result.id is null or not exists (
    select from private.result_documents where result_id = p_id and envelope is not null
  ) then
    perform private.reject(404, 'not_found', '{"what": "signed result"}');
  end if;
  update public.benchmark_results set
    level = case
      when p_outcome = 'signed' and level = 'self-reported' then 'signed'
      when p_outcome <> 'signed' and level = 'signed' then 'self-reported'
      else level end,
    key_id = case when p_outcome = 'signed' then p_key_id end,
    verification = left(p_detail, 2000)
  where id = p_id returning * into v_result;
  return v_result.level;
end $$;

create function public.submit_result(p_op uuid, p_id text, p_version_id text, p_result jsonb, p_envelope text)
returns jsonb language sql volatile security invoker set search_path = '' as $$
  select private.run('submit_result', p_op, jsonb_build_object(
    'p_id', p_id, 'p_version_id', p_version_id, 'p_result', p_result, 'p_envelope', p_envelope))
$$;
create function public.withdraw_result(p_op uuid, p_result_id text, p_reason text) returns jsonb
language sql volatile security invoker set search_path = '' as $$
  select private.run('withdraw_result', p_op, jsonb_build_object('p_result_id', p_result_id, 'p_reason', p_reason))
$$;
create function public.dispute_result(p_op uuid, p_id text, p_result_id text, p_reason text) returns jsonb
language sql volatile security invoker set search_path = '' as $$
  select private.run('dispute_result', p_op, jsonb_build_object(
    'p_id', p_id, 'p_result_id', p_result_id, 'p_reason', p_reason))
$$;
create function public.decide_dispute(p_op uuid, p_id text, p_outcome text, p_reason text) returns jsonb
language sql volatile security invoker set search_path = '' as $$
  select private.run('decide_dispute', p_op, jsonb_build_object(
    'p_id', p_id, 'p_outcome', p_outcome, 'p_reason', p_reason))
$$;
create function public.attest_evidence(p_op uuid, p_subject text, p_id text, p_level text, p_reason text)
returns jsonb language sql volatile security invoker set search_path = '' as $$
  select private.run('attest_evidence', p_op, jsonb_build_object(
    'p_subject', p_subject, 'p_id', p_id, 'p_level', p_level, 'p_reason', p_reason))
$$;

insert into private.rate_rules (rpc, burst, per_minute) values
  ('submit_result', 30, 6), ('withdraw_result', 20, 5), ('dispute_result', 10, 1),
  ('decide_dispute', 60, 30), ('attest_evidence', 60, 30);
grant execute on function private.require_result(jsonb) to console_api;
grant execute on function public.submit_result(uuid, text, text, jsonb, text),
  public.withdraw_result(uuid, text, text), public.dispute_result(uuid, text, text, text),
  public.decide_dispute(uuid, text, text, text), public.attest_evidence(uuid, text, text, text, text)
to authenticated;
update private.workspace set schema_version = '20261201000530';
select private.hand_over();
