import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ExternalEvent } from '@shared/backend/external-events'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readEvents } from '../../../electron/core/external-events/read-events'
import { sampleHistory } from '../../../electron/core/external-events/sample-events'
import { sendEvents } from '../../../electron/core/external-events/send-events'
import { writeEvents } from '../../../electron/core/external-events/write-events'

const PERSON = '6f1d5a3e-6f0e-4c0e-9a53-2f6b8f4f7c11'
const read = (text: string, source = 'shop') => readEvents(Buffer.from(text), 'sales.csv', source)
const problemsOf = (text: string) => {
  try {
    read(text)
    return []
  } catch (error) {
    return (error as Error).message.split('\n')
  }
}
const listing = (n: number) => ({
  id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  sellerId: PERSON,
  price: { amount: 1900, currency: 'EUR' },
})
const history = (seed: number, listings = 3) =>
  sampleHistory({
    listings: Array.from({ length: listings }, (_, n) => listing(n)),
    days: 60,
    until: new Date('2026-11-29T00:00:00Z'),
    seed,
  })

describe('events of a CSV file', () => {
  it('are an event a line, with every other column in the body', () => {
    const [event] = read(
      `kind,person,occurred_at,amount,order,express\nsale,${PERSON},2026-11-01T10:00:00+01:00,1200,007,true\n`,
    )
    expect(event).toMatchObject({
      kind: 'sale',
      personId: PERSON,
      listingId: null,
      occurredAt: '2026-11-01T09:00:00.000Z',
      body: { amount: 1200, order: '007', express: true },
    })
  })

  it('without an id are named by what they say, and by whose they are', () => {
    const text = `kind,person,occurred_at\nlogin,${PERSON},2026-11-01T10:00:00Z\n`
    const id = (source: string) => read(text, source)[0]?.id
    expect(id('shop')).toBe(id('shop'))
    expect(id('shop')).not.toBe(id('other'))
  })

  it('are refused as a whole, naming each line that is wrong', () => {
    const problems = problemsOf(
      [
        'id,kind,person,listing,occurred_at',
        `,theft,${PERSON},,2026-11-01T10:00:00Z`,
        ',sale,somebody,,2026-11-01T10:00:00Z',
        `,sale,${PERSON},,yesterday`,
        `,sale,${PERSON},none,2026-11-01T10:00:00Z`,
        `x,sale,${PERSON},,2026-11-01T10:00:00Z`,
        `,sale,${PERSON},,2026-11-01T10:00:00Z`,
        `,sale,${PERSON},,2026-11-01T10:00:00Z`,
      ].join('\n'),
    )
    expect(problems).toEqual([
      expect.stringMatching(/^sales\.csv, line 2: kind is none of sale/),
      'sales.csv, line 3: person is no UUID; it is the id of an account.',
      expect.stringMatching(/^sales\.csv, line 4: occurred_at is no time/),
      'sales.csv, line 5: listing is no UUID.',
      'sales.csv, line 6: id is no UUID.',
      'sales.csv, line 8: it is the same event as line 7.',
      'Nothing was sent.',
    ])
  })

  it('need their columns, and the file has to be CSV', () => {
    expect(problemsOf('kind,person\n')[0]).toContain('no column occurred_at')
    expect(problemsOf('kind,person,occurred_at\nsale\n')[0]).toContain('is no CSV')
    expect(problemsOf('kind,person,occurred_at,a,a\n')[0]).toContain('two columns "a"')
  })

  it('read back what was written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 31 - 1 }), (seed) => {
        const events = history(seed, 1)
        expect(read(writeEvents(events))).toEqual(events)
      }),
      { numRuns: 10 },
    )
  })
})

describe('a made-up history', () => {
  it('is the same for the same seed, in order, and what the server takes', () => {
    const events = history(7)
    expect(events).toEqual(history(7))
    expect(events).not.toEqual(history(8))
    expect(events.map(({ occurredAt }) => occurredAt).toSorted()).toEqual(
      events.map(({ occurredAt }) => occurredAt),
    )
    for (const event of events)
      expect(ExternalEvent.parse(event)).toMatchObject({ body: { sample: true } })
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length)
  })

  it('refunds and disputes only what was sold before', () => {
    const events = history(3, 20)
    const sold = new Map(
      events.filter(({ kind }) => kind === 'sale').map((one) => [one.body.order, one.occurredAt]),
    )
    const later = events.filter(({ kind }) => kind === 'refund' || kind === 'dispute')
    expect(later.length).toBeGreaterThan(5)
    for (const { body, occurredAt } of later)
      expect(occurredAt > (sold.get(body.order as string) ?? '~')).toBe(true)
  })
})

describe('sending events', () => {
  const target = (answer: (body: Record<string, string>) => Response) => ({
    url: 'http://127.0.0.1:1',
    serviceKey: 'sb_secret_x',
    source: 'shop',
    secret: Buffer.from('ab'.repeat(16), 'hex'),
    fetch: (async (_url: unknown, init?: RequestInit) =>
      answer(JSON.parse(String(init?.body)))) as typeof fetch,
  })
  const events = Array.from({ length: 2500 }, () => ({
    ...history(1, 1)[0],
    id: randomUUID(),
  })) as ExternalEvent[]

  it('goes in batches, each with the id that its content gives', async () => {
    const seen: string[] = []
    const to = target(({ p_op, p_batch }) => {
      seen.push(p_op ?? '')
      return Response.json({
        recorded: JSON.parse(p_batch ?? '[]').length,
        known: 0,
        replayed: false,
      })
    })
    expect(await sendEvents(to, events)).toEqual({ recorded: 2500, known: 0 })
    await sendEvents(to, events)
    expect(seen.length).toBe(6)
    expect(new Set(seen).size).toBe(3)
  })

  it('carries the key to no other address', async () => {
    const other = createServer((_, response) =>
      response.end('{"recorded":1,"known":0,"replayed":false}'),
    )
    const first = createServer((_, response) => {
      const { port } = other.address() as AddressInfo
      response.writeHead(307, { location: `http://127.0.0.1:${port}/` }).end()
    })
    let asked = 0
    other.on('request', () => asked++)
    for (const server of [first, other])
      await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const url = `http://127.0.0.1:${(first.address() as AddressInfo).port}`
    const to = { ...target(() => new Response()), url, fetch }
    await expect(sendEvents(to, events.slice(0, 1))).rejects.toThrow('Nothing was recorded.')
    expect(asked).toBe(0)
    for (const server of [first, other]) server.close()
  })

  it('says what was recorded before it broke off', async () => {
    let batches = 0
    const to = target(() =>
      ++batches < 2
        ? Response.json({ recorded: 1000, known: 0, replayed: false })
        : Response.json({ message: 'bad_signature', details: null }, { status: 403 }),
    )
    await expect(sendEvents(to, events)).rejects.toThrow(
      /1000 events before it are recorded\. Put that right and send the file again/,
    )
  })
})
