import type { ExternalEvent } from '@shared/backend/external-events'
import { csvCell } from '@shared/scan-report/csv'

const COLUMNS = ['id', 'kind', 'person', 'listing', 'occurred_at']

/** As `readEvents` reads them: a column for each name that a body has. */
export function writeEvents(events: readonly ExternalEvent[]): string {
  const fields = [...new Set(events.flatMap(({ body }) => Object.keys(body)))]
  const rows = events.map(({ id, kind, personId, listingId, occurredAt, body }) =>
    [id, kind, personId, listingId, occurredAt, ...fields.map((name) => body[name])].map((cell) =>
      String(cell ?? ''),
    ),
  )
  return [[...COLUMNS, ...fields], ...rows]
    .map((row) => `${row.map(csvCell).join(',')}\r\n`)
    .join('')
}
