import { restError } from './errors'

export interface RpcRequest {
  method: string
  /** Below /rest/v1. */
  path: string
  query: URLSearchParams
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>
  body: string
}

/** POST: the JSON text as it came. GET and HEAD: each value as text. */
export type Arguments =
  | { names: string[]; json: string }
  | { names: string[]; texts: ReadonlyMap<string, string> }

/** Shape what a table function returns; the console never asks for it, and the twin does not offer it. */
const RESERVED = new Set([
  'select',
  'columns',
  'order',
  'limit',
  'offset',
  'and',
  'or',
  'on_conflict',
])

export function readArguments({ method, query, headers, body }: RpcRequest): Arguments {
  for (const name of query.keys())
    if (RESERVED.has(name))
      throw restError(400, 'PGRST127', 'Feature not implemented', {
        details: `The local twin does not take the query parameter "${name}".`,
      })
  if (method !== 'POST') {
    const texts = new Map(query)
    return { names: [...texts.keys()], texts }
  }
  const type = (headers['content-type'] ?? 'application/json').split(';')[0]?.trim()
  if (type !== 'application/json')
    throw restError(415, 'PGRST102', `Content-Type not acceptable: ${type}`)
  if (body === '') return { names: [], json: '{}' }
  const value = parse(body)
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw restError(400, 'PGRST102', 'Empty or invalid json')
  return { names: Object.keys(value), json: body }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw restError(400, 'PGRST102', 'Empty or invalid json')
  }
}

type MediaType = 'application/json' | 'application/vnd.pgrst.object+json'

/** The first type of Accept that is offered. */
export function mediaTypeOf(accept: string | undefined): MediaType {
  const wanted = (accept ?? '*/*').split(',').map((part) => part.split(';')[0]?.trim() ?? '')
  for (const type of wanted) {
    if (type === 'application/vnd.pgrst.object+json' || type === 'application/vnd.pgrst.object')
      return 'application/vnd.pgrst.object+json'
    if (
      ['*/*', '', 'application/*', 'application/json', 'application/vnd.pgrst.array+json'].includes(
        type,
      )
    )
      return 'application/json'
  }
  throw restError(406, 'PGRST107', `None of these media types are available: ${wanted.join(', ')}`)
}
