-- The change feed: rows of a table that changed since a cursor, as far as policies show them.
--
-- A cursor is `<epoch>:<xid>:<seq>`: the place in the order (change_xid, change_seq) up to which rows were
-- delivered. Rows at or above the oldest transaction in flight wait, because one below them may yet commit.
create table private.feeds (
  name text primary key,
  -- What is handed out of a row; never wide documents.
  columns text[] not null
);
alter table private.feeds enable row level security;
grant select on private.feeds to console_api;
create policy feeds_read on private.feeds for select to console_api using (true);

-- Rows of a feed are not deleted in everyday work; where a person or sample data goes nevertheless, a row
-- that is gone has no place after any cursor. Then every reader starts over, as after a restore.
create function private.start_feeds_over() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if exists (select from gone) then
    update private.workspace set feed_epoch = pg_catalog.gen_random_uuid();
  end if;
  return null;
end $$;
comment on function private.start_feeds_over() is 'owned by the schema on purpose';

create function private.add_feed(p_name text, p_columns text[]) returns void
language plpgsql volatile set search_path = '' as $$
begin
  insert into private.feeds (name, columns) values (p_name, p_columns);
  execute pg_catalog.format(
    'create trigger %I after delete on public.%I referencing old table as gone
     for each statement execute function private.start_feeds_over()', p_name || '_feed', p_name);
end $$;

select private.add_feed('profiles', '{id, handle, display_name, sample, created_at, updated_at}');

-- Where a stretch of at most p_size rows after the cursor ends, seen or unseen by the caller. Without it,
-- a reader of few rows would walk the whole table in one call. Null where nothing is left.
create function private.feed_stretch(
  p_table text, p_xid xid8, p_seq bigint, p_horizon xid8, p_size int, out xid xid8, out seq bigint, out size int
) language plpgsql stable security definer set search_path = '' as $$
begin
  execute pg_catalog.format(
    'select (pg_catalog.array_agg(s.change_xid))[count(*)], (pg_catalog.array_agg(s.change_seq))[count(*)], count(*)
     from (
       select t.change_xid, t.change_seq from public.%I t
       where (t.change_xid, t.change_seq) > ($1, $2) and t.change_xid < $3
       order by t.change_xid, t.change_seq limit $4
     ) s',
    (select f.name from private.feeds f where f.name = p_table)
  ) into xid, seq, size using p_xid, p_seq, p_horizon, p_size;
end $$;
comment on function private.feed_stretch(text, xid8, bigint, xid8, int) is 'owned by the schema on purpose';

create function private.read_sync_pull(p jsonb) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_stretch constant int := 2000;
  v_feed private.feeds;
  v_limit int := private.int_of(p, 'p_limit', 1, 500);
  v_cursor text[] := pg_catalog.string_to_array(private.text_or_null(
    p, 'p_cursor', 1, 100, '^[0-9a-f-]{36}:\d{1,19}:\d{1,18}$'), ':');
  v_epoch text := (select w.feed_epoch::text from private.workspace w);
  v_reset boolean := false;
  v_horizon xid8 := pg_catalog.pg_snapshot_xmin(pg_catalog.pg_current_snapshot());
  v_xid xid8 := '0';
  v_seq bigint := 0;
  v_end record;
  v_rows jsonb;
  v_count int;
  v_more boolean;
begin
  perform private.signed_in();
  select * into v_feed from private.feeds where name = p ->> 'p_table';
  if v_feed.name is null then perform private.invalid('p_table', 'it is no table of the feed'); end if;
  if v_cursor is not null then
    v_reset := v_cursor[1] <> v_epoch;
    if not v_reset then
      v_xid := v_cursor[2]::xid8;
      v_seq := v_cursor[3];
    end if;
  end if;
  v_end := private.feed_stretch(v_feed.name, v_xid, v_seq, v_horizon, v_stretch);
  v_more := v_end.size = v_stretch;
  if v_end.size > 0 then
    execute pg_catalog.format(
      'select coalesce(pg_catalog.jsonb_agg(r.body order by r.change_xid, r.change_seq), ''[]''), count(*),
         (pg_catalog.array_agg(r.change_xid order by r.change_xid, r.change_seq))[$6],
         (pg_catalog.array_agg(r.change_seq order by r.change_xid, r.change_seq))[$6]
       from (
         select t.change_xid, t.change_seq, (select pg_catalog.to_jsonb(c) from (select %s) c) as body
         from public.%I t
         where (t.change_xid, t.change_seq) > ($1, $2) and (t.change_xid, t.change_seq) <= ($3, $4)
         order by t.change_xid, t.change_seq limit $5
       ) r',
      (select pg_catalog.string_agg(pg_catalog.format('t.%I', c), ', ') from pg_catalog.unnest(v_feed.columns) c),
      v_feed.name
    ) into v_rows, v_count, v_xid, v_seq
    using v_xid, v_seq, v_end.xid, v_end.seq, v_limit, v_limit;
    if v_count < v_limit then
      -- All that may be seen of the stretch.
      v_xid := v_end.xid;
      v_seq := v_end.seq;
    else
      v_more := v_more or (v_xid, v_seq) < (v_end.xid, v_end.seq);
    end if;
  end if;
  return pg_catalog.jsonb_build_object(
    'rows', coalesce(v_rows, '[]'), 'cursor', v_epoch || ':' || v_xid || ':' || v_seq,
    'more', v_more, 'reset', v_reset
  );
end $$;

create function public.sync_pull(p_table text, p_cursor text, p_limit int) returns jsonb
language sql stable security invoker set search_path = '' as $$
  select private.read_sync_pull(pg_catalog.jsonb_build_object(
    'p_table', p_table, 'p_cursor', p_cursor, 'p_limit', p_limit))
$$;
grant execute on function private.feed_stretch(text, xid8, bigint, xid8, int) to console_api;
grant execute on function private.read_sync_pull(jsonb), public.sync_pull(text, text, int) to authenticated;

update private.workspace set schema_version = '20261201000310';
select private.hand_over();
