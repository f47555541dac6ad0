import { askHidden } from './ask'
import { text } from './messages'
import { DatabaseProblem } from './problem'
import type { Sql } from './sql'
import { nameOf, type Target } from './target'

export interface Connection extends Sql {
  readonly target: Target
  end(): Promise<void>
}

/** Asked for by the server, and not known. */
class PasswordNeeded extends Error {}

/** Seconds until a server that does not answer counts as unreachable. */
const CONNECT_SECONDS = 20

/** Connects; asks for the password when the server wants one. Errors are sentences. */
export async function connect(
  target: Target,
  ask: (prompt: string) => Promise<string> = (prompt) => askHidden(prompt),
): Promise<Connection> {
  try {
    return await open(target, target.password)
  } catch (error) {
    if (!(error instanceof PasswordNeeded)) throw sentence(error, target)
  }
  // Connected anew afterwards: a server does not wait for somebody who types.
  const password = await ask(text.askPassword(target.user, nameOf(target)))
  try {
    return await open(target, password)
  } catch (error) {
    throw sentence(error, target)
  }
}

async function open(target: Target, password: string | undefined): Promise<Connection> {
  const { default: pg } = await import('pg')
  const client = new pg.Client({
    host: target.host.replace(/^\[|\]$/g, ''),
    port: target.port,
    database: target.database,
    user: target.user,
    password:
      password ??
      (() => {
        throw new PasswordNeeded()
      }),
    ssl:
      target.tls === 'off'
        ? false
        : { rejectUnauthorized: target.tls === 'verify', ...(target.ca && { ca: target.ca }) },
    application_name: 'prometheus-console db',
    connectionTimeoutMillis: CONNECT_SECONDS * 1000,
    keepAlive: true,
  })
  let broken: Error | undefined
  // Between two queries nobody waits for an answer; the next query tells.
  client.on('error', (error) => {
    broken = error
  })
  await client.connect()
  // Long work is expected here, and values are written as every server reads them.
  await client.query(`set statement_timeout = 0; set idle_in_transaction_session_timeout = 0;
    set datestyle = 'ISO'; set intervalstyle = 'postgres'; set timezone = 'UTC';
    set extra_float_digits = 1; set bytea_output = 'hex'; set standard_conforming_strings = on;
    set client_min_messages = warning; set search_path = public`)
  return {
    target,
    query: async <Row>(sql: string, values?: unknown[]) => {
      if (broken !== undefined) throw new DatabaseProblem(text.connectionLost(broken.message))
      const result = await client.query(sql, values)
      return { rows: (result.rows ?? []) as Row[] }
    },
    end: () => client.end(),
  }
}

function sentence(error: unknown, target: Target): unknown {
  if (!(error instanceof Error) || error instanceof DatabaseProblem) return error
  const { code = '' } = error as NodeJS.ErrnoException
  const where = nameOf(target)
  if (code === '28P01' || code === '28000')
    return new DatabaseProblem(text.refusedLogin(target.user))
  if (code === '3D000') return new DatabaseProblem(text.noDatabase(target.database))
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return new DatabaseProblem(text.noHost(target.host))
  if (/self.signed|unable to (get|verify)|CERT_/i.test(`${code} ${error.message}`))
    return new DatabaseProblem(text.notTrusted(target.host))
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return new DatabaseProblem(text.otherName(target.host))
  if (/does not support SSL/i.test(error.message)) return new DatabaseProblem(text.noTls(where))
  return new DatabaseProblem(text.notReached(where, error.message || code))
}
