// Edge Function: checks the envelope that came with a report or a result, because SQL has no Ed25519.
// Without dependencies: Deno serves it, the local twin and the tests import it.
import { type Evidence, judge } from './judge.ts'

export interface Services {
  /** Of the project, without a path. */
  url: string
  /** Of the role service_role: the database takes a verification from nobody else. */
  serviceKey: string
  fetch: typeof fetch
  randomId(): string
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/**
 * `{ subject: 'report' | 'result', id }`, from anybody who is signed in: what is checked comes out of
 * the database, never out of the request, so whoever calls can only have it checked again.
 */
export const handler =
  (services: Services) =>
  async (request: Request): Promise<Response> => {
    if (request.method !== 'POST') return json(405, { code: 'method_not_allowed' })
    const asked = await readAsked(request)
    if (asked === undefined) return json(400, { code: 'invalid_input' })
    const found = await call(services, 'get_evidence', { p_subject: asked.subject, p_id: asked.id })
    if (!found.ok) return passOn(found)
    const { section, envelope } = (await found.json()) as Omit<Evidence, 'subject' | 'envelope'> & {
      envelope: string | null
    }
    if (envelope === null) return json(409, { code: 'not_signed' })
    const judgement = await judge({ subject: asked.subject, section, envelope })
    const recorded = await call(services, 'record_verification', {
      p_op: services.randomId(),
      p_subject: asked.subject,
      p_id: asked.id,
      p_outcome: judgement.outcome,
      p_key_id: judgement.keyId,
      p_detail: judgement.detail,
    })
    if (!recorded.ok) return passOn(recorded)
    const { level } = (await recorded.json()) as { level: string }
    return json(200, { ...judgement, level })
  }

async function readAsked(
  request: Request,
): Promise<{ subject: Evidence['subject']; id: string } | undefined> {
  let body: unknown
  try {
    body = await request.json()
  } catch {
    return undefined
  }
  if (typeof body !== 'object' || body === null) return undefined
  const { subject, id } = body as Record<string, unknown>
  if (subject !== 'report' && subject !== 'result') return undefined
  return typeof id === 'string' && UUID.test(id) ? { subject, id } : undefined
}

const call = ({ url, serviceKey, fetch }: Services, name: string, args: object) =>
  fetch(`${url}/rest/v1/rpc/${name}`, {
    method: 'POST',
    headers: {
      apikey: serviceKey,
      authorization: `Bearer ${serviceKey}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(args),
  })

/** A refusal of the database says its code and no more. */
async function passOn(response: Response): Promise<Response> {
  const body = (await response.json().catch(() => ({}))) as { message?: unknown }
  const code = typeof body.message === 'string' ? body.message : 'internal_error'
  return json(response.status >= 400 ? response.status : 502, { code })
}

const json = (status: number, body: object): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  })

interface DenoHost {
  serve(handle: (request: Request) => Promise<Response>): unknown
  env: { get(name: string): string | undefined }
}
const { Deno } = globalThis as { Deno?: DenoHost }
if (Deno !== undefined)
  Deno.serve(
    handler({
      url: Deno.env.get('SUPABASE_URL') ?? '',
      serviceKey: Deno.env.get('SUPABASE_SERVICE_ROLE_KEY') ?? '',
      fetch: globalThis.fetch,
      randomId: () => crypto.randomUUID(),
    }),
  )
