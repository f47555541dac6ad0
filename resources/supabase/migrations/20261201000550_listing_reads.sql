-- One page of listings, and the page of one model.

create function private.price_of(p_amount int, p_currency text, p_unit text) returns jsonb
language sql immutable set search_path = '' as $$
  select case when p_amount is not null then
    jsonb_build_object('amount', p_amount, 'currency', p_currency, 'unit', p_unit) end
$$;

-- Every word of the text as the start of a word; null where the text has none.
create function private.words_of(p_text text) returns tsquery language sql stable set search_path = '' as $$
  select string_agg(quote_literal(lexeme) || ':*', ' & ')::tsquery
  from (select lexeme from unnest(to_tsvector('simple', p_text)) order by positions limit 8) part
$$;

-- Rows of a list in the order of the ids: one statement for a page, so that what policies ask is asked
-- once and not for each row.
create function private.listing_rows(p_ids uuid[]) returns jsonb
language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'id', l.id, 'seller', private.person_of(s), 'name', l.name, 'summary', l.summary,
    'category', l.category, 'state', private.state_now(l), 'licence', l.licence, 'tags', to_jsonb(l.tags),
    'price', private.price_of(l.price_amount, l.price_currency, l.price_unit),
    'version', v.number, 'format', v.format, 'bytes', v.bytes,
    'scan', case when r.id is not null then jsonb_build_object(
      'verdict', r.verdict, 'grade', r.grade, 'level', r.level, 'scannedAt', r.scanned_at) end,
    'benchmark', case
      when exists (
        select from public.benchmark_results b where b.version_id = v.id and b.state = 'counted'
      ) then 'measured'
      when v.unmeasured is not null then 'unmeasured'
      else 'missing' end,
    'appealed', exists (select from public.listing_appeals a where a.listing_id = l.id and a.state = 'open'),
    'updatedAt', l.updated_at, 'publishedAt', l.published_at
  ) order by wanted.place), '[]')
  from unnest(p_ids) with ordinality wanted (id, place)
  join public.listings l on l.id = wanted.id
  join public.profiles s on s.id = l.seller_id
  -- The published version; the newest where none is.
  left join lateral (
    select one.id, one.number, one.format, one.bytes, one.unmeasured from public.model_versions one
    where one.listing_id = l.id
    order by one.id is not distinct from l.current_version_id desc, one.created_at desc limit 1
  ) v on true
  left join lateral (
    select one.id, one.verdict, one.grade, one.level, one.scanned_at from public.scan_reports one
    where one.version_id = v.id order by one.scanned_at desc, one.received_at desc limit 1
  ) r on true
$$;

-- Keyset: the cursor is the sort key and the id of the last row. For each state its own walk along
-- the index, so that nothing is read that is not shown; the states are few.
create function private.read_list_listings(p jsonb) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_query jsonb := coalesce(p -> 'p_query', 'null');
  v_limit int := private.int_of(p, 'p_limit', 1, 100);
  v_scope text;
  v_state text;
  v_category text;
  v_text text;
  v_sort text;
  v_words tsquery;
  v_after jsonb;
  v_key text;
  v_type text;
  v_down boolean;
  v_where text := '';
  v_sql text;
  v_ids uuid[];
  v_keys jsonb;
