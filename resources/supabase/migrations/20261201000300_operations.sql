-- Operations: what this server is, its limits, and the accountable log.
create policy rate_rules_change on private.rate_rules for update to console_api
  using ((select private.may('limits.manage'))) with check (changed_by = (select auth.uid()));
alter policy rate_usage_read on private.rate_usage
  using (actor = (select private.actor()) or (select private.may('limits.read')));
create policy events_read on private.events for select to console_api
  using ((select private.may('audit.read')));

create function private.read_server_info(p jsonb) returns jsonb
language sql stable security definer set search_path = '' as $$
  select pg_catalog.jsonb_build_object(
    'schemaVersion', w.schema_version, 'minClient', w.min_client, 'rulesVersion', w.rules_version,
    'serverTime', pg_catalog.clock_timestamp(), 'feedEpoch', w.feed_epoch,
    'withoutAdmin', private.without_admin(), 'sample', w.sample
  ) from private.workspace w
$$;

create function private.read_list_limits(p jsonb) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  -- 24 whole hours, the present one included.
  v_first timestamptz := pg_catalog.date_trunc('hour', pg_catalog.now(), 'UTC') - interval '23 hours';
begin
  perform private.require('limits.read');
  return pg_catalog.jsonb_build_object('rows', (
    -- Grouped and sorted by number: thousands of equal names take twice as long to compare.
    with rules as (
      select r.*, pg_catalog.row_number() over (order by r.rpc)::int as nr from private.rate_rules r
    ), used as materialized (
      select r.nr, u.actor, u.hour, u.calls, u.refused, u.failed
      from private.rate_usage u join rules r on r.rpc = u.rpc where u.hour >= v_first
    ), by_caller as materialized (
      select u.nr, u.actor, sum(u.calls) as calls, sum(u.refused) as refused, sum(u.failed) as failed
      from used u group by u.nr, u.actor
    ), by_hour as (
      select u.nr, u.hour, sum(u.calls) as calls, sum(u.refused) as refused
      from used u group by u.nr, u.hour
    ), total as (
      select c.nr, sum(c.calls) as calls, sum(c.refused) as refused, sum(c.failed) as failed,
        count(*) as callers
      from by_caller c group by c.nr
    ), top as (
      select c.nr, pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
        'person', c.person, 'calls', c.calls, 'refused', c.refused) order by c.place) as callers
      from (
        -- Looked up one by one: a join would read everybody for five.
        select b.*, (select private.person_of(f) from public.profiles f where f.id = b.actor) as person
        from (
          select c.*,
            pg_catalog.row_number() over (partition by c.nr order by c.calls desc, c.actor) as place
          from by_caller c
        ) b where b.place <= 5
      ) c
      -- Service calls have no person.
      where c.person is not null group by c.nr
    ), hours as (
      select r.nr, pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
        'at', h.at, 'calls', coalesce(b.calls, 0), 'refused', coalesce(b.refused, 0)) order by h.at) as list
      from rules r
      cross join pg_catalog.generate_series(v_first, v_first + interval '23 hours', interval '1 hour') h(at)
      left join by_hour b on b.nr = r.nr and b.hour = h.at
      group by r.nr
    )
    select pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
      'rpc', r.rpc, 'burst', r.burst, 'perMinute', r.per_minute,
      'calls', coalesce(t.calls, 0), 'refused', coalesce(t.refused, 0), 'failed', coalesce(t.failed, 0),
      'callers', coalesce(t.callers, 0), 'hours', h.list, 'topCallers', coalesce(o.callers, '[]'),
      'before', case when r.burst_before is not null then
        pg_catalog.jsonb_build_object('burst', r.burst_before, 'perMinute', r.per_minute_before) end,
      'changedAt', r.changed_at
    ) order by r.rpc)
    from rules r join hours h on h.nr = r.nr
    left join total t on t.nr = r.nr left join top o on o.nr = r.nr
  ));
end $$;

