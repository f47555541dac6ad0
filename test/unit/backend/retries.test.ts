import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Failure } from '../../../electron/core/backend/answers'
import { backoffMs, CAP_MS, retryAfterSeconds } from '../../../electron/core/backend/backoff'
import { type CallParts, callRpc } from '../../../electron/core/backend/calls'
import { createCircuit } from '../../../electron/core/backend/circuit'

const NOW = new Date('2026-12-01T12:00:00Z')
const INFO = {
  schemaVersion: '20261201000100',
  minClient: '0.1.0',
  rulesVersion: '2026.11.1',
  serverTime: '2026-12-01T12:00:00+00:00',
  feedEpoch: 'epoch',
  withoutAdmin: false,
  sample: false,
}
const ID = '0195f3a0-0000-4000-8000-000000000001'
const failure = (status: number, more: Partial<Failure> = {}): Failure => ({
  status,
  code: '',
  message: '',
  details: null,
  retryAfter: null,
  ...more,
})

/** Answers one after the other; the last for ever. A clock that waiting moves. */
function server(...answers: (Failure | object)[]) {
  let at = 0
  const sent: { body: Record<string, unknown>; token: string | null }[] = []
  const waits: number[] = []
  let token: string | null = 'first'
  let renewed = 0
  const parts: CallParts = {
    platform: { monotonic: () => at },
    circuit: createCircuit(() => at),
    random: () => 0.5,
    wait: async (ms) => {
      waits.push(ms)
      at += ms
    },
    session: {
      token: async () => token,
      refused: async () => {
        renewed++
        token = `token ${renewed}`
        return token
      },
    },
    onAnswer: () => {},
    send: async (_, body, sentWith) => {
      const answer = answers[Math.min(sent.length, answers.length - 1)] ?? INFO
      sent.push({ body, token: sentWith })
      return 'retryAfter' in answer
        ? { data: null, failure: answer as Failure }
        : { data: answer, failure: null }
    },
  }
  const pass = (ms: number) => {
    at += ms
  }
  return { parts, sent, waits, renewals: () => renewed, pass }
}

describe('backing off', () => {
  it('never waits longer than five minutes, and spreads over all of the time before', () => {
    fc.assert(
      fc.property(fc.nat(40), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
        const ms = backoffMs(attempt, random)
        expect(ms).toBeLessThanOrEqual(Math.min(CAP_MS, 1000 * 2 ** attempt))
        expect(backoffMs(attempt, 0)).toBe(0)
      }),
    )
  })

  it('reads Retry-After in both of its forms', () => {
    expect(retryAfterSeconds('7', NOW)).toBe(7)
    expect(retryAfterSeconds('Tue, 01 Dec 2026 12:00:09 GMT', NOW)).toBe(9)
    expect(retryAfterSeconds('soon', NOW)).toBeNull()
    expect(retryAfterSeconds(null, NOW)).toBeNull()
  })
})

describe('a call', () => {
  it('is sent again after a gateway error, a write with its own operation id', async () => {
    const { parts, sent, waits } = server(failure(503), failure(0), { id: ID, replayed: true })
    const args = { p_result_id: ID, p_reason: 'measured anew' }
    expect(await callRpc(parts, 'withdraw_result', ID, args)).toEqual({ id: ID, replayed: true })
    expect(sent.map(({ body }) => body.p_op)).toEqual([ID, ID, ID])
    expect(waits).toEqual([500, 1000])
  })

  it('waits as long as the server asks where that is short, and else tells how long', async () => {
    const brief = server(failure(429, { retryAfter: 2 }), INFO)
    await callRpc(brief.parts, 'server_info', null, {})
    expect(brief.waits).toEqual([2000])
    const long = server(failure(429, { retryAfter: 90 }))
    await expect(callRpc(long.parts, 'server_info', null, {})).rejects.toMatchObject({
      code: 'rate_limited',
      retryAfter: 90,
      message: expect.stringContaining('90 s'),
    })
    expect(long.sent).toHaveLength(1)
  })

  it('is not repeated where the disk is full, whoever noticed it', async () => {
    for (const full of [
      failure(507, { code: 'PT507', message: 'disk_full' }),
      failure(503, { code: '53100', message: 'could not extend file' }),
    ]) {
      const { parts, sent } = server(full)
      await expect(callRpc(parts, 'server_info', null, {})).rejects.toMatchObject({
        code: 'disk_full',
        message: expect.stringContaining('free some space'),
      })
      expect(sent).toHaveLength(1)
    }
  })

  it('gives the refusal of the server with its sentence and is not repeated', async () => {
    const { parts, sent } = server(
      failure(409, { code: 'PT409', message: 'revision_conflict', details: '{"revision": 4}' }),
    )
    await expect(callRpc(parts, 'server_info', null, {})).rejects.toMatchObject({
      code: 'revision_conflict',
      detail: { revision: 4 },
      message: expect.stringContaining('revision 4'),
    })
    expect(sent).toHaveLength(1)
  })

  it('renews its token once when the server finds it expired', async () => {
    const expired = failure(401, { code: 'PGRST303', message: 'JWT expired' })
    const good = server(expired, INFO)
    await callRpc(good.parts, 'server_info', null, {})
    expect(good.sent.map(({ token }) => token)).toEqual(['first', 'token 1'])
    const bad = server(expired)
    await expect(callRpc(bad.parts, 'server_info', null, {})).rejects.toMatchObject({
      code: 'not_signed_in',
    })
    expect(bad.renewals()).toBe(1)
  })

  it('with arguments out of shape never leaves this computer', async () => {
    const { parts, sent } = server(INFO)
    await expect(
      callRpc(parts, 'withdraw_result', ID, { p_result_id: 'x', p_reason: 'measured anew' }),
    ).rejects.toMatchObject({ code: 'invalid_input', detail: { field: 'result_id' } })
    expect(sent).toHaveLength(0)
  })

  it.each([{ rows: 'none' }, null, 'text', { ...INFO, sample: 'yes' }])(
    'with an answer out of shape (%j) is a bad answer',
    async (answer) => {
      const { parts } = server(INFO)
      parts.send = async () => ({ data: answer, failure: null })
      await expect(callRpc(parts, 'server_info', null, {})).rejects.toMatchObject({
        code: 'bad_answer',
      })
    },
  )

  it('leaves an endpoint alone that failed again and again, and tries it once after a while', async () => {
    const { parts, sent, pass } = server(failure(0))
    const call = () => callRpc(parts, 'server_info', null, {}).catch(({ code }) => code)
    expect(await call()).toBe('unreachable')
    const before = sent.length
    expect(await call()).toBe('unreachable')
    expect(sent).toHaveLength(before)
    pass(60_000)
    await call()
    expect(sent.length).toBeGreaterThan(before)
  })
})
