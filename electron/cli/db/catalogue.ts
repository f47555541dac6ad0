import type { Sql } from './sql'

/** What is in a database, one line a thing: `policy public.listings own` → what it says. */
export type Catalogue = Record<string, string>

/**
 * Everything of the schema that decides who may do what: owners, grants, policies, functions, and
 * what they stand on. The role that owns the schema is called `$owner`, because it has another name
 * on a hosted project, and what it may do to its own is not listed.
 */
export async function readCatalogue(sql: Sql): Promise<Catalogue> {
  // Otherwise names in expressions are written without their schema, as far as the path shows them.
  await sql.query("select pg_catalog.set_config('search_path', '', false)")
  const catalogue: Catalogue = {}
  for (const query of QUERIES) {
    const { rows } = await sql.query<{ key: string; value: string | null }>(`${HEAD} ${query}`)
    for (const { key, value } of rows) catalogue[key] = value ?? ''
  }
  await sql.query("select pg_catalog.set_config('search_path', 'public', false)")
  return Object.fromEntries(Object.entries(catalogue).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Objects of extensions are theirs, not ours. */
const ours = (object: string, relation: string) =>
  `not exists (select from pg_catalog.pg_depend d where d.classid = '${relation}'::regclass
     and d.objid = ${object}.oid and d.deptype = 'e')`

const HEAD = `with
  owner as (
    select n.nspowner as oid from pg_catalog.pg_namespace n where n.nspname = 'private'
  ),
  spaces as (select oid, nspname from pg_catalog.pg_namespace where nspname in ('public', 'private')),
  role_names as (
    select r.oid, case when r.oid = (select oid from owner) then '$owner' else r.rolname::text end as name
    from pg_catalog.pg_roles r union all select 0, 'PUBLIC'
  ),
  relations as (
    select c.*, s.nspname || '.' || c.relname as name,
      case c.relkind when 'v' then 'view' when 'm' then 'view' when 'S' then 'sequence' else 'table' end as kind
    from pg_catalog.pg_class c join spaces s on s.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm', 'S', 'f') and ${ours('c', 'pg_class')}
  ),
  functions as (
    select p.*, s.nspname || '.' || p.proname || '(' || pg_catalog.pg_get_function_identity_arguments(p.oid) || ')' as name
    from pg_catalog.pg_proc p join spaces s on s.oid = p.pronamespace where ${ours('p', 'pg_proc')}
  )`

/** Grants to others than the owner of the thing. */
const grants = (acl: string, fallback: string, owner: string) => `
  select string_agg(r.name || '=' || privileges, ' ' order by r.name) from (
    select a.grantee, string_agg(distinct a.privilege_type, ',' order by a.privilege_type) as privileges
    from pg_catalog.aclexplode(coalesce(${acl}, pg_catalog.acldefault('${fallback}', ${owner}))) a
    where a.grantee <> ${owner} and a.grantee <> (select oid from owner) group by a.grantee
  ) g join role_names r on r.oid = g.grantee`

const QUERIES = [
  `select 'schema ' || n.nspname as key, 'grants ' || coalesce((${grants('n.nspacl', 'n', 'n.nspowner')}), 'none') as value
   from pg_catalog.pg_namespace n where n.nspname in ('private')`,

  `select c.kind || ' ' || c.name as key, concat_ws('; ',
     'owner ' || (select name from role_names where oid = c.relowner),
     case when c.kind = 'table' then 'row security ' || case when c.relforcerowsecurity then 'forced'
       when c.relrowsecurity then 'on' else 'OFF' end end,
     case when c.kind = 'view' then 'options ' || coalesce(array_to_string(c.reloptions, ','), 'none')
       || ' as ' || pg_catalog.pg_get_viewdef(c.oid) end) as value from relations c`,

  `select 'grants ' || c.kind || ' ' || c.name as key,
     coalesce((${grants('c.relacl', 'r', 'c.relowner')}), 'none') as value
   from relations c where c.kind <> 'sequence'
   union all select 'grants sequence ' || c.name,
     coalesce((${grants('c.relacl', 's', 'c.relowner')}), 'none') from relations c where c.kind = 'sequence'`,

  `select 'grants column ' || c.name || '.' || a.attname as key,
     (${grants('a.attacl', 'c', 'c.relowner')}) as value
   from relations c join pg_catalog.pg_attribute a on a.attrelid = c.oid
   where a.attacl is not null and not a.attisdropped`,

  `select 'column ' || c.name || '.' || a.attname as key, concat_ws(' ',
     pg_catalog.format_type(a.atttypid, a.atttypmod),
     case when a.attnotnull then 'not null' end,
     case when a.attidentity <> '' then 'identity ' || a.attidentity::text end,
     case when a.attgenerated <> '' then 'generated' end,
     'default ' || pg_catalog.pg_get_expr(d.adbin, d.adrelid)) as value
   from relations c join pg_catalog.pg_attribute a on a.attrelid = c.oid
   left join pg_catalog.pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
   where c.kind = 'table' and a.attnum > 0 and not a.attisdropped`,

  // Since PostgreSQL 18 NOT NULL is a constraint too; the column says it already.
  `select 'constraint ' || c.name || ' ' || k.conname as key, pg_catalog.pg_get_constraintdef(k.oid) as value
   from relations c join pg_catalog.pg_constraint k on k.conrelid = c.oid where k.contype <> 'n'`,

  `select 'index ' || c.name || ' ' || i.relname as key, pg_catalog.pg_get_indexdef(x.indexrelid) as value
   from relations c join pg_catalog.pg_index x on x.indrelid = c.oid
   join pg_catalog.pg_class i on i.oid = x.indexrelid`,

  // On tables of ours, and wherever a function of ours is called.
  `select 'trigger ' || n.nspname || '.' || c.relname || ' ' || t.tgname as key,
     pg_catalog.pg_get_triggerdef(t.oid) || case t.tgenabled when 'D' then ' DISABLED' else '' end as value
   from pg_catalog.pg_trigger t join pg_catalog.pg_class c on c.oid = t.tgrelid
   join pg_catalog.pg_namespace n on n.oid = c.relnamespace
   where not t.tgisinternal and (n.oid in (select oid from spaces) or t.tgfoid in (select oid from functions))`,

  `select 'policy ' || n.nspname || '.' || c.relname || ' ' || p.polname as key, concat_ws(' ',
     case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end,
     case when not p.polpermissive then 'restrictive' end,
     'to ' || (select string_agg(r.name, ',' order by r.name) from role_names r where r.oid = any (p.polroles)),
     'using (' || pg_catalog.pg_get_expr(p.polqual, p.polrelid) || ')',
     'check (' || pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) || ')') as value
   from pg_catalog.pg_policy p join pg_catalog.pg_class c on c.oid = p.polrelid
   join pg_catalog.pg_namespace n on n.oid = c.relnamespace
   where n.oid in (select oid from spaces)
     or (n.nspname || '.' || c.relname) in ('storage.objects', 'storage.buckets', 'realtime.messages')`,

  `select 'function ' || f.name as key, concat_ws('; ',
     'returns ' || pg_catalog.pg_get_function_result(f.oid),
     (select lanname from pg_catalog.pg_language where oid = f.prolang),
     case f.provolatile when 'i' then 'immutable' when 's' then 'stable' else 'volatile' end,
     case when f.prosecdef then 'definer' else 'invoker' end,
     'owner ' || (select name from role_names where oid = f.proowner),
     coalesce('set ' || array_to_string(f.proconfig, ', '), 'no search_path'),
     -- A body in SQL-standard form is kept as a tree, which each server writes down in its own way.
     case when f.prosqlbody is null
       then 'body ' || left(pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(f.prosrc, 'UTF8')), 'hex'), 16)
       else pg_catalog.regexp_replace(pg_catalog.pg_get_function_sqlbody(f.oid), '\\s+', ' ', 'g') end) as value
   from functions f where f.prokind in ('f', 'p', 'w')`,

  `select 'grants function ' || f.name as key,
     coalesce((${grants('f.proacl', 'f', 'f.proowner')}), 'none') as value from functions f`,

  `select 'type ' || s.nspname || '.' || t.typname as key, coalesce(
     (select 'enum ' || string_agg(e.enumlabel, ',' order by e.enumsortorder) from pg_catalog.pg_enum e where e.enumtypid = t.oid),
     'domain over ' || pg_catalog.format_type(t.typbasetype, t.typtypmod)) as value
   from pg_catalog.pg_type t join spaces s on s.oid = t.typnamespace
   where t.typtype in ('e', 'd') and ${ours('t', 'pg_type')}`,

  // Whether a worker's role may log in is its operator's decision.
  `select 'role ' || r.rolname as key, concat_ws(' ',
     case when r.rolname <> 'console_worker' then case when r.rolcanlogin then 'LOGIN' else 'no login' end end,
     case when r.rolsuper then 'SUPERUSER' end,
     case when r.rolbypassrls then 'BYPASSRLS' else 'held by policies' end,
     case when r.rolcreaterole then 'CREATEROLE' end,
     case when r.rolcreatedb then 'CREATEDB' end) as value
   from pg_catalog.pg_roles r where r.rolname in ('console_api', 'console_worker')`,

  // The owner has to be a member to hand functions over; nobody else is one.
  `select 'member ' || m.rolname || ' of ' || r.rolname as key, 'member' as value
   from pg_catalog.pg_auth_members a join pg_catalog.pg_roles r on r.oid = a.roleid
   join pg_catalog.pg_roles m on m.oid = a.member
   where r.rolname in ('console_api', 'console_worker') and m.oid <> (select oid from owner) and not m.rolsuper`,
]

export interface Difference {
  key: string
  kind: 'missing' | 'extra' | 'different'
  expected: string | null
  found: string | null
}

export function compareCatalogues(expected: Catalogue, found: Catalogue): Difference[] {
  const keys = [...new Set([...Object.keys(expected), ...Object.keys(found)])].sort()
  return keys.flatMap((key): Difference[] => {
    const wanted = expected[key]
    const there = found[key]
    if (wanted === there) return []
    return [
      {
        key,
        kind: there === undefined ? 'missing' : wanted === undefined ? 'extra' : 'different',
        expected: wanted ?? null,
        found: there ?? null,
      },
    ]
  })
}