-- Plays the noted calls of one caller against a bucket, minute by minute: within a minute their order is
-- not kept, so what is noted for it comes at once, after the refill. Returns the calls it refuses.
create function private.replay_bucket(p_minutes int[], p_burst double precision, p_per_minute double precision)
returns int language plpgsql immutable set search_path = '' as $$
declare
  v_tokens double precision := p_burst;
  v_refused int := 0;
  v_calls int;
  v_served int;
begin
  foreach v_calls in array p_minutes loop
    v_tokens := least(p_burst, v_tokens + p_per_minute);
    if v_calls > 0 then
      v_served := least(v_calls, pg_catalog.floor(v_tokens)::int);
      v_tokens := v_tokens - v_served;
      v_refused := v_refused + v_calls - v_served;
    end if;
  end loop;
  return v_refused;
end $$;

create function private.read_preview_limit(p jsonb) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_first timestamptz := pg_catalog.date_trunc('hour', pg_catalog.now(), 'UTC') - interval '23 hours';
  v_rpc text := private.text_of(p, 'p_rpc', 1, 100);
  v_burst double precision := private.int_of(p, 'p_burst', 1, 100000);
  v_per_minute double precision := private.number_of(p, 'p_per_minute', 0.01, 1000000);
  v_result jsonb;
begin
  perform private.require('limits.read');
  if not exists (select from private.rate_rules where rpc = v_rpc) then
    perform private.reject(404, 'not_found', '{"what": "limit"}');
  end if;
  with used as (
    select u.actor, sum(u.calls) as calls, sum(u.refused) as refused,
      max((select max(m) from pg_catalog.unnest(u.minutes) m)) as busiest
    from private.rate_usage u where u.rpc = v_rpc and u.hour >= v_first group by u.actor
  ), replayed as (
    select used.*, case
      -- Never more in a minute than comes back in one, and than fits: nothing can be refused.
      when used.busiest <= least(v_per_minute, v_burst) then 0
      else (
        select private.replay_bucket(
          pg_catalog.array_agg(coalesce(u.minutes[m.n], 0) order by h.at, m.n), v_burst, v_per_minute
        )
        from pg_catalog.generate_series(v_first, v_first + interval '23 hours', interval '1 hour') h(at)
        cross join pg_catalog.generate_series(1, 60) m(n)
        left join private.rate_usage u on u.rpc = v_rpc and u.actor = used.actor and u.hour = h.at
      ) end as refused_then
    from used
  )
  select pg_catalog.jsonb_build_object(
    'calls', coalesce(sum(r.calls), 0), 'refusedNow', coalesce(sum(r.refused), 0),
    'refusedThen', coalesce(sum(r.refused_then), 0),
    'callersThen', count(*) filter (where r.refused_then > 0)
  ) into v_result from replayed r;
  return v_result;
end $$;