begin
  perform private.signed_in();
  if jsonb_typeof(v_query) <> 'object' then perform private.invalid('p_query', 'it is no object'); end if;
  v_scope := private.word_of(v_query, 'scope', array['mine', 'published', 'all']);
  v_state := private.word_or_null(v_query, 'state', array['draft', 'published', 'withdrawn', 'restricted', 'removed']);
  v_category := private.word_or_null(v_query, 'category',
    array['tables', 'pictures', 'sound', 'language', 'embedding', 'documents', 'other']);
  v_text := private.text_of(v_query, 'text', 0, 200);
  v_sort := private.word_of(v_query, 'sort', array['updated', 'name', 'price']);
  if v_scope = 'all' and not private.may('listings.remove') then perform private.require('listings.review'); end if;
  v_key := case v_sort when 'updated' then 'c.updated_at' when 'name' then 'c.name_sort' else 'c.price_sort' end;
  v_type := case v_sort when 'updated' then 'timestamptz' when 'name' then 'text' else 'bigint' end;
  v_down := v_sort = 'updated';

  if v_text <> '' then
    v_words := private.words_of(v_text);
    if v_words is null then return '{"rows": [], "next": null}'; end if;
    v_where := v_where || format(' and c.search @@ %L::tsquery', v_words);
  end if;
  if v_category is not null then v_where := v_where || format(' and c.category = %L', v_category); end if;
  v_after := private.cursor_of(p);
  if v_after is not null then
    begin
      v_where := v_where || format(
        ' and (%s, c.listing_id) %s (%L::%s, %L::uuid)', v_key, case when v_down then '<' else '>' end,
        v_after ->> 0, v_type, (v_after ->> 1)::uuid);
      -- Of this sort and no other.
      execute format('select %L::%s', v_after ->> 0, v_type);
    exception when others then perform private.invalid('p_after', 'it is no place in this list');
    end;
  end if;

  v_sql := case when v_scope = 'mine' then format(
    'select c.listing_id, %s as key from private.catalogue c where c.seller_id = %L%s%s order by %s %s limit %s',
    v_key, private.uid(),
    case when v_state is not null then format(' and c.state = %L', v_state) else '' end, v_where,
    v_key, case when v_down then 'desc, c.listing_id desc' else ', c.listing_id' end, v_limit + 1)
  else (
    select string_agg(format(
      '(select c.listing_id, %s as key from private.catalogue c where c.state = %L%s order by %s %s limit %s)',
      v_key, state, v_where, v_key, case when v_down then 'desc, c.listing_id desc' else ', c.listing_id' end,
      v_limit + 1), ' union all ')
    from unnest(case
      when v_scope = 'published' then array['published']
      when v_state is not null then array[v_state]
      else array['draft', 'published', 'withdrawn', 'restricted', 'removed'] end) state
    where v_scope = 'all' or v_state is null or v_state = 'published'
  ) end;
  if v_sql is null then return '{"rows": [], "next": null}'; end if;
  execute format(
    'select array_agg(listing_id order by key %1$s, listing_id %1$s), jsonb_agg(key order by key %1$s, listing_id %1$s)
     from (select * from (%2$s) found order by key %1$s, listing_id %1$s limit %3$s) page',
    case when v_down then 'desc' else 'asc' end, v_sql, v_limit + 1
  ) into v_ids, v_keys;
  return jsonb_build_object(
    'rows', private.listing_rows(v_ids[1:v_limit]),
    'next', case when cardinality(v_ids) > v_limit then
      jsonb_build_array(v_keys -> v_limit - 1, v_ids[v_limit])::text end);
end $$;

create function private.cursor_of(p jsonb) returns jsonb language plpgsql stable set search_path = '' as $$
declare
  v_after jsonb;
begin
  if p -> 'p_after' is null or jsonb_typeof(p -> 'p_after') = 'null' then return null; end if;
  begin
    v_after := (p ->> 'p_after')::jsonb;
    if jsonb_typeof(v_after) <> 'array' or jsonb_array_length(v_after) <> 2 or char_length(p ->> 'p_after') > 500 then
      v_after := null;
    end if;
  exception when others then v_after := null;
  end;
  if v_after is null then perform private.invalid('p_after', 'it is no place in this list'); end if;
  return v_after;
end $$;

create function private.read_get_listing(p jsonb) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_id uuid := private.uuid_of(p, 'p_id');
  v_me uuid := private.signed_in();
  l public.listings;
  v_seller public.profiles;
  v_state text;
  v_own boolean;
  v_active boolean;
