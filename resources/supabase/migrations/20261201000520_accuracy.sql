-- How good the answers are, from the raw answers (shared/benchmark/metrics.ts and summarise.ts).

-- Wilson's score interval at 95 %.
create function private.wilson(p_right double precision, p_items double precision, out lower double precision, out upper double precision)
language plpgsql immutable set search_path = '' as $$
declare
  v_z constant double precision := 1.959963984540054;
  v_share double precision := p_right / p_items;
  v_factor double precision := 1 / (1 + v_z * v_z / p_items);
  v_centre double precision := v_factor * (v_share + v_z * v_z / (2 * p_items));
  v_half double precision := v_factor * v_z
    * sqrt(v_share * (1 - v_share) / p_items + v_z * v_z / (4 * p_items * p_items));
begin
  lower := case when p_right = 0 then 0 else greatest(0, v_centre - v_half) end;
  upper := case when p_right = p_items then 1 else least(1, v_centre + v_half) end;
end $$;

-- Area under the ROC curve with DeLong's interval on the logit scale (shared/statistics/roc.ts).
create function private.area_of(p_positive boolean[], p_scores double precision[])
returns double precision[] language plpgsql stable set search_path = '' as $$
declare
  v_z constant double precision := 1.959963984540054;
  v record;
  v_variance double precision;
  v_half double precision;
  v_logit double precision;
begin
  with items as (
    select positive, score,
      rank() over (order by score) + (count(*) over (partition by score) - 1) / 2.0::double precision together,
      rank() over (partition by positive order by score)
        + (count(*) over (partition by positive, score) - 1) / 2.0::double precision among
    from unnest(p_positive, p_scores) item (positive, score)
  ), sizes as (
    select count(*) filter (where positive)::double precision positives,
      count(*) filter (where not positive)::double precision negatives from items
  )
  select max(positives) positives, max(negatives) negatives,
    avg((together - among) / nullif(negatives, 0)) filter (where positive) area,
    var_samp((together - among) / nullif(negatives, 0)) filter (where positive) spread_positive,
    var_samp(1 - (together - among) / nullif(positives, 0)) filter (where not positive) spread_negative
  into v from items, sizes;
  if coalesce(least(v.positives, v.negatives), 0) < 2 then
    perform private.not_recomputable('an area under the curve needs two answers of each kind');
  end if;
  v_variance := v.spread_positive / v.positives + v.spread_negative / v.negatives;
  if v.area in (0, 1) or v_variance = 0 then return array[v.area, v.area, v.area]; end if;
  v_half := v_z * sqrt(v_variance) / (v.area * (1 - v.area));
  v_logit := ln(v.area / (1 - v.area));
  return array[v.area, 1 / (1 + exp(-(v_logit - v_half))), 1 / (1 + exp(-(v_logit + v_half)))];
end $$;

-- The figure of one metric. Where the console draws a bootstrap (macro-f1, mae, rmse, perplexity) there
-- are no bounds here: its draws are of another generator, and other bounds would be other numbers.
create function private.accuracy_of(p_accuracy jsonb, p_metric text) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  v_items int;
  v_lost bigint[];
  v record;
  v_area double precision[];
  v_value double precision;
  v_lower double precision;
  v_upper double precision;
