// The zod catalogue of the API against the functions of a database.
import { PGlite } from '@electric-sql/pglite'
import { z } from 'zod'
import { parseOptions } from '../../electron/cli/arguments'
import { connect } from '../../electron/cli/db/connect'
import type { Sql } from '../../electron/cli/db/sql'
import { chooseTarget } from '../../electron/cli/db/target'
import { EXIT } from '../../electron/cli/usage'
import { RPCS } from '../../shared/backend/index'
import { buildDatabase } from '../expected-catalogue'
import { text } from './messages'
import { ROOT } from './root'

export async function types(args: string[]): Promise<number> {
  const { values } = parseOptions('db types', {
    args,
    options: { url: { type: 'string' }, ca: { type: 'string' } },
  })
  const problems =
    values.url === undefined && !process.env.DATABASE_URL
      ? await ofMigrations()
      : await ofDatabase(values.url, values.ca)
  for (const problem of problems) process.stdout.write(`${problem}\n`)
  if (problems.length > 0) return EXIT.found
  process.stdout.write(`${text.rpcClean(Object.keys(RPCS).length)}\n`)
  return EXIT.clean
}

async function ofMigrations(): Promise<string[]> {
  const database = await PGlite.create()
  try {
    await buildDatabase(database, ROOT)
    return await compareRpcs(database)
  } finally {
    await database.close()
  }
}

async function ofDatabase(url: string | undefined, ca: string | undefined): Promise<string[]> {
  const connection = await connect(chooseTarget({ url, ca, tls: undefined }, process.env))
  try {
    return await compareRpcs(connection)
  } finally {
    await connection.end()
  }
}

interface Found {
  name: string
  names: string[]
  types: string[]
  volatility: string
  result: string
}

/** Every way in which the functions of `public` and the catalogue differ, as sentences. */
export async function compareRpcs(sql: Sql): Promise<string[]> {
  const { rows } = await sql.query<Found>(
    `select p.proname::text as name, coalesce(p.proargnames, '{}') as names,
       array(select format_type(t, null) from unnest(p.proargtypes) with ordinality u(t, n) order by n) as types,
       case p.provolatile when 'v' then 'volatile' when 's' then 'stable' else 'immutable' end as volatility,
       pg_get_function_result(p.oid) as result
     from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prorettype <> 'trigger'::regtype
       and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
     order by 1`,
  )
  const found = Map.groupBy(rows, ({ name }) => name)
  const problems: string[] = []
  for (const [name, rpc] of Object.entries(RPCS)) {
    const [one, ...more] = found.get(name) ?? []
    found.delete(name)
    if (one === undefined) problems.push(text.rpcMissing(name))
    else if (more.length > 0) problems.push(text.rpcOverloaded(name))
    else problems.push(...differences(name, rpc.kind, jsonTypes(rpc.args), one))
  }
  for (const name of found.keys()) problems.push(text.rpcExtra(name))
  return problems
}

function differences(
  name: string,
  kind: 'read' | 'write',
  args: Record<string, string[]>,
  found: Found,
): string[] {
  const problems: string[] = []
  const expected = [...(kind === 'write' ? ['p_op'] : []), ...Object.keys(args)]
  if (expected.join() !== found.names.join())
    problems.push(text.rpcArguments(name, expected.join(', '), found.names.join(', ')))
  const volatility = kind === 'write' ? 'volatile' : 'stable'
  if (found.volatility !== volatility)
    problems.push(text.rpcVolatility(name, volatility, found.volatility))
  if (found.result !== 'jsonb') problems.push(text.rpcResult(name, found.result))
  found.names.forEach((argument, index) => {
    const type = found.types[index] ?? ''
    for (const json of args[argument] ?? [])
      if (!fits(type, json)) problems.push(text.rpcType(name, argument, type, json))
  })
  return problems
}

/** What each argument may be in JSON. */
function jsonTypes(args: z.ZodType): Record<string, string[]> {
  const { properties = {} } = z.toJSONSchema(args, { io: 'input', unrepresentable: 'any' })
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, [...new Set(typesOf(schema))]]),
  )
}

function typesOf(schema: z.core.JSONSchema._JSONSchema): string[] {
  if (typeof schema === 'boolean') return []
  const parts = schema.anyOf ?? schema.oneOf
  if (parts !== undefined) return parts.flatMap(typesOf)
  return schema.type === undefined ? [] : [schema.type]
}

const FITS: Record<string, readonly string[]> = {
  string: ['text', 'uuid', 'timestamp with time zone', 'bytea'],
  integer: ['integer', 'bigint', 'double precision', 'numeric'],
  number: ['double precision', 'numeric', 'real'],
  boolean: ['boolean'],
  object: ['jsonb'],
  array: ['jsonb', 'text[]', 'uuid[]'],
}

function fits(type: string, json: string): boolean {
  return json === 'null' || type === 'jsonb' || (FITS[json] ?? []).includes(type)
}
