import type { ExternalEvent } from '@shared/backend/external-events'
import { createRandom } from '@shared/statistics/random'
import { idOf } from '../deterministic-id'

export interface SoldListing {
  id: string
  sellerId: string
  /** Minor units and ISO 4217; null where it costs nothing. */
  price: { amount: number; currency: string } | null
}

export interface SampleHistory {
  listings: readonly SoldListing[]
  days: number
  /** The history ends here. */
  until: Date
  seed: number
}

const DAY_MS = 86_400_000
/** Sales a day of a listing that sells as most do; some sell ten times as much. */
const SALES = 0.6
const REFUNDED = 0.04
const DISPUTED = 0.01
const COUNTRIES = ['DE', 'FR', 'GB', 'NL', 'PL', 'US', 'IN', 'BR'] as const

/**
 * A made-up history of a marketplace: sales as a Poisson process a listing, some refunded or disputed
 * days later, payouts each week, and logins of sellers. The same seed gives the same history, so that it
 * is recorded once. In order of time; every body says that it is a sample.
 */
export function sampleHistory({ listings, days, until, seed }: SampleHistory): ExternalEvent[] {
  const random = createRandom(seed)
  const start = until.getTime() - days * DAY_MS
  const events: ExternalEvent[] = []
  const add = (
    kind: ExternalEvent['kind'],
    at: number,
    personId: string,
    listingId: string | null,
    body: ExternalEvent['body'],
  ) => {
    if (at > until.getTime()) return
    const id = idOf('sample event', String(seed), String(until.getTime()), String(events.length))
    const occurredAt = new Date(at).toISOString()
    events.push({ id, kind, personId, listingId, occurredAt, body: { ...body, sample: true } })
  }
  for (const { id, sellerId, price } of listings) {
    // A tenth sell much more than the rest.
    const rate = SALES * (random.uniform() < 0.1 ? 10 : 0.2 + random.uniform())
    const due = new Map<number, number>()
    for (let at = start + gap(rate); at < until.getTime(); at += gap(rate)) {
      const order = `S-${idOf('sample order', String(seed), id, String(at)).slice(0, 8)}`
      const money = { amount: price?.amount ?? 0, currency: price?.currency ?? 'EUR', order }
      const country = COUNTRIES[random.integer(0, COUNTRIES.length - 1)] ?? 'DE'
      add('sale', at, sellerId, id, { ...money, country })
      const later = at + (1 + 13 * random.uniform()) * DAY_MS
      const fate = random.uniform()
      if (fate < REFUNDED) add('refund', later, sellerId, id, money)
      else if (fate < REFUNDED + DISPUTED)
        add('dispute', later, sellerId, id, { ...money, reason: 'not as described' })
      else {
        const week = Math.ceil((at - start) / (7 * DAY_MS))
        due.set(week, (due.get(week) ?? 0) + money.amount)
      }
    }
    for (const [week, amount] of due)
      if (amount > 0)
        add('payment', start + (7 * week + 1) * DAY_MS, sellerId, id, {
          amount,
          currency: price?.currency ?? 'EUR',
        })
  }
  for (const sellerId of new Set(listings.map((listing) => listing.sellerId))) {
    const home = COUNTRIES[random.integer(0, COUNTRIES.length - 1)] ?? 'DE'
    for (let at = start + gap(0.8); at < until.getTime(); at += gap(0.8))
      add('login', at, sellerId, null, { country: home, secondFactor: random.uniform() < 0.3 })
  }
  return events.sort((a, b) => a.occurredAt.localeCompare(b.occurredAt))

  /** Until the next of so many a day, ms. */
  function gap(perDay: number): number {
    return Math.ceil((random.exponential() * DAY_MS) / perDay)
  }
}
