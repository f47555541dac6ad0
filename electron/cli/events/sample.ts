import type { ListingRow } from '@shared/backend/listings'
import { sampleHistory } from '../../core/external-events/sample-events'
import { writeEvents } from '../../core/external-events/write-events'
import { withListings } from '../listings/open'
import { writeWhole } from '../output/write'
import { EXIT, UsageError } from '../usage'
import type { EventOptions } from '.'
import { text } from './messages'

const PAGE = 100

export async function sampleEvents(options: EventOptions, bundleFolder: string): Promise<number> {
  if (options.names.length > 0) throw new UsageError(text.sampleUsage)
  return withListings({ ...options, bundleFolder }, async ({ backend, platform }) => {
    const listings: ListingRow[] = []
    let after: string | null = null
    do {
      const page: { rows: ListingRow[]; next: string | null } = await backend.read(
        'list_listings',
        {
          p_query: { scope: 'published', state: null, category: null, text: '', sort: 'name' },
          p_after: after,
          p_limit: PAGE,
        },
      )
      listings.push(...page.rows)
      after = page.next
    } while (after !== null)
    if (listings.length === 0) throw new Error(text.nothingPublished)
    // Of whole days, so that the same command on the same day gives the same events.
    const until = new Date(platform.now())
    until.setUTCHours(0, 0, 0, 0)
    const events = sampleHistory({
      listings: listings.map(({ id, seller, price }) => ({ id, sellerId: seller.id, price })),
      days: options.days,
      until,
      seed: options.seed,
    })
    const csv = writeEvents(events)
    if (options.output === undefined) process.stdout.write(csv)
    else {
      writeWhole(options.output, csv)
      process.stdout.write(`${text.written(events.length, options.output)}\n`)
    }
    return EXIT.clean
  })
}
