-- Results, boards and disputes as they are shown. Policies decide which rows.

-- Rows in the order of the ids.
create function private.result_rows(p_ids uuid[]) returns jsonb
language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'id', r.id, 'versionId', r.version_id, 'listingId', r.listing_id, 'name', l.name, 'version', v.number,
    'seller', private.person_of(s), 'modelSha256', r.model_sha256,
    'suite', jsonb_build_object('id', r.suite_id, 'version', r.suite_version, 'category', r.category),
    'scenario', r.scenario,
    'engine', jsonb_build_object('name', r.engine_name, 'version', r.engine_version, 'threads', r.threads),
    'hardwareClass', r.hardware_class, 'fingerprint', r.fingerprint, 'grade', r.grade, 'level', r.level,
    'launches', r.launches, 'figures', r.figures, 'accuracy', r.accuracy, 'memoryBytes', r.memory_bytes,
    'state', r.state, 'measuredAt', r.measured_at, 'receivedAt', r.received_at
  ) order by wanted.place), '[]')
  from unnest(p_ids) with ordinality wanted (id, place)
  join public.benchmark_results r on r.id = wanted.id
  join public.model_versions v on v.id = r.version_id
  join public.listings l on l.id = r.listing_id
  join public.profiles s on s.id = r.seller_id
$$;

create function private.read_list_results(p jsonb) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_listing uuid := private.uuid_or_null(p, 'p_listing_id');
  v_limit int := private.int_of(p, 'p_limit', 1, 100);
  v_after jsonb := private.cursor_of(p);
  v_at timestamptz := 'infinity';
  v_id uuid := 'ffffffff-ffff-ffff-ffff-ffffffffffff';
  v_ids uuid[];
  v_ats timestamptz[];
begin
  perform private.signed_in();
  if v_after is not null then
    begin
      v_at := (v_after ->> 0)::timestamptz;
      v_id := (v_after ->> 1)::uuid;
    exception when others then perform private.invalid('p_after', 'it is no place in this list');
    end;
  end if;
  if v_listing is not null then
    select array_agg(id order by received_at desc, id desc), array_agg(received_at order by received_at desc, id desc)
    into v_ids, v_ats from (
      select r.id, r.received_at from public.benchmark_results r
      where r.listing_id = v_listing and (r.received_at, r.id) < (v_at, v_id)
      order by r.received_at desc, r.id desc limit v_limit + 1
    ) page;
  else
    select array_agg(id order by received_at desc, id desc), array_agg(received_at order by received_at desc, id desc)
    into v_ids, v_ats from (
      select r.id, r.received_at from public.benchmark_results r
      where r.seller_id = private.uid() and (r.received_at, r.id) < (v_at, v_id)
      order by r.received_at desc, r.id desc limit v_limit + 1
    ) page;
  end if;
  return jsonb_build_object(
    'rows', private.result_rows(v_ids[1:v_limit]),
    'next', case when cardinality(v_ids) > v_limit then
      jsonb_build_array(v_ats[v_limit], v_ids[v_limit])::text end);
end $$;

create function private.read_list_boards() returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  perform private.signed_in();
  return jsonb_build_object('rows', coalesce((
    select jsonb_agg(jsonb_build_object(
      'suiteId', b.suite_id, 'suiteVersion', b.suite_version, 'category', b.category,
      'scenario', b.scenario, 'threads', b.threads,
      'hardwareClasses', coalesce((
        select jsonb_agg(m.member order by m.results desc, m.member) from (
          select member, results from private.board_members
          where suite_id = b.suite_id and suite_version = b.suite_version and scenario = b.scenario
            and threads = b.threads and kind = 'machine' and results > 0
          order by results desc, member limit 200
        ) m), '[]'),
      'models', b.models, 'results', b.results
    ) order by b.results desc, b.suite_id, b.suite_version, b.scenario, b.threads)
    from (select * from private.boards where results > 0 order by results desc limit 500) b), '[]'));
