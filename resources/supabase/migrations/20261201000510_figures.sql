-- Every number of a result, from its raw launches: what shared/benchmark does in the console, again in
-- SQL, because nobody is believed about themselves. A database test compares the two.

create function private.not_recomputable(p_problem text) returns void
language plpgsql stable set search_path = '' as $$
begin
  perform private.reject(400, 'not_recomputable', jsonb_build_object('problem', p_problem));
end $$;

-- A number of the document within bounds, or a refusal that names it.
create function private.measured_number(p jsonb, p_path text[], p_max double precision default 1e300)
returns double precision language plpgsql stable set search_path = '' as $$
declare
  v_value jsonb := p #> p_path;
begin
  if jsonb_typeof(v_value) is distinct from 'number' or (v_value #>> '{}')::numeric not between 0 and p_max::numeric then
    perform private.not_recomputable(array_to_string(p_path, '.') || ' is no number that can be');
  end if;
  return (v_value #>> '{}')::double precision;
end $$;
-- Whole, and counted exactly by a float64.
create function private.measured_count(p jsonb, p_path text[]) returns bigint
language plpgsql stable set search_path = '' as $$
declare
  v_value double precision := private.measured_number(p, p_path, 9007199254740991);
begin
  if v_value <> floor(v_value) then
    perform private.not_recomputable(array_to_string(p_path, '.') || ' is no whole number');
  end if;
  return v_value::bigint;
end $$;

-- Position, from 1, of the nearest rank in a sorted sample, as shared/statistics/quantile.ts.
create function private.nearest_rank(p_count bigint, p double precision) returns bigint
language sql immutable set search_path = '' as $$
  select greatest(1, ceil(p * p_count * (1 - 4 * 2.220446049250313e-16)))::bigint
$$;

-- Durations as shared/benchmark/packed-durations.ts writes them: ascending, each as its distance from
-- the one before. A percentile is a sum of distances, so they are summed in stretches of a twentieth
-- and no list of durations is made. `least_ns` is what they took together at least.
create function private.percentiles_of(
  p_ascending text, out count bigint, out p50 double precision, out p90 double precision,
  out p95 double precision, out p99 double precision, out least_ns double precision
) language plpgsql immutable set search_path = '' as $$
declare
  v_steps bigint[];
  v_shares constant double precision[] := array[
    0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.99, 1];
  v_share double precision;
  v_done bigint := 0;
  v_rank bigint;
  v_value double precision := 0;
  v_before double precision;
begin
  if p_ascending is null or char_length(p_ascending) > 2000000 or p_ascending !~ '^[0-9]{1,16}( [0-9]{1,16})*$' then
    perform private.not_recomputable('the durations are no whole numbers of nanoseconds');
  end if;
  v_steps := string_to_array(p_ascending, ' ');
  count := cardinality(v_steps);
  if count > 100000 then perform private.not_recomputable('there are more than 100000 durations'); end if;
  least_ns := 0;
  foreach v_share in array v_shares loop
    v_rank := private.nearest_rank(count, v_share);
    if v_rank > v_done then
      v_before := case when v_done = 0 then v_steps[1] else v_value end;
      v_value := v_value + (select sum(step)::double precision from unnest(v_steps[v_done + 1 : v_rank]) step);
      least_ns := least_ns + v_before * (v_rank - v_done);
      v_done := v_rank;
    end if;
    if v_share = 0.5 then p50 := v_value; elsif v_share = 0.9 then p90 := v_value;
    elsif v_share = 0.95 then p95 := v_value; elsif v_share = 0.99 then p99 := v_value; end if;
  end loop;
  if v_value > 9007199254740991 then perform private.not_recomputable('the durations are too long'); end if;
end $$;

-- Every `step`-th query is kept, so their number is known to a step, and all of them took their time.
create function private.require_within_raw(
  p_queries bigint, p_duration bigint, p_step bigint, p_kept bigint, p_least double precision
) returns void language plpgsql stable set search_path = '' as $$
begin
  if p_step < 1 or p_queries < (p_kept - 1) * p_step + 1 or p_queries > p_kept * p_step then
    perform private.not_recomputable(format('%s queries do not keep %s durations', p_queries, p_kept));
  end if;
  -- Each was rounded to a nanosecond.
  if p_step = 1 and p_duration + p_kept < p_least then
    perform private.not_recomputable('the queries took longer than the measurement');
  end if;
end $$;

-- ln of the gamma function for x >= 1 (Stirling's series after a shift), to about 1e-13.
create function private.log_gamma(p_x double precision) returns double precision
language plpgsql immutable set search_path = '' as $$
declare
  v_x double precision := p_x;
  v_shift double precision := 0;
begin
  while v_x < 20 loop
    v_shift := v_shift + ln(v_x);
    v_x := v_x + 1;
  end loop;
  return (v_x - 0.5) * ln(v_x) - v_x + 0.9189385332046727
    + 1 / (12 * v_x) - 1 / (360 * v_x ^ 3) + 1 / (1260 * v_x ^ 5) - 1 / (1680 * v_x ^ 7) - v_shift;
end $$;

-- P[Bin(p_n, p_p) <= p_k]. Summed downward from the largest term, where it is below the mean.
create function private.binomial_cdf(p_k bigint, p_n bigint, p_p double precision) returns double precision
language plpgsql immutable set search_path = '' as $$
declare
  v_term double precision := 1;
  v_sum double precision := 1;
  v_log double precision;
  v_i bigint := p_k;
begin
  if p_k < 0 then return 0; end if;
  if p_k >= p_n then return 1; end if;
  v_log := private.log_gamma(p_n + 1) - private.log_gamma(p_k + 1) - private.log_gamma(p_n - p_k + 1)
    + p_k * ln(p_p) + (p_n - p_k) * ln(1 - p_p);
  while v_i > 0 and v_term > 1e-17 * v_sum loop
    v_term := v_term * v_i / (p_n - v_i + 1) * (1 - p_p) / p_p;
    v_sum := v_sum + v_term;
    v_i := v_i - 1;
  end loop;
  return case when v_log < -700 then 0 else exp(v_log) * v_sum end;
end $$;

-- LoadGen's rule: so few queries over the bound promise the percentile at 99 % confidence
-- (shared/statistics/early-stopping.ts).
create function private.rate_holds(p_queries bigint, p_over bigint, p_percentile double precision)
returns boolean language sql immutable set search_path = '' as $$
  select case
    when p_queries <= p_over then false
    -- More than half of all outcomes are as good as the mean: no need to sum.
    when p_over >= p_queries * (1 - p_percentile) then false
    else private.binomial_cdf(p_over, p_queries, 1 - p_percentile) <= 0.01
  end
$$;

create function private.latency_values(p jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  v_queries bigint := private.measured_count(p, '{latency,queries}');
  v_raw record;
begin
  select * into v_raw from private.percentiles_of(p #>> '{latency,raw,ascending}');
  perform private.require_within_raw(
    v_queries, private.measured_count(p, '{latency,durationNs}'),
    private.measured_count(p, '{latency,raw,step}'), v_raw.count, v_raw.least_ns);
  return jsonb_build_object(
    'latency-p50', v_raw.p50, 'latency-p90', v_raw.p90, 'latency-p95', v_raw.p95, 'latency-p99', v_raw.p99,
    'cpu-per-query', private.measured_number(p, '{resources,cpuMs}') / v_queries);
end $$;

-- Samples per second at the best batch size.
create function private.batch_values(p jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  v_batch jsonb;
  v_queries bigint;
  v_duration bigint;
  v_raw record;
  v_best double precision;
begin
  if jsonb_array_length(p -> 'batches') > 16 then perform private.not_recomputable('there are more than 16 batch sizes'); end if;
  for v_batch in select * from jsonb_array_elements(p -> 'batches') loop
    continue when jsonb_typeof(v_batch -> 'raw') is distinct from 'object'
      or coalesce(jsonb_typeof(v_batch -> 'queries'), 'null') = 'null'
      or coalesce(jsonb_typeof(v_batch -> 'durationNs'), 'null') = 'null';
    v_queries := private.measured_count(v_batch, '{queries}');
    v_duration := private.measured_count(v_batch, '{durationNs}');
    select * into v_raw from private.percentiles_of(v_batch #>> '{raw,ascending}');
    perform private.require_within_raw(
      v_queries, v_duration, private.measured_count(v_batch, '{raw,step}'), v_raw.count, v_raw.least_ns);
    if v_duration = 0 then perform private.not_recomputable('a batch took no time'); end if;
    v_best := greatest(v_best, v_queries::double precision * private.measured_count(v_batch, '{batch}')
      / (v_duration / 1e9::double precision));
  end loop;
  return case when v_best is null then '{}' else jsonb_build_object('throughput', v_best) end;
end $$;

-- Highest rate that held the bound.
create function private.server_values(p jsonb, p_percentile double precision) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  v_step jsonb;
  v_queries bigint;
begin
  if jsonb_typeof(p #> '{server,steps}') is distinct from 'array' or jsonb_array_length(p #> '{server,steps}') > 64 then
    perform private.not_recomputable('the steps of the server are no list of at most 64');
  end if;
  for v_step in
    select step from jsonb_array_elements(p #> '{server,steps}') step
    order by private.measured_number(step, '{queriesPerSecond}') desc
  loop
    v_queries := private.measured_count(v_step, '{queries}');
    if v_queries > 100000000 then perform private.not_recomputable('there are more queries than can be'); end if;
    if private.measured_count(v_step, '{overBound}') <= private.measured_count(v_step, '{tolerated}')
      and private.rate_holds(v_queries, private.measured_count(v_step, '{overBound}'), p_percentile)
    then
      return jsonb_build_object('server-rate', private.measured_number(v_step, '{queriesPerSecond}'));
    end if;
  end loop;
  return '{}';
end $$;

create function private.generation_values(p jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  v_all record;
begin
  if jsonb_typeof(p #> '{generation,queries}') is distinct from 'array'
    or jsonb_array_length(p #> '{generation,queries}') not between 1 and 100000
  then
    perform private.not_recomputable('there are no generations');
  end if;
  select bool_and(coalesce(
      jsonb_typeof(query -> 'promptTokens') = 'number' and jsonb_typeof(query -> 'outputTokens') = 'number'
      and jsonb_typeof(query -> 'ttftNs') = 'number' and jsonb_typeof(query -> 'totalNs') = 'number'
      and coalesce(jsonb_typeof(query -> 'tpotNs'), 'null') in ('number', 'null')
      and query ->> 'promptTokens' ~ '^\d{1,15}$' and query ->> 'outputTokens' ~ '^\d{1,15}$'
      and query ->> 'ttftNs' ~ '^\d{1,15}$' and query ->> 'totalNs' ~ '^\d{1,15}$'
      and query ->> 'promptTokens' <> '0'
      and (query ->> 'totalNs')::bigint >= (query ->> 'ttftNs')::bigint, false)) fine
  into v_all from jsonb_array_elements(p #> '{generation,queries}') query;
  if not v_all.fine then perform private.not_recomputable('a generation has times or tokens that cannot be'); end if;
  select
    percentile_disc(0.5) within group (order by ttft) ttft,
    percentile_disc(0.5) within group (order by floor(tpot + 0.5)) tpot,
    sum(prompt) prompt, sum(output - 1) output, sum(ttft) first_ns, sum(total - ttft) rest_ns
  into v_all
  from (
    select
      (query ->> 'promptTokens')::double precision prompt, (query ->> 'outputTokens')::double precision output,
      (query ->> 'ttftNs')::double precision ttft, (query ->> 'totalNs')::double precision total,
      -- Within a nanosecond of what the two times give, each of which was rounded to one.
      case when (query ->> 'outputTokens')::bigint < 2 or jsonb_typeof(query -> 'tpotNs') = 'null' then 0 else
        least(greatest((query ->> 'tpotNs')::double precision, (rest - 1) / (output - 1), 0), greatest((rest + 1) / (output - 1), 0))
      end tpot
    from jsonb_array_elements(p #> '{generation,queries}') query,
      lateral (select
        (query ->> 'totalNs')::double precision - (query ->> 'ttftNs')::double precision rest,
        (query ->> 'outputTokens')::double precision output) one
  ) part;
  return jsonb_build_object(
    'time-to-first-token', v_all.ttft, 'time-per-token', v_all.tpot,
    'output-tokens', case when v_all.rest_ns = 0 then 0 else v_all.output / (v_all.rest_ns / 1e9::double precision) end,
    'prompt-tokens', case when v_all.first_ns = 0 then 0 else v_all.prompt / (v_all.first_ns / 1e9::double precision) end);
end $$;

-- Every measure of one launch (shared/benchmark/measures.ts) that its scenario has.
create function private.launch_values(p_measured jsonb, p_scenario jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  v_kind text := p_scenario ->> 'kind';
  v_values jsonb := jsonb_build_object(
    'load', private.measured_number(p_measured, '{loadMs}'),
    'first-inference', private.measured_number(p_measured, '{firstInferenceMs}'),
    'memory', greatest(0, private.measured_count(p_measured, '{resources,rssPeakBytes}')
      - private.measured_count(p_measured, '{resources,rssBaseBytes}')));
begin
  if coalesce(jsonb_typeof(p_measured #> '{resources,energyJoules}'), 'null') <> 'null' then
    v_values := v_values
      || jsonb_build_object('energy', private.measured_number(p_measured, '{resources,energyJoules}'));
  end if;
  return v_values || case
    when v_kind in ('single-stream', 'multi-stream') and jsonb_typeof(p_measured -> 'latency') = 'object' then
      private.latency_values(p_measured)
    when v_kind = 'offline' and jsonb_typeof(p_measured -> 'batches') = 'array' then private.batch_values(p_measured)
    when v_kind = 'server' and jsonb_typeof(p_measured -> 'server') = 'object' then
      private.server_values(p_measured, (p_scenario ->> 'percentile')::double precision)
    when v_kind = 'generation' and jsonb_typeof(p_measured -> 'generation') = 'object' then
      private.generation_values(p_measured)
    else '{}' end;
end $$;

-- The launches that count, in the order of their blocks: the last of each place, where it was measured
-- to its end (shared/benchmark/counted.ts). `noisy`: others had the processor (noisy.ts).
create function private.counted_launches(p_result jsonb)
returns table (place bigint, measured jsonb, noisy boolean)
language sql stable set search_path = '' as $$
  select row_number() over (order by block, index), measured,
    least((measured #>> '{canary,before,cpuShare}')::double precision,
      (measured #>> '{canary,after,cpuShare}')::double precision) < 0.95
    or (p_result #>> '{scenario,kind}' in ('single-stream', 'multi-stream')
      and (p_result #>> '{engine,threads}')::int = 1
      and (measured #>> '{resources,cpuShare}')::double precision < 0.95)
  from (
    select distinct on ((launch ->> 'block')::bigint)
      (launch ->> 'block')::bigint block, (launch ->> 'index')::bigint index,
      launch -> 'measured' measured, launch #>> '{ending,kind}' ending
    from jsonb_array_elements(p_result -> 'launches') launch
    order by (launch ->> 'block')::bigint, (launch ->> 'index')::bigint desc
  ) last
  where ending = 'ok' and jsonb_typeof(measured) = 'object'
$$;

-- A: every look was ok. B: something could not be seen. C: not quiet (shared/benchmark/grade.ts).
create function private.result_grade(p_result jsonb, p_noisy boolean) returns text
language sql stable set search_path = '' as $$
  with looks as (
    select reading, place,
      place = (select max(place) from jsonb_array_elements(p_result -> 'quiet') with ordinality r (reading, place)
        where reading ->> 'beforeLaunch' = '0')
      or place = jsonb_array_length(p_result -> 'quiet') whole
    from jsonb_array_elements(p_result -> 'quiet') with ordinality r (reading, place)
  ), checks as (
    select seen ->> 'state' state from looks, jsonb_array_elements(reading -> 'checks') seen
    where whole or seen ->> 'check' in ('governor', 'power', 'thermal')
  )
  select case
    when p_noisy or jsonb_array_length(p_result -> 'quiet') = 0
      or exists (select from checks where state not in ('ok', 'unknown')) then 'C'
    when exists (select from checks where state = 'unknown') then 'B'
    else 'A' end
$$;

-- The median over launches with the interval between two order statistics that holds whatever the
-- distribution is, and what it achieves: 1 - 2 P[Bin(n, 1/2) < k] (shared/benchmark/summarise.ts).
create function private.figure_of(p_measure text, p_values double precision[]) returns jsonb
language plpgsql immutable set search_path = '' as $$
declare
  v_sorted double precision[] := array(select value from unnest(p_values) value order by value);
  v_count int := cardinality(p_values);
  v_k int := 1;
  -- Chance of exactly k - 1 heads, and of at most as many.
  v_term double precision := 2.0::double precision ^ (-v_count);
  v_below double precision := v_term;
  v_next double precision;
begin
  if v_count = 0 then return null; end if;
  while v_k < v_count / 2 loop
    v_term := v_term * (v_count - v_k + 1) / v_k;
    v_next := v_below + v_term;
    exit when 1 - 2 * v_next < 0.95;
    v_below := v_next;
    v_k := v_k + 1;
  end loop;
  return jsonb_build_object(
    'measure', p_measure,
    'estimate', (select percentile_cont(0.5) within group (order by value) from unnest(p_values) value),
    'lower', v_sorted[v_k], 'upper', v_sorted[v_count - v_k + 1],
    'confidence', case when v_count > 1 then greatest(0, 1 - 2 * v_below) end,
    'values', to_jsonb(p_values));
end $$;

-- All figures of a result in the order of MEASURES.
create function private.figures_of(p_values jsonb) returns jsonb
language sql immutable set search_path = '' as $$
  select coalesce(jsonb_agg(figure order by rank), '[]')
  from unnest(array[
    'latency-p50', 'latency-p90', 'latency-p95', 'latency-p99', 'throughput', 'server-rate',
    'time-to-first-token', 'time-per-token', 'output-tokens', 'prompt-tokens', 'load', 'first-inference',
    'memory', 'cpu-per-query', 'energy'
  ]) with ordinality measures (measure, rank),
    lateral (select private.figure_of(measure, array(
      select (launch ->> measure)::double precision
      from jsonb_array_elements(p_values) with ordinality launches (launch, place)
      where launch ? measure order by place
    )) figure) one
  where figure is not null
$$;

-- 'Intel Xeon Platinum 8370C · 2 cores · onnxruntime-node 1.30' (shared/benchmark/environment-stamp.ts).
create function private.hardware_class(p_environment jsonb, p_engine jsonb) returns text
language sql immutable set search_path = '' as $$
  select format('%s · %s %s · %s %s',
    btrim(regexp_replace(regexp_replace(regexp_replace(p_environment #>> '{cpu,model}',
      '\((R|TM|C)\)', '', 'gi'), '@.*$|\y(CPU|Processor)\y|\y\d+-Core\y', '', 'gi'), '\s+', ' ', 'g')),
    cores, case when cores = '1' then 'core' else 'cores' end, p_engine ->> 'name',
    array_to_string((string_to_array(p_engine ->> 'version', '.'))[1:2], '.'))
  from (select coalesce(p_environment #>> '{cpu,physicalCores}', p_environment #>> '{cpu,logicalCores}') cores) one
$$;

-- JSON with sorted keys and no blanks (shared/scan-report/canonical-json.ts).
create function private.canonical_json(p jsonb) returns text language plpgsql immutable set search_path = '' as $$
begin
  return case jsonb_typeof(p)
    when 'object' then '{' || coalesce((
      select string_agg(to_json(key) || ':' || private.canonical_json(value), ',' order by key collate "C")
      from jsonb_each(p)), '') || '}'
    when 'array' then '[' || coalesce((
      select string_agg(private.canonical_json(value), ',' order by place)
      from jsonb_array_elements(p) with ordinality part (value, place)), '') || ']'
    when 'number' then trim_scale((p #>> '{}')::numeric)::text
    else p::text end;
end $$;

grant execute on function private.not_recomputable(text),
  private.measured_number(jsonb, text[], double precision), private.measured_count(jsonb, text[]),
  private.nearest_rank(bigint, double precision), private.percentiles_of(text),
  private.require_within_raw(bigint, bigint, bigint, bigint, double precision),
  private.log_gamma(double precision), private.binomial_cdf(bigint, bigint, double precision),
  private.rate_holds(bigint, bigint, double precision), private.latency_values(jsonb), private.batch_values(jsonb),
  private.server_values(jsonb, double precision), private.generation_values(jsonb),
  private.launch_values(jsonb, jsonb), private.counted_launches(jsonb), private.result_grade(jsonb, boolean),
  private.figure_of(text, double precision[]), private.figures_of(jsonb), private.hardware_class(jsonb, jsonb),
  private.canonical_json(jsonb)
to console_api;
update private.workspace set schema_version = '20261201000510';
