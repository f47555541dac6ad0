import type { CallEnd, Question } from './calls'
import { MESSAGES } from './messages'
import { MOST_BODY_BYTES } from './responder'

/** `fetch`, as supabase-js takes one, over whatever brings a question to the twin. */
export function createFetch(ask: (question: Question) => Promise<CallEnd>): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init)
    request.signal.throwIfAborted()
    const body = await request.text()
    // Meanwhile, perhaps: a listener hears nothing of what was.
    request.signal.throwIfAborted()
    if (Buffer.byteLength(body) > MOST_BODY_BYTES)
      return json(413, { message: `The body is larger than ${MOST_BODY_BYTES} bytes.` })
    const aborted = new Promise<never>((_, reject) =>
      request.signal.addEventListener('abort', () => reject(request.signal.reason), {
        once: true,
      }),
    )
    const end = await Promise.race([
      ask({
        type: 'request',
        method: request.method,
        url: request.url,
        headers: Object.fromEntries(request.headers),
        body,
      }),
      aborted,
    ])
    return responseOf(end)
  }
}

function responseOf(end: CallEnd): Response {
  switch (end.kind) {
    case 'answer': {
      const { status, headers, body } = end.answer
      return new Response(body, { status, headers })
    }
    case 'timeout':
      return restAnswer(500, '57014', MESSAGES.tooSlow)
    case 'crash':
      return restAnswer(503, 'PGRST001', MESSAGES.ended, end.sentence)
    case 'unreachable':
      // What fetch itself throws when nobody listens.
      throw new TypeError(end.error.message, { cause: end.error })
    case 'failed':
      return restAnswer(500, 'PGRSTX00', 'The local workspace failed at this.', end.message)
    case 'done':
      throw new Error('A request is answered, not done')
  }
}

const restAnswer = (status: number, code: string, message: string, details: string | null = null) =>
  json(status, { code, message, details, hint: null })

const json = (status: number, body: object) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/json; charset=utf-8' },
  })
