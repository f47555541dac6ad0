import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BackendError } from '../../../electron/core/backend/backend'
import { openDatabase, type TestDatabase } from '../../fixtures/database'
import {
  type AtWork,
  atWork,
  card,
  resultOf,
  scanOf,
  version,
  withoutLimits,
} from '../../fixtures/marketplace'

let database: TestDatabase
let sellers: AtWork[]
beforeAll(async () => {
  database = await openDatabase()
  await withoutLimits(database)
  sellers = [
    atWork(database, await database.createUser('sally')),
    atWork(database, await database.createUser('oscar')),
  ]
})
afterAll(() => database.close())

type Step =
  | { do: 'card'; licence: string | null; price: boolean; summary: string; name: number }
  | { do: 'version'; unmeasured: boolean }
  | { do: 'report'; rules: string; days: number; clean: boolean; whole: boolean }
  | { do: 'result'; grade: 'A' | 'C' }
  | { do: 'withdraw' }
  | { do: 'withdraw-result' }
  | { do: 'publish' }

const often = <T>(good: T, ...bad: T[]) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant(good) },
    { weight: 1, arbitrary: fc.constantFrom(...bad) },
  )
const steps = fc.array(
  fc.record({
    seller: fc.nat({ max: 1 }),
    step: fc.oneof<fc.Arbitrary<Step>[]>(
      fc.record({
        do: fc.constant('card' as const),
        licence: often<string | null>('MIT', null, 'None of it'),
        price: often(true, false),
        summary: often('It does.', ''),
        name: fc.nat({ max: 3 }),
      }),
      fc.record({ do: fc.constant('version' as const), unmeasured: fc.boolean() }),
      fc.record({
        do: fc.constant('report' as const),
        rules: often('2026.11.3', '2026.10.9', 'x'),
        days: often(1, 100),
        clean: often(true, false),
        whole: often(true, false),
      }),
      fc.record({ do: fc.constant('result' as const), grade: often<'A' | 'C'>('A', 'C') }),
      fc.record({ do: fc.constant('withdraw' as const) }),
      fc.record({ do: fc.constant('withdraw-result' as const) }),
      fc.record({ do: fc.constant('publish' as const) }),
      fc.record({ do: fc.constant('publish' as const) }),
    ),
  }),
  { minLength: 8, maxLength: 30 },
)

/** Names that differ by a letter, and one that does not. */
const NAMES = ['Zinnia network', 'Zinnia netwerk', 'Zinnia n3twork', 'Yarrow network']

let round = 0
async function play(all: { seller: number; step: Step }[]) {
  const mark = `${'abcdefghij'[round % 10]}${'klmnopqrst'[Math.floor(round++ / 10) % 10]}`
  const state = sellers.map((seller) => ({
    seller,
    listing: randomUUID(),
    revision: 0,
    version: '',
    files: version('x').files,
    result: '',
  }))
  let published = 0
  for (const { seller, step } of all) {
    const own = state[seller]
    if (own === undefined) continue
    const { write, result, report } = own.seller
    try {
      if (step.do === 'card') {
        const p_card = card(`${NAMES[step.name]} ${mark}${mark}`, {
          licence: step.licence,
          summary: step.summary,
          price: step.price ? { amount: 1, currency: 'EUR', unit: 'once' } : null,
        })
        const saved = await write('save_listing', {
          p_id: own.listing,
          p_revision: own.revision,
          p_card,
        })
        own.revision = saved.revision
      } else if (step.do === 'version') {
        const content = version(randomUUID(), {
          number: `${Math.floor(Math.random() * 1e6)}.0.0`,
          unmeasured: step.unmeasured ? 'No suite fits.' : null,
        })
        own.version = await own.seller.addVersion(own.listing, content)
        own.files = content.files
      } else if (step.do === 'report') {
        await report(
          own.version,
          scanOf(own.files, {
            rulesVersion: step.rules,
            scannedAt: new Date(Date.now() - step.days * 86_400_000).toISOString(),
            file: {
              status: step.whole ? 'complete' : 'inconclusive',
              findings: step.clean
                ? []
                : [
                    {
                      ruleId: 'r',
                      severity: 'high',
                      confidence: 1,
                      category: 'network',
                      title: 'It calls',
                      fingerprint: 'f',
                    },
                  ],
            },
          }),
        )
      } else if (step.do === 'result') {
        const of = resultOf(own.files)
        own.result = await result(own.version, step.grade === 'A' ? of : { ...of, quiet: [] })
      } else if (step.do === 'withdraw-result')
        await write('withdraw_result', { p_result_id: own.result, p_reason: 'no reason' })
      else if (step.do === 'withdraw')
        await write('withdraw_listing', {
          p_listing_id: own.listing,
          p_version_id: null,
          p_reason: 'no reason',
        })
      else {
        await own.seller.publish(own.version, own.revision)
        published++
        const { gates } = await own.seller.backend.read('check_version', {
          p_version_id: own.version,
        })
        expect(gates.filter((gate) => gate.state !== 'ok' && gate.state !== 'unmeasured')).toEqual(
          [],
        )
      }
    } catch (error) {
      // Refused is fine; failing is not.
      if (!(error instanceof BackendError)) throw error
      expect(error.code).not.toBe('internal_error')
    }
    // Whatever was sent: what is published has the card that publishing asks for, and a name of its own.
    const broken = await database.sql(
      `select l.name from public.listings l where l.state = 'published' and (
         l.summary = '' or l.licence is distinct from 'MIT' or l.price_amount is null
         or not exists (select from public.model_versions v join public.scan_reports r on r.version_id = v.id
           where v.listing_id = l.id and v.state = 'published' and r.verdict = 'clean')
         or private.similar_name(l.seller_id, l.name) is not null)`,
    )
    expect(broken).toEqual([])
  }
  return published
}

test('no sequence of calls by sellers publishes a version whose gates are not ok', async () => {
  let published = 0
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      published += await play(all)
    }),
    { numRuns: 30 },
  )
  // Otherwise this says nothing: a path that does publish.
  published += await play(
    (['card', 'version', 'report', 'result', 'publish'] as const).map((kind) => ({
      seller: 0,
      step: {
        do: kind,
        licence: 'MIT',
        price: true,
        summary: 'It does.',
        name: 3,
        unmeasured: false,
        rules: '2026.11.3',
        days: 1,
        clean: true,
        whole: true,
        grade: 'A',
      } as Step,
    })),
  )
  expect(published).toBeGreaterThan(0)
})
