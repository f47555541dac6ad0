-- Arguments. Wrappers take ids and instants as text and hand everything on as one jsonb, so that a bad
-- one is refused as `invalid_input` with its field, counted and logged, and not by a cast before that.
create function private.invalid(p_field text, p_problem text) returns void
language plpgsql stable set search_path = '' as $$
begin
  perform private.reject(
    400, 'invalid_input', pg_catalog.jsonb_build_object('field', p_field, 'problem', p_problem)
  );
end $$;

-- Null where the argument is null.
create function private.uuid_or_null(p jsonb, p_field text) returns uuid
language plpgsql stable set search_path = '' as $$
begin
  if p -> p_field is null or pg_catalog.jsonb_typeof(p -> p_field) = 'null' then return null; end if;
  if p ->> p_field !~ '^[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$' then
    perform private.invalid(p_field, 'it is no UUID');
  end if;
  return (p ->> p_field)::uuid;
end $$;

create function private.uuid_of(p jsonb, p_field text) returns uuid
language plpgsql stable set search_path = '' as $$
declare
  v_id uuid := private.uuid_or_null(p, p_field);
begin
  if v_id is null then perform private.invalid(p_field, 'it is missing'); end if;
  return v_id;
end $$;

-- Text of p_min to p_max characters without surrounding space. `p_lines` lets line breaks and tabs in;
-- other control characters never are.
create function private.text_of(
  p jsonb, p_field text, p_min int, p_max int, p_pattern text default null, p_lines boolean default false
) returns text language plpgsql stable set search_path = '' as $$
declare
  v_text text := p ->> p_field;
begin
  if v_text is null or pg_catalog.jsonb_typeof(p -> p_field) <> 'string' then
    perform private.invalid(p_field, 'it is missing');
  end if;
  -- Before anything else looks at it: the text may be of any size.
  if pg_catalog.char_length(v_text) > p_max + 1000 then
    perform private.invalid(p_field, pg_catalog.format('it is longer than %s characters', p_max));
  end if;
  v_text := pg_catalog.btrim(v_text, E' \t\r\n');
  if pg_catalog.char_length(v_text) > p_max then
    perform private.invalid(p_field, pg_catalog.format('it is longer than %s characters', p_max));
  end if;
  if pg_catalog.char_length(v_text) < p_min then
    perform private.invalid(p_field, pg_catalog.format('it needs at least %s characters', p_min));
  end if;
  if v_text ~ (
    case when p_lines then '[\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f]' else '[\u0001-\u001f\u007f]' end
  ) then
    perform private.invalid(p_field, 'it has control characters');
  end if;
  if v_text !~ coalesce(p_pattern, '') then perform private.invalid(p_field, 'it has another form'); end if;
  return v_text;
end $$;

create function private.text_or_null(
  p jsonb, p_field text, p_min int, p_max int, p_pattern text default null, p_lines boolean default false
) returns text language plpgsql stable set search_path = '' as $$
begin
  if p -> p_field is null or pg_catalog.jsonb_typeof(p -> p_field) = 'null' then return null; end if;
  return private.text_of(p, p_field, p_min, p_max, p_pattern, p_lines);
end $$;

create function private.reason_of(p jsonb) returns text
language sql stable set search_path = '' as $$ select private.text_of(p, 'p_reason', 3, 1000, null, true) $$;

create function private.word_or_null(p jsonb, p_field text, p_words text[]) returns text
language plpgsql stable set search_path = '' as $$
begin
  if p -> p_field is null or pg_catalog.jsonb_typeof(p -> p_field) = 'null' then return null; end if;
  if not p ->> p_field = any (p_words) then
    perform private.invalid(p_field, 'it is none of ' || pg_catalog.array_to_string(p_words, ', '));
  end if;
  return p ->> p_field;
end $$;

create function private.word_of(p jsonb, p_field text, p_words text[]) returns text
language plpgsql stable set search_path = '' as $$
declare
  v_word text := private.word_or_null(p, p_field, p_words);
begin
  if v_word is null then perform private.invalid(p_field, 'it is missing'); end if;
  return v_word;
end $$;

-- NaN and infinity are refused by both bounds.
create function private.number_of(p jsonb, p_field text, p_min numeric, p_max numeric) returns numeric
language plpgsql stable set search_path = '' as $$
begin
  if p -> p_field is null or pg_catalog.jsonb_typeof(p -> p_field) <> 'number' then
    perform private.invalid(p_field, 'it is no number');
  end if;
  if (p ->> p_field)::numeric not between p_min and p_max then
    perform private.invalid(p_field, pg_catalog.format('it is not between %s and %s', p_min, p_max));
  end if;
  return (p ->> p_field)::numeric;
end $$;

create function private.int_of(p jsonb, p_field text, p_min bigint, p_max bigint) returns bigint
language plpgsql stable set search_path = '' as $$
declare
  v_number numeric := private.number_of(p, p_field, p_min, p_max);
begin
  if v_number <> pg_catalog.trunc(v_number) then perform private.invalid(p_field, 'it is no whole number'); end if;
  return v_number::bigint;
end $$;

create function private.boolean_of(p jsonb, p_field text) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  if p -> p_field is null or pg_catalog.jsonb_typeof(p -> p_field) <> 'boolean' then
    perform private.invalid(p_field, 'it is neither true nor false');
  end if;
  return (p ->> p_field)::boolean;
end $$;

-- ISO 8601 with an offset.
create function private.instant_or_null(p jsonb, p_field text) returns timestamptz
language plpgsql stable set search_path = '' as $$
begin
  if p -> p_field is null or pg_catalog.jsonb_typeof(p -> p_field) = 'null' then return null; end if;
  if p ->> p_field !~ '^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$' then
    perform private.invalid(p_field, 'it is no instant with an offset');
  end if;
  begin
    return (p ->> p_field)::timestamptz;
  exception when others then
    perform private.invalid(p_field, 'it is no instant with an offset');
  end;
  return null;
end $$;

grant execute on function
  private.invalid(text, text), private.uuid_or_null(jsonb, text), private.uuid_of(jsonb, text),
  private.text_of(jsonb, text, int, int, text, boolean),
  private.text_or_null(jsonb, text, int, int, text, boolean), private.reason_of(jsonb),
  private.word_or_null(jsonb, text, text[]), private.word_of(jsonb, text, text[]),
  private.number_of(jsonb, text, numeric, numeric), private.int_of(jsonb, text, bigint, bigint),
  private.boolean_of(jsonb, text), private.instant_or_null(jsonb, text)
to console_api;
