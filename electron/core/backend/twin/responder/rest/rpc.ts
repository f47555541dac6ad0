import { type Database, identifier, isPostgresError } from '../database'
import type { HttpError } from '../http-error'
import type { Caller } from './caller'
import { type Catalogue, findRoutine, type Routine } from './catalogue'
import { databaseError, restError } from './errors'
import { readPreferences } from './preferences'
import { mediaTypeOf, type RpcRequest, readArguments } from './request'

/** Rows of one answer (max_rows of config.toml): what is beyond is cut off without a word. */
const MAX_ROWS = 1000

interface Answer {
  body: string | null
  rows: number
  total: number | null
  status: string | null
  headers: string | null
}

/** `/rest/v1/rpc/<name>`, answered as PostgREST does (mainCall of Query/Statements.hs). */
export async function callRoutine(
  database: Database,
  catalogue: Catalogue,
  caller: Caller,
  name: string,
  request: RpcRequest,
): Promise<Response> {
  const { method } = request
  if (method !== 'POST' && method !== 'GET' && method !== 'HEAD')
    throw restError(405, 'PGRST101', `Cannot use the ${method} method on RPC`)
  const args = readArguments(request)
  const routine = findRoutine(catalogue, name, args.names, method)
  const preferences = readPreferences(request.headers.prefer)
  if (preferences.maxAffected !== undefined && !routine.set)
    throw restError(
      400,
      'PGRST128',
      'Function must return SETOF or TABLE when max-affected preference is used with handling=strict',
    )
  const media = mediaTypeOf(request.headers.accept)
  const single = media === 'application/vnd.pgrst.object+json'
  const { sql, values } = statement(routine, args, preferences.count)
  const answer = await inTransaction(database, caller, request, routine, async (query) => {
    const [row] = await query<Answer>(sql, values)
    if (row === undefined) throw new Error('An aggregate gave no row')
    // Thrown inside: nothing of the call stays.
    if (single && row.rows !== 1)
      throw restError(406, 'PGRST116', 'Cannot coerce the result to a single JSON object', {
        details: `The result contains ${row.rows} rows`,
      })
    if (preferences.maxAffected !== undefined && row.rows > preferences.maxAffected)
      throw restError(400, 'PGRST124', 'Query result exceeds max-affected preference constraint', {
        details: `The query affects ${row.rows} rows`,
      })
    return row
  })
  return respond(routine, answer, {
    head: method === 'HEAD',
    single,
    media,
    applied: preferences.applied,
  })
}

/** One statement that calls the function, counts, and reads what it says about the answer. */
function statement(routine: Routine, args: ReturnType<typeof readArguments>, count: boolean) {
  const inputs = routine.inputs.filter((input) => args.names.includes(input.name))
  const fromRecord = 'json' in args && inputs.length > 0
  const columns = inputs.map(({ name, type }) => `${identifier(name)} ${type}`).join(', ')
  const record = `json_to_record($1::json) as a (${columns})`
  // Types come from the catalogue; names are quoted; values are parameters.
  const named = inputs.map(({ name, type }, nth) => {
    const value = fromRecord ? `a.${identifier(name)}` : `($${nth + 1}::text)::${type}`
    return `${identifier(name)} := ${value}`
  })
  const call = `public.${identifier(routine.name)}(${named.join(', ')})`
  const values =
    'json' in args
      ? fromRecord
        ? [args.json]
        : []
      : inputs.map(({ name }) => args.texts.get(name))
  const said = `nullif(current_setting('response.status', true), '') as status,
    nullif(current_setting('response.headers', true), '') as headers`
  // Most are this simple; what the function says is read behind it, for which the offset stands.
  if (!routine.composite && !routine.set && !routine.void)
    return {
      values,
      sql: `select to_json(t.v)::text as body, 1 as rows, null::int as total, ${said}
        from (select ${call} as v ${fromRecord ? `from ${record}` : ''} offset 0) t`,
    }
  const from = fromRecord ? `${record}, lateral ${call}` : call
  const source = routine.composite ? `select f.* from ${from} f` : `select f.v from ${from} f (v)`
  const value = routine.composite ? 'to_json(t)' : 'to_json(t.v)'
  const body = routine.set ? `coalesce(json_agg(${value}), '[]')` : `(json_agg(${value}) -> 0)`
  return {
    values,
    sql: `with source as (${source})
      select ${routine.void ? 'null' : `${body}::text`} as body, count(*)::int as rows,
        ${count && routine.set ? '(select count(*) from source)::int' : 'null::int'} as total,
        ${said}
      from (select * from source${routine.set ? ` limit ${MAX_ROWS}` : ''}) t`,
  }
}

async function inTransaction<Result>(
  database: Database,
  caller: Caller,
  request: RpcRequest,
  routine: Routine,
  work: Parameters<typeof database.transaction<Result>>[1],
): Promise<Result> {
  // Volatility is API: what says it changes nothing cannot.
  const readOnly = request.method !== 'POST' || !routine.volatile
  // Everything that a policy or a function can ask of the call (docs/references/transactions.rst).
  const settings = {
    search_path: 'public, extensions',
    role: caller.role,
    'request.jwt.claims': JSON.stringify({ ...caller.claims, role: caller.role }),
    'request.method': request.method,
    'request.path': request.path,
    'request.headers': JSON.stringify(request.headers),
  }
  try {
    return await database.transaction({ readOnly, settings, limitMs: caller.limitMs }, work)
  } catch (error) {
    if (isPostgresError(error)) throw databaseError(error, caller.role !== 'anon')
    throw error
  }
}

function respond(
  routine: Routine,
  answer: Answer,
  {
    head,
    single,
    media,
    applied,
  }: { head: boolean; single: boolean; media: string; applied: string },
): Response {
  const headers = new Headers({ 'Content-Range': contentRange(routine, answer) })
  if (!routine.void) headers.set('Content-Type', `${media}; charset=utf-8`)
  if (applied !== '') headers.set('Preference-Applied', applied)
  for (const [name, value] of statedHeaders(answer.headers)) headers.set(name, value)
  const cut = answer.total !== null && answer.rows < answer.total
  const status = statedStatus(answer.status) ?? (routine.void ? 204 : cut ? 206 : 200)
  if (routine.void || head || status === 204 || status === 304)
    return new Response(null, { status, headers })
  let body = answer.body ?? 'null'
  if (single && routine.set) {
    const [row] = JSON.parse(body) as unknown[]
    body = JSON.stringify(row)
  }
  return new Response(body, { status, headers })
}

function contentRange({ set }: Routine, { rows, total }: Answer): string {
  if (!set) return '0-0/*'
  return `${rows === 0 ? '*' : `0-${rows - 1}`}/${total ?? '*'}`
}

function statedStatus(text: string | null): number | undefined {
  if (text === null) return undefined
  const status = Number(text)
  if (Number.isInteger(status) && status >= 200 && status <= 599) return status
  throw restError(500, 'PGRST112', 'response.status guc must be a valid status code')
}

function statedHeaders(text: string | null): [string, string][] {
  if (text === null) return []
  const wrong = (): HttpError =>
    restError(
      500,
      'PGRST111',
      'response.headers guc must be a JSON array composed of objects with a single key and a string value',
    )
  try {
    const list: unknown = JSON.parse(text)
    if (!Array.isArray(list)) throw wrong()
    return list.map((entry: unknown) => {
      const [pair, more] = Object.entries(entry ?? {})
      if (pair === undefined || more !== undefined || typeof pair[1] !== 'string') throw wrong()
      return [pair[0], pair[1]]
    })
  } catch {
    throw wrong()
  }
}
