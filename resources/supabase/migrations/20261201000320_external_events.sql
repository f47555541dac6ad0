-- What other systems know: sales, refunds, disputes, logins, payments. They send batches under the service
-- credential, signed with a secret of their own, so that the credential alone invents no sale.
create table private.event_sources (
  name text primary key check (name ~ '^[a-z0-9-]{1,40}$'),
  -- Shared with the sender. Written by the owner of the schema only, read by private.sign_batch only.
  secret bytea not null check (length(secret) between 16 and 1024),
  enabled boolean not null default true,
  created_at timestamptz not null default now()
);
create table public.external_events (
  id uuid primary key,
  source text not null references private.event_sources (name),
  kind text not null check (kind in ('sale', 'refund', 'dispute', 'login', 'payment')),
  person_id uuid not null references public.profiles (id),
  listing_id uuid,
  occurred_at timestamptz not null,
  body jsonb not null,
  received_at timestamptz not null default now()
);
create index external_events_source_idx on public.external_events (source);
create index external_events_person_idx on public.external_events (person_id, occurred_at desc);
create index external_events_listing_idx on public.external_events (listing_id, occurred_at desc);
create trigger external_events_append_only before update or delete on public.external_events
  for each row execute function private.forbid_change();
create trigger external_events_no_truncate before truncate on public.external_events
  for each statement execute function private.forbid_change();

alter table private.event_sources enable row level security;
alter table public.external_events enable row level security;
grant select, insert on public.external_events to console_api;
create policy external_events_read on public.external_events for select to console_api using (
  person_id = (select auth.uid()) or (select private.may('audit.read')) or (select private.is_service())
);
create policy external_events_record on public.external_events for insert to console_api
  with check ((select private.is_service()));

-- HMAC-SHA256 (RFC 2104) over the sha256() of the core, so that no extension is needed.
create function private.hmac_sha256(p_key bytea, p_message bytea) returns bytea
language plpgsql immutable set search_path = '' as $$
declare
  v_key bytea := case when pg_catalog.length(p_key) > 64 then pg_catalog.sha256(p_key) else p_key end;
  v_inner bytea := pg_catalog.decode(pg_catalog.repeat('36', 64), 'hex');
  v_outer bytea := pg_catalog.decode(pg_catalog.repeat('5c', 64), 'hex');