begin
  select * into l from public.listings where id = v_id;
  if l.id is null then perform private.reject(404, 'not_found', '{"what": "listing"}'); end if;
  select * into v_seller from public.profiles where id = l.seller_id;
  v_state := private.state_now(l);
  v_own := l.seller_id = v_me;
  v_active := private.suspended_until(v_me) is null and v_state <> 'removed';
  return jsonb_build_object(
    'id', l.id, 'seller', private.person_of(v_seller),
    'card', jsonb_build_object(
      'name', l.name, 'summary', l.summary, 'description', l.description, 'category', l.category,
      'licence', l.licence, 'tags', to_jsonb(l.tags),
      'price', private.price_of(l.price_amount, l.price_currency, l.price_unit)),
    'state', v_state, 'revision', l.revision, 'currentVersionId', l.current_version_id,
    'versions', coalesce((
      select jsonb_agg(jsonb_build_object(
        'id', v.id, 'listingId', v.listing_id, 'number', v.number, 'state', v.state,
        'files', (
          select jsonb_agg(jsonb_build_object('path', f.path, 'sha256', encode(f.sha256, 'hex'), 'bytes', f.bytes)
            order by f.place) from private.version_files f where f.version_id = v.id),
        'digest', v.digest, 'bytes', v.bytes, 'format', v.format, 'source', v.source, 'notes', v.notes,
        'unmeasured', v.unmeasured, 'createdAt', v.created_at, 'publishedAt', v.published_at
      ) order by v.created_at desc, v.id)
      from public.model_versions v where v.listing_id = l.id), '[]'),
    'reports', coalesce((
      select jsonb_agg(jsonb_build_object(
        'id', r.id, 'versionId', r.version_id, 'level', r.level, 'keyId', r.key_id, 'verdict', r.verdict,
        'grade', r.grade, 'status', r.status, 'rulesVersion', r.rules_version,
        'scannerVersion', r.scanner_version, 'scannedAt', r.scanned_at, 'receivedAt', r.received_at,
        'findings', r.findings
      ) order by r.received_at desc)
      from (
        select * from public.scan_reports where listing_id = l.id order by received_at desc limit 100
      ) r), '[]'),
    'results', (select count(*) from public.benchmark_results where listing_id = l.id),
    'restriction', case when v_state = 'restricted' then jsonb_build_object(
      'reason', l.restriction_reason, 'policy', l.restriction_policy,
      'at', l.restricted_at, 'until', l.restricted_until) end,
    'appeals', coalesce((
      select jsonb_agg(jsonb_build_object(
        'id', a.id, 'listingId', a.listing_id, 'statement', a.statement, 'state', a.state,
        'decision', a.decision, 'createdAt', a.created_at, 'decidedAt', a.decided_at
      ) order by a.created_at desc)
      from public.listing_appeals a where a.listing_id = l.id), '[]'),
    'prices', coalesce((
      select jsonb_agg(jsonb_build_object('price', private.price_of(c.amount, c.currency, c.unit), 'at', c.at)
        order by c.id desc)
      from (
        select * from public.listing_prices where listing_id = l.id order by id desc limit 100
      ) c), '[]'),
    'can', jsonb_build_object(
      'edit', v_own and v_active and private.may('listings.write'),
      'publish', v_own and v_active and v_state <> 'restricted' and private.may('listings.write'),
      'restrict', not v_own and v_active and private.may('listings.review'),
      'appeal', v_own and v_active and v_state = 'restricted' and not exists (
        select from public.listing_appeals where listing_id = l.id and state = 'open'),
      'remove', not v_own and v_active and private.may('listings.remove')),
    'createdAt', l.created_at, 'updatedAt', l.updated_at, 'publishedAt', l.published_at);
end $$;

create function public.list_listings(p_query jsonb, p_after text, p_limit int) returns jsonb
language sql stable security invoker set search_path = '' as $$
  select private.read_list_listings(
    jsonb_build_object('p_query', p_query, 'p_after', p_after, 'p_limit', p_limit))
$$;
create function public.get_listing(p_id text) returns jsonb
language sql stable security invoker set search_path = '' as $$
  select private.read_get_listing(jsonb_build_object('p_id', p_id))
$$;

grant execute on function private.price_of(int, text, text), private.words_of(text), private.cursor_of(jsonb)
  to console_api;
grant execute on function private.read_list_listings(jsonb), private.read_get_listing(jsonb),
  public.list_listings(jsonb, text, int), public.get_listing(text) to authenticated;
update private.workspace set schema_version = '20261201000550';
select private.hand_over();
