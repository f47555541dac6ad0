import { EvidenceLevel } from '@shared/model/evidence-level'
import { z } from 'zod'
import type { Verification, Verified } from './backend'
import { badAnswer, type CallParts, type Sent, sendPatiently } from './calls'

/** The Edge Function of resources/supabase/functions; the local workspace serves the same one. */
export const VERIFY_FUNCTION = 'verify-passport'

export type Invoke = (
  body: { subject: Verified; id: string },
  token: string | null,
  signal: AbortSignal,
) => Promise<Sent>

const Answer = z.object({
  outcome: z.enum(['signed', 'invalid']),
  keyId: z.string().nullable(),
  detail: z.string(),
  level: EvidenceLevel,
})

export async function callVerify(
  parts: CallParts,
  invoke: Invoke,
  subject: Verified,
  id: string,
  signal?: AbortSignal,
): Promise<Verification> {
  const data = await sendPatiently(
    parts,
    VERIFY_FUNCTION,
    (token, limit) => invoke({ subject, id }, token, limit),
    signal,
  )
  const answer = Answer.safeParse(data)
  if (!answer.success) throw badAnswer(VERIFY_FUNCTION, answer.error)
  return answer.data
}

const Refusal = z.object({ code: z.string() })

/** As functions-js has it: the answer, or an error that holds the response where one came. */
export async function sentOf(
  { data, error }: { data: unknown; error: unknown },
  retryAfter: number | null,
): Promise<Sent> {
  if (error === null) return { data, failure: null }
  const response = (error as { context?: unknown }).context
  if (!(response instanceof Response))
    return {
      data: null,
      failure: { status: 0, code: '', message: String(error), details: null, retryAfter },
    }
  const { status } = response
  const body = Refusal.safeParse(await response.json().catch(() => null))
  // A refusal of the database comes through with its code alone.
  const message = body.success ? body.data.code : ''
  // Who is turned away at the gate has a token that is to be renewed.
  const code = status === 401 ? 'PGRST301' : `PT${status}`
  return { data: null, failure: { status, code, message, details: null, retryAfter } }
}
