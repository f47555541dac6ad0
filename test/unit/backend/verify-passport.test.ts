import { counterSign, signStatement } from '@shared/model/build'
import { fromUtf8 } from '@shared/model/utf8'
import { describe, expect, it } from 'vitest'
import { handler } from '../../../resources/supabase/functions/verify-passport/index'
import { judge } from '../../../resources/supabase/functions/verify-passport/judge'
import { forged, ISSUER, passport, signerNamed, statement, WITNESS } from '../../fixtures/passports'

const ID = '0195f3a0-0000-7000-8000-000000000001'
const scan = statement().predicate.scan
const textOf = async (bytes: Uint8Array | Promise<Uint8Array>) => fromUtf8(await bytes)
const judged = async (envelope: Uint8Array | Promise<Uint8Array>, section: unknown = scan) =>
  judge({ subject: 'report', section, envelope: await textOf(envelope) })

describe('the function that checks envelopes', () => {
  it('finds a real passport of the submitted scan signed by its issuer', async () => {
    expect(await judged(passport())).toEqual({
      outcome: 'signed',
      keyId: ISSUER.key.keyId,
      detail: `signed by ${ISSUER.key.keyId}`,
    })
  })

  it('takes further signatures, and each has to be right', async () => {
    const both = await counterSign(await passport(), WITNESS)
    expect(await judged(both)).toMatchObject({ outcome: 'signed' })
    const broken = (await textOf(both)).replace(/"sig":"(.)/g, (_, first: string) =>
      first === 'A' ? '"sig":"B' : '"sig":"A',
    )
    expect(await judge({ subject: 'report', section: scan, envelope: broken })).toMatchObject({
      outcome: 'invalid',
      detail: expect.stringContaining('does not belong to this content'),
    })
  })

  it('refuses the passport of another scan', async () => {
    const other = { ...scan, rulesVersion: 'another' }
    expect(await judged(passport(), other)).toMatchObject({
      outcome: 'invalid',
      keyId: ISSUER.key.keyId,
      detail: 'its scan is not the one that was submitted',
    })
  })

  it('refuses a statement that names another issuer than who signed it', async () => {
    const thief = signerNamed('thief')
    const stolen = await signStatement(statement(), thief)
    expect(await judged(stolen)).toMatchObject({
      outcome: 'invalid',
      detail: 'its first signature is not of the issuer it names',
    })
  })

  it('finds a measurement among those of the passport by its result', async () => {
    const document = { result: { launches: [1, 2] }, summary: {} }
    const schema = 'https://console.prometheus.store/benchmark-result/v1'
    const bytes = await forged('predicate.measurements', () => [{ schema, document }])
    const envelope = await textOf(bytes)
    const section = { launches: [1, 2] }
    expect(await judge({ subject: 'result', section, envelope })).toMatchObject({
      outcome: 'signed',
    })
    expect(
      await judge({ subject: 'result', section: { launches: [1, 3] }, envelope }),
    ).toMatchObject({ outcome: 'invalid' })
  })

  it.each([
    ['white space', (text: string) => text.replace('{', '{ ')],
    ['a second field of a name', (text: string) => text.replace('{', '{"payload":"",')],
    ['another field', (text: string) => text.replace('}]}', '}],"x":1}')],
    ['Base64 without its padding', (text: string) => text.replace(/=+"/, '"')],
    ['no JSON', () => 'passport'],
  ])('refuses an envelope with %s', async (_, change) => {
    const envelope = change(await textOf(passport()))
    expect(await judge({ subject: 'report', section: scan, envelope })).toMatchObject({
      outcome: 'invalid',
    })
  })

  it('reads what it judges from the database, and records what it found there', async () => {
    const envelope = await textOf(passport())
    const calls: { name: string; body: Record<string, unknown>; key: string | null }[] = []
    const serve = handler({
      url: 'https://project.example',
      serviceKey: 'service',
      randomId: () => ID,
      fetch: async (input, init) => {
        const request = new Request(input, init)
        const name = new URL(request.url).pathname.split('/').at(-1) ?? ''
        const body = (await request.json()) as Record<string, unknown>
        calls.push({ name, body, key: request.headers.get('apikey') })
        return Response.json(
          name === 'get_evidence' ? { section: scan, envelope } : { id: ID, level: 'signed' },
        )
      },
    })
    const answer = await serve(
      new Request('https://project.example/functions/v1/verify-passport', {
        method: 'POST',
        body: JSON.stringify({ subject: 'report', id: ID, envelope: 'a forged one' }),
      }),
    )
    expect(await answer.json()).toMatchObject({ outcome: 'signed', level: 'signed' })
    expect(calls.map(({ name }) => name)).toEqual(['get_evidence', 'record_verification'])
    expect(calls[1]?.body).toMatchObject({ p_outcome: 'signed', p_key_id: ISSUER.key.keyId })
  })

  it('answers to nothing but a report or a result by its id', async () => {
    const serve = handler({
      url: '',
      serviceKey: '',
      randomId: () => ID,
      fetch: () => Promise.reject(new Error('not to be called')),
    })
    for (const body of ['', '[]', '{"subject":"person"}', '{"subject":"report","id":"1 or 1=1"}']) {
      const request = new Request('https://x.example', { method: 'POST', body })
      expect((await serve(request)).status).toBe(400)
    }
    expect((await serve(new Request('https://x.example'))).status).toBe(405)
  })
})
