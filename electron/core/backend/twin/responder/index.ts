import { type AuthOptions, createAuth } from './auth'
import { type Database, isPostgresError } from './database'
import { HttpError, jsonResponse } from './http-error'
import type { TokenKeys } from './jwt'
import { type ApiKeys, callerOf } from './rest/caller'
import { type Catalogue, readCatalogue } from './rest/catalogue'
import { restError } from './rest/errors'
import { callRoutine } from './rest/rpc'

export type { Database, Query, TransactionOptions } from './database'

export interface ResponderOptions extends AuthOptions {
  database: Database
  keys: TokenKeys
  apiKeys: ApiKeys
  /** Wall clock, seconds. */
  now(): number
  /** Serves /functions/v1/<name>. */
  functions?: Readonly<Record<string, (request: Request) => Promise<Response>>>
}

/** A request whose body was read. */
export interface PlainRequest {
  method: string
  url: string
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>
  body: string
}

export interface Responder {
  handle(request: PlainRequest): Promise<Response>
  /** Reads the functions of the schema anew, as `NOTIFY pgrst` makes PostgREST do. */
  reload(): Promise<void>
}

/** Bytes of a body, as the gateway of a hosted project takes them. */
export const MOST_BODY_BYTES = 10 * 1024 * 1024

/** Opened by a browser, which sends no key. */
const OPEN_PATHS = new Set(['/auth/v1/verify', '/auth/v1/.well-known/jwks.json'])

/**
 * Answers like a hosted project, as far as the console uses one: PostgREST's functions and Supabase Auth.
 * The same over PGlite and over PostgreSQL, in the twin and behind HTTP.
 */
export function createResponder(options: ResponderOptions): Responder {
  const { database, apiKeys, keys, now } = options
  const auth = createAuth(options)
  let catalogue: Promise<Catalogue> | undefined

  async function route(request: PlainRequest): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url)
    if (Buffer.byteLength(request.body) > MOST_BODY_BYTES) throw tooLarge()
    if (!OPEN_PATHS.has(pathname)) checkApiKey(request.headers, searchParams)
    searchParams.delete('apikey')
    if (pathname.startsWith('/auth/v1/'))
      return auth.handle(request, pathname.slice('/auth/v1'.length), searchParams)
    const [, name] = /^\/functions\/v1\/([\w-]+)$/.exec(pathname) ?? []
    const serve = name === undefined ? undefined : options.functions?.[name]
    if (serve !== undefined) {
      const { role } = callerOf(request.headers, apiKeys, keys, now())
      // verify_jwt of config.toml.
      if (role === 'anon')
        throw new HttpError(401, { code: 401, message: 'Missing authorization header' })
      const { method, headers, body } = request
      return serve(new Request(request.url, { method, headers, ...(body === '' ? {} : { body }) }))
    }
    const [, routine] = /^\/rest\/v1\/rpc\/([^/]+)$/.exec(pathname) ?? []
    if (routine === undefined)
      throw restError(404, 'PGRST125', 'Invalid path specified in request URL')
    catalogue ??= readCatalogue(database.query)
    return callRoutine(
      database,
      await catalogue,
      callerOf(request.headers, apiKeys, keys, now()),
      decodeURIComponent(routine),
      {
        method: request.method,
        path: pathname.slice('/rest/v1'.length),
        query: searchParams,
        headers: request.headers,
        body: request.body,
      },
    )
  }

  function checkApiKey(headers: PlainRequest['headers'], query: URLSearchParams): void {
    const key = headers.apikey ?? query.get('apikey')
    if (key === null || key === undefined)
      throw new HttpError(401, {
        message: 'No API key found in request',
        hint: 'No `apikey` request header or url param was found.',
      })
    if (key !== apiKeys.publishable && key !== apiKeys.secret)
      throw new HttpError(401, {
        message: 'Invalid API key',
        hint: 'Double check your Supabase `anon` or `service_role` API key.',
      })
  }

  return {
    async handle(request) {
      try {
        return await route(request)
      } catch (error) {
        if (error instanceof HttpError) return jsonResponse(error.status, error.body, error.headers)
        if (isPostgresError(error))
          return jsonResponse(500, { code: error.code, message: error.message })
        throw error
      }
    },
    async reload() {
      catalogue = readCatalogue(database.query)
      await catalogue
    },
  }
}

const tooLarge = () =>
  new HttpError(413, { message: `The body is larger than ${MOST_BODY_BYTES} bytes.` })
