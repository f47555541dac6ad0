import { createHmac } from 'node:crypto'
import { REFUSALS } from '@shared/backend/errors'
import type { ExternalEvent } from '@shared/backend/external-events'
import { z } from 'zod'
import { idOf } from '../deterministic-id'

/** Where events go, and as whom. */
export interface EventServer {
  url: string
  /** The service credential: a secret key of the project. */
  serviceKey: string
  fetch: typeof fetch
  source: string
  /** Shared between the sender and the server; only with it is a batch believed. */
  secret: Uint8Array
}

/** The server's refusal or silence, as a sentence. */
export class EventsNotSent extends Error {}

export interface Sent {
  recorded: number
  /** Were there before. */
  known: number
}

/** Far below what the server takes (10,000 events, 5 MB), so that one transaction stays short. */
const BATCH = 1000
/** A batch takes a second; whoever says nothing for so long is gone, and what is sent again counts once. */
const PATIENCE_MS = 60_000

/**
 * Sends events in batches, each signed with HMAC-SHA256. A batch is one operation whose id is its hash:
 * whatever broke off is sent again from its start, and nothing is recorded twice.
 * @throws EventsNotSent saying how much was recorded before
 */
export async function sendEvents(
  target: EventServer,
  events: readonly ExternalEvent[],
  onSent: (events: number) => void = () => {},
): Promise<Sent> {
  const sent: Sent = { recorded: 0, known: 0 }
  for (let start = 0; start < events.length; start += BATCH) {
    const batch = JSON.stringify(events.slice(start, start + BATCH))
    const { recorded, known } = await sendBatch(target, batch).catch((error: unknown) => {
      const before =
        start === 0 ? 'Nothing was recorded.' : `${start} events before it are recorded.`
      throw new EventsNotSent(
        `${(error as Error).message} ${before} Put that right and send the file again: nothing is recorded twice.`,
      )
    })
    sent.recorded += recorded
    sent.known += known
    onSent(Math.min(start + BATCH, events.length))
  }
  return sent
}

const Answer = z.object({ recorded: z.number(), known: z.number(), replayed: z.boolean() })
const Refusal = z.object({ message: z.string(), details: z.string().nullish() })

async function sendBatch(
  { url, serviceKey, fetch, source, secret }: EventServer,
  batch: string,
): Promise<Sent> {
  const response = await fetch(`${url}/rest/v1/rpc/record_events`, {
    method: 'POST',
    // The key goes to the address that was given and nowhere else.
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE_MS),
    headers: {
      'content-type': 'application/json',
      apikey: serviceKey,
      // Keys of the old kind are tokens and go here too; the gateway refuses the new kind here.
      ...(serviceKey.startsWith('eyJ') ? { authorization: `Bearer ${serviceKey}` } : {}),
    },
    body: JSON.stringify({
      p_op: idOf('record_events', source, batch),
      p_source: source,
      p_batch: batch,
      p_signature: createHmac('sha256', secret).update(batch).digest('hex'),
    }),
  }).catch((error: unknown) => {
    throw new Error(`${new URL(url).host} was not reached: ${(error as Error).message}.`)
  })
  const body: unknown = await response.json().catch(() => null)
  const answer = Answer.safeParse(body)
  if (response.ok && answer.success) {
    const { recorded, known, replayed } = answer.data
    // The answer of the first time: what it recorded then is there now.
    return replayed ? { recorded: 0, known: recorded + known } : { recorded, known }
  }
  const refusal = Refusal.safeParse(body)
  if (refusal.success && Object.hasOwn(REFUSALS, refusal.data.message))
    throw new Error(
      REFUSALS[refusal.data.message as keyof typeof REFUSALS].say(
        JSON.parse(refusal.data.details ?? '{}') as Record<string, unknown>,
      ),
    )
  throw new Error(
    `${new URL(url).host} answered ${response.status}${refusal.success ? `: ${refusal.data.message}` : ''}.`,
  )
}