create function private.do_save_limit(p jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_rpc text := private.text_of(p, 'p_rpc', 1, 100);
  v_burst int := private.int_of(p, 'p_burst', 1, 100000);
  v_per_minute double precision := private.number_of(p, 'p_per_minute', 0.01, 1000000);
  v_reason text := private.reason_of(p);
  v_rule private.rate_rules;
begin
  perform private.require('limits.manage');
  -- Who locks this function out cannot undo it.
  if v_rpc = 'save_limit' and (v_burst < 5 or v_per_minute < 1) then
    perform private.invalid('p_burst', 'this function needs at least 5 calls at once and 1 in a minute');
  end if;
  select * into v_rule from private.rate_rules where rpc = v_rpc for update;
  if v_rule.rpc is null then perform private.reject(404, 'not_found', '{"what": "limit"}'); end if;
  update private.rate_rules set
    burst = v_burst, per_minute = v_per_minute, burst_before = v_rule.burst,
    per_minute_before = v_rule.per_minute, changed_at = pg_catalog.now(), changed_by = private.uid()
  where rpc = v_rpc;
  perform private.record('limit.changed', 'limit', null, pg_catalog.jsonb_build_object(
    'rpc', v_rpc, 'burst', v_burst, 'perMinute', v_per_minute, 'reason', v_reason,
    'before', pg_catalog.jsonb_build_object('burst', v_rule.burst, 'perMinute', v_rule.per_minute)
  ));
  return pg_catalog.jsonb_build_object('rpc', v_rpc, 'burst', v_burst, 'perMinute', v_per_minute);
end $$;

create function private.read_list_audit(p jsonb) returns jsonb
language plpgsql stable security definer set search_path = '' set plan_cache_mode = 'force_custom_plan' as $$
declare
  v_kind text := private.text_or_null(p, 'p_kind', 1, 100);
  v_actor uuid := private.uuid_or_null(p, 'p_actor');
  v_subject uuid := private.uuid_or_null(p, 'p_subject');
  -- The cursor is the id of the last line of the page before.
  v_after bigint := coalesce(private.text_or_null(p, 'p_after', 1, 18, '^\d+$'), '9223372036854775807');
  v_limit int := private.int_of(p, 'p_limit', 1, 100);
  v_rows jsonb;
begin
  perform private.require('audit.read');
  select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
    'id', e.id, 'at', e.at,
    -- Looked up one by one: a join would read everybody for a page.
    'actor', (select private.person_of(f) from public.profiles f where f.id = e.actor),
    'kind', e.kind, 'subjectType', e.subject_type, 'subject', e.subject,
    'operationId', e.operation_id, 'body', e.body
  ) order by e.id desc), '[]') into v_rows
  from (
    select * from private.events
    where id < v_after and (v_kind is null or kind = v_kind) and (v_actor is null or actor = v_actor)
      and (v_subject is null or subject = v_subject)
    order by id desc limit v_limit
  ) e;
  return pg_catalog.jsonb_build_object('rows', v_rows, 'next', case
    when pg_catalog.jsonb_array_length(v_rows) = v_limit then v_rows -> -1 ->> 'id' end);
end $$;

create function public.server_info() returns jsonb
language sql stable security invoker set search_path = '' as $$ select private.read_server_info('{}') $$;
create function public.list_limits() returns jsonb
language sql stable security invoker set search_path = '' as $$ select private.read_list_limits('{}') $$;
create function public.preview_limit(p_rpc text, p_burst int, p_per_minute double precision) returns jsonb
language sql stable security invoker set search_path = '' as $$
  select private.read_preview_limit(pg_catalog.jsonb_build_object(
    'p_rpc', p_rpc, 'p_burst', p_burst, 'p_per_minute', p_per_minute))
$$;
create function public.save_limit(
  p_op uuid, p_rpc text, p_burst int, p_per_minute double precision, p_reason text
) returns jsonb language sql volatile security invoker set search_path = '' as $$
  select private.run('save_limit', p_op, pg_catalog.jsonb_build_object(
    'p_rpc', p_rpc, 'p_burst', p_burst, 'p_per_minute', p_per_minute, 'p_reason', p_reason))
$$;
create function public.list_audit(p_kind text, p_actor text, p_subject text, p_after text, p_limit int) returns jsonb
language sql stable security invoker set search_path = '' as $$
  select private.read_list_audit(pg_catalog.jsonb_build_object('p_kind', p_kind, 'p_actor', p_actor,
    'p_subject', p_subject, 'p_after', p_after, 'p_limit', p_limit))
$$;
insert into private.rate_rules (rpc, burst, per_minute) values ('save_limit', 30, 30);
grant execute on function private.replay_bucket(int[], double precision, double precision) to console_api;
grant execute on function private.read_server_info(jsonb), public.server_info() to anon, authenticated, service_role;
grant execute on function private.read_list_limits(jsonb), private.read_preview_limit(jsonb),
  private.read_list_audit(jsonb), public.list_limits(), public.preview_limit(text, int, double precision),
  public.save_limit(uuid, text, int, double precision, text),
  public.list_audit(text, text, text, text, int) to authenticated;

update private.workspace set schema_version = '20261201000300';
select private.hand_over();