begin
  for i in 0 .. pg_catalog.length(v_key) - 1 loop
    v_inner := pg_catalog.set_byte(v_inner, i, pg_catalog.get_byte(v_key, i) # 54);
    v_outer := pg_catalog.set_byte(v_outer, i, pg_catalog.get_byte(v_key, i) # 92);
  end loop;
  return pg_catalog.sha256(v_outer || pg_catalog.sha256(v_inner || p_message));
end $$;

-- Null for a source that is unknown or switched off.
create function private.sign_batch(p_source text, p_batch text) returns bytea
language sql stable security definer set search_path = '' as $$
  select private.hmac_sha256(s.secret, pg_catalog.convert_to(p_batch, 'UTF8'))
  from private.event_sources s where s.name = p_source and s.enabled
$$;
comment on function private.sign_batch(text, text) is 'owned by the schema on purpose';

-- The source that a local workspace has for its owner, and its secret. Granted to nobody: only the owner
-- of the schema calls it.
create function private.local_event_source() returns text
language plpgsql volatile set search_path = '' as $$
begin
  insert into private.event_sources (name, secret)
  values ('local', pg_catalog.sha256(
    pg_catalog.uuid_send(pg_catalog.gen_random_uuid()) || pg_catalog.uuid_send(pg_catalog.gen_random_uuid())))
  on conflict do nothing;
  return (select pg_catalog.encode(s.secret, 'hex') from private.event_sources s where s.name = 'local');
end $$;

create function private.require_service() returns void
language plpgsql stable set search_path = '' as $$
begin
  if not private.is_service() then
    perform private.reject(403, 'permission_required', '{"permission": "the service credential"}');
  end if;
end $$;

-- One event of a batch, checked. `p_at` names it in a refusal.
create function private.check_external_event(p_event jsonb, p_at text) returns public.external_events
language plpgsql stable set search_path = '' as $$
declare
  v_row public.external_events;
  v_key text;
  v_value jsonb;
begin
  if pg_catalog.jsonb_typeof(p_event) <> 'object' then perform private.invalid(p_at, 'it is no object'); end if;
  v_row.id := private.uuid_of(p_event, 'id');
  v_row.kind := private.word_of(p_event, 'kind', array['sale', 'refund', 'dispute', 'login', 'payment']);
  v_row.person_id := private.uuid_of(p_event, 'personId');
  v_row.listing_id := private.uuid_or_null(p_event, 'listingId');
  v_row.occurred_at := private.instant_or_null(p_event, 'occurredAt');
  if v_row.occurred_at is null then perform private.invalid('occurredAt', 'it is missing'); end if;
  v_row.body := p_event -> 'body';
  if v_row.body is null or pg_catalog.jsonb_typeof(v_row.body) <> 'object' then
    perform private.invalid('body', 'it is no object');
  end if;
  if pg_catalog.length(v_row.body::text) > 10000 then perform private.invalid('body', 'it is too long'); end if;
  for v_key, v_value in select * from pg_catalog.jsonb_each(v_row.body) loop
    if pg_catalog.jsonb_typeof(v_value) in ('object', 'array') or pg_catalog.char_length(v_value #>> '{}') > 500 then
      perform private.invalid('body', 'it has a value that is nested or longer than 500 characters');
    end if;
  end loop;
  return v_row;
end $$;

create function private.do_record_events(p jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_source text := private.text_of(p, 'p_source', 1, 40, '^[a-z0-9-]{1,40}$');
  v_signature text := private.text_of(p, 'p_signature', 64, 64, '^[0-9a-f]{64}$');
  v_batch text := p ->> 'p_batch';
  v_expected bytea;
  v_events jsonb;
  v_row public.external_events;
  v_known public.external_events;
  v_index int := 0;
  v_recorded int := 0;
  v_total int;
begin
  perform private.require_service();
  if pg_catalog.length(coalesce(v_batch, '')) > 5000000 then
    perform private.reject(413, 'too_large', '{"limit": 5000000}');
  end if;
  v_expected := private.sign_batch(v_source, v_batch);
  -- Compared by hash: how long it takes says nothing about how much was right.
  if v_expected is null
    or pg_catalog.sha256(v_expected) <> pg_catalog.sha256(pg_catalog.decode(v_signature, 'hex'))
  then
    perform private.reject(403, 'bad_signature');
  end if;
  begin
    v_events := v_batch::jsonb;
  exception when others then
    perform private.invalid('p_batch', 'it is no JSON');
  end;
  if pg_catalog.jsonb_typeof(v_events) <> 'array' then perform private.invalid('p_batch', 'it is no list'); end if;
  v_total := pg_catalog.jsonb_array_length(v_events);
  if v_total > 10000 then perform private.invalid('p_batch', 'it has more than 10000 events'); end if;
  while v_index < v_total loop
    v_row := private.check_external_event(v_events -> v_index, pg_catalog.format('p_batch[%s]', v_index));
    if not exists (select from public.profiles where id = v_row.person_id) then
      perform private.reject(404, 'not_found', pg_catalog.jsonb_build_object('what', 'person ' || v_row.person_id));
    end if;
    insert into public.external_events (id, source, kind, person_id, listing_id, occurred_at, body)
    values (v_row.id, v_source, v_row.kind, v_row.person_id, v_row.listing_id, v_row.occurred_at, v_row.body)
    on conflict (id) do nothing;
    if found then
      v_recorded := v_recorded + 1;
    else
      select * into v_known from public.external_events where id = v_row.id;
      if (v_known.source, v_known.kind, v_known.person_id, v_known.occurred_at, v_known.body)
        <> (v_source, v_row.kind, v_row.person_id, v_row.occurred_at, v_row.body)
        or v_known.listing_id is distinct from v_row.listing_id
      then
        perform private.reject(409, 'already_exists',
          pg_catalog.jsonb_build_object('what', 'event ' || v_row.id || ', with other content,'));
      end if;
    end if;
    v_index := v_index + 1;
  end loop;
  perform private.record('events.recorded', 'source', null, pg_catalog.jsonb_build_object(
    'source', v_source, 'recorded', v_recorded, 'known', v_total - v_recorded));
  return pg_catalog.jsonb_build_object('recorded', v_recorded, 'known', v_total - v_recorded);
end $$;

-- What the function `verify-passport` found. Bodies come with the tables they are about.
create function private.do_record_verification(p jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_subject text := private.word_of(p, 'p_subject', array['report', 'result']);
  v_id uuid := private.uuid_of(p, 'p_id');
  v_outcome text := private.word_of(p, 'p_outcome', array['signed', 'invalid']);
  v_key text := private.text_or_null(p, 'p_key_id', 1, 200);
  v_detail text := private.text_of(p, 'p_detail', 0, 2000, null, true);
  v_level text;
begin
  perform private.require_service();
  case v_subject
    when 'report' then v_level := private.set_report_level(v_id, v_outcome, v_key, v_detail);
    when 'result' then v_level := private.set_result_level(v_id, v_outcome, v_key, v_detail);
  end case;
  return pg_catalog.jsonb_build_object('id', v_id, 'level', v_level);
end $$;

create function public.record_events(p_op uuid, p_source text, p_batch text, p_signature text) returns jsonb
language sql volatile security invoker set search_path = '' as $$
  select private.run('record_events', p_op, pg_catalog.jsonb_build_object(
    'p_source', p_source, 'p_batch', p_batch, 'p_signature', p_signature))
$$;
create function public.record_verification(
  p_op uuid, p_subject text, p_id text, p_outcome text, p_key_id text, p_detail text
) returns jsonb language sql volatile security invoker set search_path = '' as $$
  select private.run('record_verification', p_op, pg_catalog.jsonb_build_object('p_subject', p_subject,
    'p_id', p_id, 'p_outcome', p_outcome, 'p_key_id', p_key_id, 'p_detail', p_detail))
$$;
insert into private.rate_rules (rpc, burst, per_minute) values
  ('record_events', 120, 120), ('record_verification', 600, 600);
grant execute on function private.hmac_sha256(bytea, bytea), private.sign_batch(text, text),
  private.require_service(), private.check_external_event(jsonb, text) to console_api;
-- Also to people, who are refused in words, counted and logged.
grant execute on function public.record_events(uuid, text, text, text),
  public.record_verification(uuid, text, text, text, text, text) to service_role, authenticated;

update private.workspace set schema_version = '20261201000320';
select private.hand_over();