end $$;

-- The best 500: a reader ranks them, and nobody reads further.
create function private.read_get_board(p jsonb) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_suite text := private.text_of(p, 'p_suite_id', 1, 123);
  v_version text := private.text_of(p, 'p_suite_version', 1, 50);
  v_scenario text := private.word_of(p, 'p_scenario',
    array['single-stream', 'offline', 'multi-stream', 'server', 'generation']);
  v_threads int := private.int_of(p, 'p_threads', 1, 1024);
  v_class text := private.text_or_null(p, 'p_hardware_class', 1, 200);
  v_ids uuid[];
begin
  perform private.signed_in();
  if v_class is null then
    v_ids := array(
      select id from public.benchmark_results
      where suite_id = v_suite and suite_version = v_version and scenario = v_scenario
        and threads = v_threads and ranked
      order by headline limit 500);
  else
    v_ids := array(
      select id from public.benchmark_results
      where suite_id = v_suite and suite_version = v_version and scenario = v_scenario
        and threads = v_threads and hardware_class = v_class and ranked
      order by headline limit 500);
  end if;
  return jsonb_build_object('rows', private.result_rows(v_ids));
end $$;

create function private.read_list_disputes() returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.signed_in();
  v_staff boolean := private.may('results.review');
  v_ids uuid[];
begin
  if v_staff then
    select array_agg(id) into v_ids from (
      (select id from public.result_disputes where state = 'open' order by created_at desc, id desc limit 300)
      union all
      (select id from public.result_disputes where state = 'upheld' order by created_at desc, id desc limit 100)
      union all
      (select id from public.result_disputes where state = 'rejected' order by created_at desc, id desc limit 100)
    ) part;
  else
    select array_agg(distinct id) into v_ids from (
      (select id from public.result_disputes where seller_id = v_me order by created_at desc limit 200)
      union all
      (select id from public.result_disputes where disputed_by = v_me order by created_at desc limit 200)
    ) part;
  end if;
  return jsonb_build_object('rows', coalesce((
    select jsonb_agg(jsonb_build_object(
      'id', d.id, 'resultId', d.result_id,
      -- Not told to whom it is about, except by who disputed.
      'by', case when v_staff or d.disputed_by = v_me then private.person_of(s) end,
      'reason', d.reason, 'state', d.state, 'decision', d.decision,
      'createdAt', d.created_at, 'decidedAt', d.decided_at
    ) order by d.state = 'open' desc, d.created_at desc, d.id)
    from public.result_disputes d join public.profiles s on s.id = d.disputed_by
    where d.id = any (v_ids)), '[]'));
end $$;

create function public.list_results(p_listing_id text, p_after text, p_limit int) returns jsonb
language sql stable security invoker set search_path = '' as $$
  select private.read_list_results(
    jsonb_build_object('p_listing_id', p_listing_id, 'p_after', p_after, 'p_limit', p_limit))
$$;
create function public.list_boards() returns jsonb
language sql stable security invoker set search_path = '' as $$ select private.read_list_boards() $$;
create function public.get_board(
  p_suite_id text, p_suite_version text, p_scenario text, p_threads int, p_hardware_class text
) returns jsonb language sql stable security invoker set search_path = '' as $$
  select private.read_get_board(jsonb_build_object(
    'p_suite_id', p_suite_id, 'p_suite_version', p_suite_version, 'p_scenario', p_scenario,
    'p_threads', p_threads, 'p_hardware_class', p_hardware_class))
$$;
create function public.list_disputes() returns jsonb
language sql stable security invoker set search_path = '' as $$ select private.read_list_disputes() $$;

grant execute on function private.read_list_results(jsonb), private.read_list_boards(),
  private.read_get_board(jsonb), private.read_list_disputes(), public.list_results(text, text, int),
  public.list_boards(), public.get_board(text, text, text, int, text), public.list_disputes()
to authenticated;
update private.workspace set schema_version = '20261201000540';
select private.hand_over();
