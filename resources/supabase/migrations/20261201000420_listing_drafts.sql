-- What a seller sends before anything is published: the card, versions, scans of their files.

create function private.gate(p_gate text, p_state text, p_code text default null, p_detail jsonb default '{}')
returns jsonb language sql immutable set search_path = '' as $$
  select jsonb_build_object('gate', p_gate, 'state', p_state, 'code', p_code, 'detail', p_detail)
$$;

-- A restriction ends by itself, also where nothing runs at its hour.
create function private.state_now(p public.listings) returns text
language plpgsql stable set search_path = '' as $$
begin
  return case when p.state = 'restricted' and p.restricted_until <= now() then p.state_before else p.state end;
end $$;

create function private.lift_restriction(p_listing uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  update public.listings set
    state = state_before, state_before = null, restriction_policy = null, restriction_reason = null,
    restricted_at = null, restricted_until = null, restricted_by = null
  where id = p_listing and state = 'restricted';
end $$;

-- The caller's own listing, locked, its restriction lifted where it is over.
create function private.own_listing(p_listing uuid) returns public.listings
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_listing public.listings;
begin
  perform private.require('listings.write');
  select * into v_listing from public.listings where id = p_listing and seller_id = private.uid() for update;
  if v_listing.id is null then perform private.reject(404, 'not_found', '{"what": "listing"}'); end if;
  if v_listing.state = 'removed' then perform private.reject(409, 'state_conflict', '{"state": "removed"}'); end if;
  if v_listing.state <> private.state_now(v_listing) then
    perform private.lift_restriction(p_listing);
    perform private.record('listing.lifted', 'listing', p_listing, '{"by": "time"}');
    select * into v_listing from public.listings where id = p_listing;
  end if;
  return v_listing;
end $$;

-- Gates that the card alone decides; names are compared with what others have published.
create function private.card_gates(p public.listings) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_missing text := case
    when btrim(p.summary) = '' then 'summary'
    when btrim(p.description) = '' then 'description'
  end;
  v_similar jsonb := private.similar_name(p.seller_id, p.name);
begin
  return jsonb_build_array(
    case when v_missing is null then private.gate('fields', 'ok')
      else private.gate('fields', 'missing', 'field_missing', jsonb_build_object('field', v_missing)) end,
    case when coalesce(p.licence, '') = '' then private.gate('licence', 'missing', 'licence_missing')
      when private.is_spdx(p.licence) then private.gate('licence', 'ok')
      else private.gate('licence', 'refused', 'licence_unknown', jsonb_build_object('licence', p.licence)) end,
    case when v_similar is null then private.gate('name', 'ok')
      else private.gate('name', 'refused', 'name_similar', v_similar) end,
    case when p.price_amount is null then private.gate('price', 'missing', 'price_missing')
      else private.gate('price', 'ok') end
  );
end $$;

-- Refuses unless every gate is ok; a benchmark may be `unmeasured`.
create function private.require_gates(p_gates jsonb) returns void
language plpgsql stable set search_path = '' as $$
begin
  if exists (select from jsonb_array_elements(p_gates) gate where gate ->> 'state' not in ('ok', 'unmeasured')) then
    perform private.reject(409, 'gates_failed', jsonb_build_object('gates', p_gates));
  end if;
end $$;

-- Whoever takes a name waits for whoever is taking one: two could not see each other's.
create function private.lock_names() returns void language sql volatile set search_path = '' as $$
  select pg_advisory_xact_lock(hashtextextended('names of listings', 0))
$$;

create function private.do_save_listing(p jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_id uuid := private.uuid_of(p, 'p_id');
  v_revision int := private.int_of(p, 'p_revision', 0, 2147483646);
  v_card jsonb := p -> 'p_card';
  v_price jsonb;
  v_old public.listings;
  v_new public.listings;
begin
  perform private.require('listings.write');
  if jsonb_typeof(v_card) is distinct from 'object' then perform private.invalid('p_card', 'it is no object'); end if;
  v_new.name := private.text_of(v_card, 'name', 3, 80);
  v_new.summary := private.text_of(v_card, 'summary', 0, 200, null, true);
  v_new.description := private.text_of(v_card, 'description', 0, 20000, null, true);
  v_new.category := private.word_of(v_card, 'category',
    array['tables', 'pictures', 'sound', 'language', 'embedding', 'documents', 'other']);
  v_new.licence := nullif(private.text_or_null(v_card, 'licence', 0, 200), '');
  if jsonb_typeof(v_card -> 'tags') is distinct from 'array' or jsonb_array_length(v_card -> 'tags') > 10
    or exists (
      select from jsonb_array_elements(v_card -> 'tags') tag
      where jsonb_typeof(tag) <> 'string' or tag #>> '{}' !~ '^[a-z0-9][a-z0-9-]{0,29}$'
    )
  then
    perform private.invalid('tags', 'at most ten of lower-case letters, digits and hyphens');
  end if;
  v_new.tags := array(
    select tag from jsonb_array_elements_text(v_card -> 'tags') with ordinality part (tag, place)
    group by tag order by min(place)
  );
  v_price := v_card -> 'price';
  if v_price is not null and jsonb_typeof(v_price) <> 'null' then
    if jsonb_typeof(v_price) <> 'object' then perform private.invalid('price', 'it is no object'); end if;
    v_new.price_amount := private.int_of(v_price, 'amount', 0, 100000000);
    v_new.price_currency := private.word_of(v_price, 'currency', array['EUR', 'USD', 'GBP']);
    v_new.price_unit := private.word_of(v_price, 'unit', array['once', 'month', 'million-tokens', 'thousand-calls']);
  end if;

  if v_revision = 0 then
    insert into public.listings (
      id, seller_id, name, summary, description, category, licence, tags,
      price_amount, price_currency, price_unit
    ) values (
      v_id, private.uid(), v_new.name, v_new.summary, v_new.description, v_new.category, v_new.licence,
      v_new.tags, v_new.price_amount, v_new.price_currency, v_new.price_unit
    ) on conflict do nothing;
    if not found then
      select * into v_old from public.listings where id = v_id and seller_id = private.uid();
      if v_old.id is null then perform private.reject(409, 'already_exists', '{"what": "listing"}'); end if;
      perform private.reject(409, 'revision_conflict', jsonb_build_object('revision', v_old.revision));
    end if;
    v_new.revision := 1;
    perform private.record('listing.created', 'listing', v_id, jsonb_build_object('name', v_new.name));
  else
    v_old := private.own_listing(v_id);
    if v_old.revision <> v_revision then
      perform private.reject(409, 'revision_conflict', jsonb_build_object('revision', v_old.revision));
    end if;
    -- What is published keeps the gates of its card, also while it is restricted.
    if exists (select from public.model_versions where listing_id = v_id and state = 'published') then
      if v_new.name <> v_old.name then perform private.lock_names(); end if;
      v_new.id := v_id;
      v_new.seller_id := v_old.seller_id;
      perform private.require_gates(private.card_gates(v_new));
    end if;
    update public.listings set
      name = v_new.name, summary = v_new.summary, description = v_new.description,
      category = v_new.category, licence = v_new.licence, tags = v_new.tags,
      price_amount = v_new.price_amount, price_currency = v_new.price_currency,
      price_unit = v_new.price_unit, revision = revision + 1
    where id = v_id returning revision into v_new.revision;
    perform private.record('listing.changed', 'listing', v_id, jsonb_build_object('revision', v_new.revision));
  end if;
  if (v_new.price_amount, v_new.price_currency, v_new.price_unit)
    is distinct from (v_old.price_amount, v_old.price_currency, v_old.price_unit)
  then
    insert into public.listing_prices (listing_id, amount, currency, unit)
    values (v_id, v_new.price_amount, v_new.price_currency, v_new.price_unit);
  end if;
  return jsonb_build_object('id', v_id, 'revision', v_new.revision);
end $$;

-- Where the bytes are, with the known keys of its kind only.
create function private.source_of(p jsonb) returns jsonb language plpgsql stable set search_path = '' as $$
declare
  v_kind text;
begin
  if jsonb_typeof(p) is distinct from 'object' then perform private.invalid('source', 'it is no object'); end if;
  v_kind := private.word_of(p, 'kind', array['bucket', 'url', 'huggingface', 'folder', 'none']);
  return jsonb_build_object('kind', v_kind) || case v_kind
    when 'url' then jsonb_build_object('url', private.text_of(p, 'url', 9, 2000, '^https://[^\s/?#@]+([/?#]\S*)?$'))
    when 'huggingface' then jsonb_build_object(
      'repository', private.text_of(p, 'repository', 3, 193, '^[A-Za-z0-9_.-]{1,96}/[A-Za-z0-9_.-]{1,96}$'),
      'revision', private.text_of(p, 'revision', 40, 40, '^[0-9a-f]{40}$'))
    when 'folder' then jsonb_build_object('name', private.text_of(p, 'name', 1, 100, '^[A-Za-z0-9_.-]+$'))
    else '{}' end;
end $$;

-- A path inside the folder of a model: no root, no drive, nowhere up, no control character.
create function private.is_inner_path(p_path text) returns boolean language sql immutable set search_path = '' as $$
  select octet_length(p_path) between 1 and 1024
    and p_path !~ '[\u0001-\u001f\u007f-\u009f\\:]' and '/' || p_path || '/' !~ '/(\.{0,2})/'
$$;

create function private.do_add_version(p jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_id uuid := private.uuid_of(p, 'p_id');
  v_listing public.listings := private.own_listing(private.uuid_of(p, 'p_listing_id'));
  v_version jsonb := p -> 'p_version';
  v_number text;
  v_files jsonb;
  v_problem text;
  v_count int;
  v_bytes numeric;
  v_digest text;
begin
  if jsonb_typeof(v_version) is distinct from 'object' then perform private.invalid('p_version', 'it is no object'); end if;
  v_number := private.text_of(v_version, 'number', 5, 61, '^\d{1,6}\.\d{1,6}\.\d{1,6}(-[0-9A-Za-z.-]{1,40})?$');
  v_files := v_version -> 'files';
  if jsonb_typeof(v_files) is distinct from 'array' or jsonb_array_length(v_files) not between 1 and 10000 then
    perform private.invalid('files', 'one to 10000 of them');
  end if;
  select format('entry %s is no path, SHA-256 and size', place) into v_problem
  from jsonb_array_elements(v_files) with ordinality part (file, place)
  where (
    jsonb_typeof(file -> 'path') = 'string' and private.is_inner_path(file ->> 'path')
    and jsonb_typeof(file -> 'sha256') = 'string' and file ->> 'sha256' ~ '^[0-9a-f]{64}$'
    and jsonb_typeof(file -> 'bytes') = 'number' and file ->> 'bytes' ~ '^\d{1,16}$'
    and (file ->> 'bytes')::numeric <= 9007199254740991
  ) is not true
  order by place limit 1;
  if v_problem is not null then perform private.invalid('files', v_problem); end if;
  -- As sha256sum writes them, sorted by their bytes.
  select count(distinct file ->> 'path'), sum((file ->> 'bytes')::numeric),
    encode(sha256(convert_to(string_agg(line, '' order by line collate "C"), 'UTF8')), 'hex')
  into v_count, v_bytes, v_digest
  from jsonb_array_elements(v_files) file,
    lateral (select (file ->> 'sha256') || '  ' || (file ->> 'path') || E'\n') one (line);
  if v_count <> jsonb_array_length(v_files) then perform private.invalid('files', 'a path is there twice'); end if;
  if v_bytes > 9007199254740991 then perform private.invalid('files', 'they are too large together'); end if;

  insert into public.model_versions (
    id, listing_id, seller_id, number, digest, bytes, files, format, source, notes, unmeasured
  ) values (
    v_id, v_listing.id, v_listing.seller_id, v_number, v_digest, v_bytes, v_count,
    private.text_of(v_version, 'format', 0, 100), private.source_of(v_version -> 'source'),
    private.text_of(v_version, 'notes', 0, 5000, null, true),
    private.text_or_null(v_version, 'unmeasured', 3, 500, null, true)
  ) on conflict do nothing;
  if not found then perform private.reject(409, 'already_exists', '{"what": "version"}'); end if;
  insert into private.version_files (version_id, place, path, sha256, bytes)
  select v_id, place, file ->> 'path', decode(file ->> 'sha256', 'hex'), (file ->> 'bytes')::bigint
  from jsonb_array_elements(v_files) with ordinality part (file, place);
  perform private.record('version.added', 'listing', v_listing.id,
    jsonb_build_object('version', v_id, 'number', v_number, 'digest', v_digest));
  return jsonb_build_object('id', v_id, 'digest', v_digest);
end $$;

-- '2026.11.3-1a2b3c4d' as numbers that compare; null for what is no version.
create function private.version_key(p_text text) returns int[] language sql immutable set search_path = '' as $$
  select string_to_array(substring(p_text from '^(\d{1,9}(?:\.\d{1,9}){0,3})(?:-[0-9A-Za-z.-]+)?$'), '.')::int[]
$$;

-- Of one finding, as shared/scan-report/verdict.ts: 3 malicious, 2 suspicious, 0 clean.
create function private.harm_of(p_finding jsonb) returns int language sql immutable set search_path = '' as $$
  select case p_finding ->> 'severity'
    when 'critical' then 3
    when 'high' then case
      when p_finding ->> 'category' in ('code-execution', 'file-access', 'network', 'obfuscation') then 3 else 2 end
    when 'medium' then 2
    else 0 end
$$;
create function private.is_finding(p_finding jsonb) returns boolean language sql immutable set search_path = '' as $$
  select coalesce(
    p_finding ->> 'severity' in ('critical', 'high', 'medium', 'low', 'info')
    and jsonb_typeof(p_finding -> 'category') = 'string'
    and jsonb_typeof(p_finding -> 'confidence') = 'number'
    and (p_finding ->> 'confidence')::numeric between 0 and 1, false)
$$;

-- Points of a scan, as shared/scan-report/grade.ts counts them, with its rounding.
create function private.scan_grade(p_files jsonb) returns text language plpgsql stable set search_path = '' as $$
declare
  v_unread int;
  v_malicious boolean;
  v_score double precision := 100;
begin
  select count(*) filter (where file ->> 'status' <> 'complete'), bool_or(file ->> 'verdict' = 'malicious')
  into v_unread, v_malicious from jsonb_array_elements(p_files) file;
  select v_score - coalesce(sum(floor(least(cost, most) * 10 + 0.5) / 10), 0) into v_score
  from (
    select weight.most, sum(weight.each * (finding ->> 'confidence')::double precision order by place, rank) cost
    from jsonb_array_elements(p_files) with ordinality one (file, place),
      jsonb_array_elements(file -> 'findings') with ordinality two (finding, rank),
      (values ('critical', 60, 100), ('high', 30, 90), ('medium', 10, 45), ('low', 2, 12)) weight (severity, each, most)
    where finding ->> 'severity' = weight.severity
    group by weight.severity, weight.most
  ) part;
  v_score := v_score - least(v_unread * 10, 30);
  v_score := floor(v_score * 10 + 0.5) / 10;
  -- A malicious file is an F, and what was not read is never better than C.
  if v_malicious then v_score := least(v_score, 40); elsif v_unread > 0 then v_score := least(v_score, 84); end if;
  return case when v_score >= 100 then 'A+' when v_score >= 95 then 'A' when v_score >= 85 then 'B'
    when v_score >= 70 then 'C' when v_score >= 50 then 'D' else 'F' end;
end $$;

create function private.do_submit_report(p jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_words constant text[] := array['clean', 'unknown', 'suspicious', 'malicious'];
  v_id uuid := private.uuid_of(p, 'p_id');
  v_version public.model_versions;
  v_scan jsonb := p -> 'p_scan';
  v_files jsonb := p #> '{p_scan,files}';
  v_at timestamptz;
  v_problem text;
  v_path text;
  v_found record;
  v_grade text;
begin
  perform private.require('listings.write');
  select v.* into v_version from public.model_versions v
  where v.id = private.uuid_of(p, 'p_version_id') and v.seller_id = private.uid();
  if v_version.id is null then perform private.reject(404, 'not_found', '{"what": "version"}'); end if;
  perform private.own_listing(v_version.listing_id);
  if octet_length(v_scan::text) > 6000000 then perform private.reject(413, 'too_large', '{"limit": 6000000}'); end if;
  if char_length(p ->> 'p_envelope') > 4000000 then perform private.reject(413, 'too_large', '{"limit": 4000000}'); end if;
  if jsonb_typeof(p -> 'p_envelope') not in ('string', 'null') then perform private.invalid('p_envelope', 'it is no text'); end if;
  if jsonb_typeof(v_scan) is distinct from 'object' then perform private.invalid('p_scan', 'it is no object'); end if;
  v_at := private.instant_or_null(v_scan, 'scannedAt');
  if v_at is null then perform private.invalid('scannedAt', 'it is missing'); end if;
  if v_at > clock_timestamp() + interval '5 minutes' then
    perform private.reject(400, 'not_recomputable', '{"problem": "the scan lies in the future"}');
  end if;
  perform private.word_of(v_scan, 'status', array['complete', 'inconclusive', 'error']);
  if jsonb_typeof(v_files) is distinct from 'array' or jsonb_array_length(v_files) not between 1 and 10000 then
    perform private.invalid('files', 'one to 10000 of them');
  end if;
  select format('entry %s is no scanned file', place) into v_problem
  from jsonb_array_elements(v_files) with ordinality part (file, place)
  where (
    jsonb_typeof(file -> 'name') = 'string'
    and jsonb_typeof(file -> 'sha256') = 'string' and file ->> 'sha256' ~ '^[0-9a-f]{64}$'
    and jsonb_typeof(file -> 'bytes') = 'number' and file ->> 'bytes' ~ '^\d{1,16}$'
    and file ->> 'status' in ('complete', 'inconclusive', 'error')
    and file ->> 'verdict' = any (v_words)
    and jsonb_typeof(file -> 'findings') = 'array' and jsonb_typeof(file -> 'setAside') = 'array'
    and not exists (
      select from jsonb_array_elements(
        case jsonb_typeof(file -> 'findings') when 'array' then file -> 'findings' else '[]' end) finding
      where not private.is_finding(finding))
    and not exists (
      select from jsonb_array_elements(
        case jsonb_typeof(file -> 'setAside') when 'array' then file -> 'setAside' else '[]' end) aside
      where not private.is_finding(aside -> 'finding'))
  ) is not true
  order by place limit 1;
  if v_problem is not null then perform private.invalid('files', v_problem); end if;

  -- These very files, all of them and no other.
  select coalesce(mine.path, theirs.path) into v_path
  from (select path, sha256, bytes from private.version_files where version_id = v_version.id) mine
  full join (
    select file ->> 'name' path, decode(file ->> 'sha256', 'hex') sha256, (file ->> 'bytes')::bigint bytes
    from jsonb_array_elements(v_files) file
  ) theirs on theirs.path = mine.path
  where (mine.sha256 = theirs.sha256 and mine.bytes = theirs.bytes) is not true
  limit 1;
  if v_path is null and v_version.files <> jsonb_array_length(v_files) then v_path := 'a file that is there twice'; end if;
  if v_path is not null then perform private.reject(409, 'files_differ', jsonb_build_object('path', v_path)); end if;

  select
    max(own) verdict, max(greatest(own, aside)) unforgiven, sum(findings) findings, sum(set_aside) set_aside,
    min(name) filter (where v_words[own + 1] <> said) differs,
    case when bool_or(status = 'error') then 'error' when bool_or(status = 'inconclusive') then 'inconclusive'
      else 'complete' end status
  into v_found
  from (
    select file ->> 'name' name, file ->> 'status' status, file ->> 'verdict' said,
      greatest(
        (select coalesce(max(private.harm_of(finding)), 0) from jsonb_array_elements(file -> 'findings') finding),
        case when file ->> 'status' = 'complete' then 0 else 1 end
      ) own,
      (select coalesce(max(private.harm_of(one -> 'finding')), 0) from jsonb_array_elements(file -> 'setAside') one) aside,
      jsonb_array_length(file -> 'findings') findings, jsonb_array_length(file -> 'setAside') set_aside
    from jsonb_array_elements(v_files) file
  ) part;
  v_grade := private.scan_grade(v_files);
  v_problem := case
    when v_found.differs is not null then 'the verdict of ' || v_found.differs
    when v_scan ->> 'status' <> v_found.status then 'the status of the scan'
    when v_scan #>> '{summary,verdict}' is distinct from v_words[v_found.verdict + 1] then 'the verdict of the scan'
    when v_scan #>> '{summary,grade}' is distinct from v_grade then 'the grade of the scan'
  end;
  if v_problem is not null then
    perform private.reject(400, 'not_recomputable',
      jsonb_build_object('problem', v_problem || ' does not follow from its findings'));
  end if;

  insert into public.scan_reports (
    id, version_id, listing_id, seller_id, verdict, verdict_unforgiven, grade, status, findings, set_aside,
    rules_version, scanner_version, scanned_at
  ) values (
    v_id, v_version.id, v_version.listing_id, v_version.seller_id,
    v_words[v_found.verdict + 1], v_words[v_found.unforgiven + 1], v_grade, v_found.status,
    v_found.findings, v_found.set_aside,
    private.text_of(v_scan, 'rulesVersion', 1, 200), private.text_or_null(v_scan, 'scannerVersion', 0, 100), v_at
  ) on conflict do nothing;
  if not found then perform private.reject(409, 'already_exists', '{"what": "report"}'); end if;
  insert into private.report_documents (report_id, section, envelope) values (v_id, v_scan, p ->> 'p_envelope');
  perform private.record('report.submitted', 'listing', v_version.listing_id,
    jsonb_build_object('report', v_id, 'version', v_version.id, 'verdict', v_words[v_found.verdict + 1]));
  return jsonb_build_object('id', v_id, 'level', 'self-reported');
end $$;

-- What the service found of a signature. `invalid` takes away what a signature gave, and no more.
create function private.set_report_level(p_id uuid, p_outcome text, p_key_id text, p_detail text) returns text
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_report public.scan_reports;
begin
  if not private.is_service() then
    perform private.reject(403, 'permission_required', '{"permission": "service"}');
  end if;
  select * into v_report from public.scan_reports where id = p_id for update;
  if v_report.id is null or not exists (
    select from private.report_documents where report_id = p_id and envelope is not null
  ) then
    perform private.reject(404, 'not_found', '{"what": "signed report"}');
  end if;
  update public.scan_reports set
    level = case
      when p_outcome = 'signed' and level = 'self-reported' then 'signed'
      when p_outcome <> 'signed' and level = 'signed' then 'self-reported'
      else level end,
    key_id = case when p_outcome = 'signed' then p_key_id end,
    verification = left(p_detail, 2000)
  where id = p_id returning * into v_report;
  return v_report.level;
end $$;

create function public.save_listing(p_op uuid, p_id text, p_revision int, p_card jsonb) returns jsonb
language sql volatile security invoker set search_path = '' as $$
  select private.run('save_listing', p_op,
    jsonb_build_object('p_id', p_id, 'p_revision', p_revision, 'p_card', p_card))
$$;
create function public.add_version(p_op uuid, p_id text, p_listing_id text, p_version jsonb) returns jsonb
language sql volatile security invoker set search_path = '' as $$
  select private.run('add_version', p_op,
    jsonb_build_object('p_id', p_id, 'p_listing_id', p_listing_id, 'p_version', p_version))
$$;
create function public.submit_report(p_op uuid, p_id text, p_version_id text, p_scan jsonb, p_envelope text)
returns jsonb language sql volatile security invoker set search_path = '' as $$
  select private.run('submit_report', p_op, jsonb_build_object(
    'p_id', p_id, 'p_version_id', p_version_id, 'p_scan', p_scan, 'p_envelope', p_envelope))
$$;

insert into private.rate_rules (rpc, burst, per_minute) values
  ('save_listing', 60, 30), ('add_version', 30, 10), ('submit_report', 30, 10);
grant execute on function private.gate(text, text, text, jsonb), private.state_now(public.listings),
  private.require_gates(jsonb), private.lock_names(), private.source_of(jsonb), private.is_inner_path(text),
  private.version_key(text), private.harm_of(jsonb), private.is_finding(jsonb), private.scan_grade(jsonb)
to console_api;
grant execute on function public.save_listing(uuid, text, int, jsonb),
  public.add_version(uuid, text, text, jsonb), public.submit_report(uuid, text, text, jsonb, text)
to authenticated;
update private.workspace set schema_version = '20261201000420';
select private.hand_over();