begin
  if jsonb_typeof(p_accuracy -> 'predictions') is distinct from 'array'
    or jsonb_array_length(p_accuracy -> 'predictions') not between 1 and 1000000
    or jsonb_typeof(p_accuracy -> 'failed') is distinct from 'array'
  then
    perform private.not_recomputable('there are no answers');
  end if;
  v_items := jsonb_array_length(p_accuracy -> 'predictions');
  -- Could not be decoded or answered: wrong, whatever stands there.
  v_lost := array(select (one ->> 'item')::bigint from jsonb_array_elements(p_accuracy -> 'failed') one);
  if exists (
    select from jsonb_array_elements(p_accuracy -> 'predictions') one
    where (
      jsonb_typeof(one -> 'expected') in ('string', 'number') and jsonb_typeof(one -> 'predicted') in ('string', 'number')
      and jsonb_typeof(one -> 'score') = 'number' and jsonb_typeof(one -> 'correct') in ('boolean', 'null')
      and coalesce(jsonb_typeof(one -> 'rank'), 'null') in ('number', 'null')
      and (one -> 'tokens' is null or (jsonb_typeof(one -> 'tokens') = 'number' and one ->> 'tokens' ~ '^[1-9]\d{0,9}$'))
    ) is not true
  ) then
    perform private.not_recomputable('an answer has another form');
  end if;
  if p_metric in ('accuracy', 'exact-match', 'top-5') then
    select count(*) filter (where correct) correct, count(*) filter (where rank <= 5) top into v
    from (
      select (one ->> 'rank')::numeric rank,
        jsonb_typeof(one -> 'correct') = 'boolean' and not (place - 1 = any (v_lost))
          and case when one -> 'tokens' is null then expected = predicted else btrim(expected, E' \t\r\n\f\u000b\u00a0') = btrim(predicted, E' \t\r\n\f\u000b\u00a0') end correct
      from jsonb_array_elements(p_accuracy -> 'predictions') with ordinality part (one, place),
        lateral (select private.label_of(one -> 'expected') expected, private.label_of(one -> 'predicted') predicted) labels
    ) item;
    v_value := (case when p_metric = 'top-5' then v.top else v.correct end)::double precision / v_items;
    select * into v from private.wilson(floor(v_value * v_items + 0.5), v_items);
    v_lower := v.lower;
    v_upper := v.upper;
  elsif p_metric = 'macro-f1' then
    with answers as (
      select private.label_of(one -> 'expected') expected, private.label_of(one -> 'predicted') predicted
      from jsonb_array_elements(p_accuracy -> 'predictions') one
    ), labels as (
      select label, sum(hit) hit, sum(support) support, sum(called) called from (
        select expected label, 0 hit, 1 support, 0 called from answers
        union all select predicted, 0, 0, 1 from answers
        union all select expected, 1, 0, 0 from answers where expected = predicted
      ) part group by label
    )
    select avg((2 * hit)::double precision / (support + called)) into v_value from labels;
  elsif p_metric = 'auc' then
    if (select count(distinct private.label_of(one -> 'expected')) from jsonb_array_elements(p_accuracy -> 'predictions') one) <> 2 then
      perform private.not_recomputable('an area under the curve is of two classes');
    end if;
    select private.area_of(
      array_agg(label = positive order by place), array_agg((one ->> 'score')::double precision order by place)
    ) into v_area
    from jsonb_array_elements(p_accuracy -> 'predictions') with ordinality part (one, place),
      lateral (select private.label_of(one -> 'expected') label) own,
      (select max(private.label_of(one -> 'expected') collate "C") positive
        from jsonb_array_elements(p_accuracy -> 'predictions') one) two;
    v_value := v_area[1];
    v_lower := v_area[2];
    v_upper := v_area[3];
  elsif p_metric in ('mae', 'rmse') then
    if exists (
      select from jsonb_array_elements(p_accuracy -> 'predictions') one
      where jsonb_typeof(one -> 'expected') <> 'number' or jsonb_typeof(one -> 'predicted') <> 'number'
    ) then
      perform private.not_recomputable('an answer is no number');
    end if;
    select case when p_metric = 'mae' then avg(abs(error)) else sqrt(avg(error * error)) end into v_value
    from (
      select (one ->> 'predicted')::double precision - (one ->> 'expected')::double precision error
      from jsonb_array_elements(p_accuracy -> 'predictions') one
    ) item;
  else
    select sum((one ->> 'score')::double precision) score, sum((one ->> 'tokens')::double precision) tokens into v
    from jsonb_array_elements(p_accuracy -> 'predictions') one;
    if coalesce(v.tokens, 0) = 0 or abs(v.score / v.tokens) > 700 then
      perform private.not_recomputable('there is no perplexity of these answers');
    end if;
    v_value := exp(-v.score / v.tokens);
  end if;
  return jsonb_build_object('metric', p_metric, 'value', v_value, 'items', v_items,
    'lower', case when v_items >= 2 then v_lower end, 'upper', case when v_items >= 2 then v_upper end);
end $$;

-- A label as text: 3 and '3' are one.
create function private.label_of(p jsonb) returns text language sql immutable set search_path = '' as $$
  select case jsonb_typeof(p) when 'number' then trim_scale((p #>> '{}')::numeric)::text else p #>> '{}' end
$$;

grant execute on function private.wilson(double precision, double precision),
  private.area_of(boolean[], double precision[]), private.accuracy_of(jsonb, text), private.label_of(jsonb)
to console_api;
update private.workspace set schema_version = '20261201000520';
