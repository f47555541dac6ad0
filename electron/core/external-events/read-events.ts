import { hash } from 'node:crypto'
import { EXTERNAL_KINDS, ExternalEvent } from '@shared/backend/external-events'
import { parse } from 'csv-parse/sync'
import { idOf } from '../deterministic-id'

/** What is wrong with a file, a sentence a line; nothing of it was sent. */
export class EventsFileError extends Error {}

/** Columns with a meaning of their own; every other one goes into the body under its name. */
const COLUMNS = ['id', 'kind', 'person', 'listing', 'occurred_at'] as const
const NEEDED = ['kind', 'person', 'occurred_at'] as const
const SHOWN = 10

/**
 * Events of a CSV file (RFC 4180, UTF-8): a line of names, then an event a line. Without an id, an event
 * is named by the hash of what it says, so that the same file sent twice records it once.
 * @param source part of that hash: two shops may sell the same at the same moment.
 * @throws EventsFileError naming the first lines that are wrong
 */
export function readEvents(bytes: Buffer, file: string, source: string): ExternalEvent[] {
  const [names = [], ...rows] = parsed(bytes, file)
  const missing = NEEDED.filter((name) => !names.includes(name))
  if (missing.length > 0)
    throw new EventsFileError(
      `${file} has no column ${missing.join(', ')}. Its first line names the columns: ${COLUMNS.join(', ')}, and any others, which go along as they are.`,
    )
  const twice = names.find((name, column) => names.indexOf(name) !== column)
  if (twice !== undefined)
    throw new EventsFileError(`${file} has two columns "${twice}". Name them apart.`)
  const events: ExternalEvent[] = []
  const problems: string[] = []
  const lines = new Map<string, number>()
  for (const [index, row] of rows.entries()) {
    const line = index + 2
    const event = eventOf(names, row, source)
    const before = typeof event === 'string' ? undefined : lines.get(event.id)
    const problem =
      typeof event === 'string'
        ? event
        : before === undefined
          ? undefined
          : `it is the same event as line ${before}`
    if (problem !== undefined) problems.push(`${file}, line ${line}: ${problem}.`)
    else if (typeof event !== 'string') {
      lines.set(event.id, line)
      events.push(event)
    }
  }
  if (problems.length > 0)
    throw new EventsFileError(
      [
        ...problems.slice(0, SHOWN),
        ...(problems.length > SHOWN ? [`And ${problems.length - SHOWN} more lines.`] : []),
        'Nothing was sent.',
      ].join('\n'),
    )
  return events
}

function parsed(bytes: Buffer, file: string): string[][] {
  try {
    return parse(bytes, { bom: true, skip_empty_lines: true, trim: true })
  } catch (error) {
    throw new EventsFileError(`${file} is no CSV: ${(error as Error).message}`)
  }
}

/** The event of a line, or what is wrong with it. */
function eventOf(
  names: readonly string[],
  row: readonly string[],
  source: string,
): ExternalEvent | string {
  const cells = new Map(names.map((name, column) => [name, row[column] ?? '']))
  const cell = (name: (typeof COLUMNS)[number]) => cells.get(name) ?? ''
  const at = new Date(cell('occurred_at'))
  if (
    !/^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(cell('occurred_at')) ||
    Number.isNaN(at.getTime())
  )
    return `occurred_at is no time with its zone, such as 2026-11-29T12:00:00Z`
  if (!EXTERNAL_KINDS.some((kind) => kind === cell('kind')))
    return `kind is none of ${EXTERNAL_KINDS.join(', ')}`
  const body = Object.fromEntries(
    [...cells]
      .filter(([name, text]) => text !== '' && !COLUMNS.some((column) => column === name))
      .map(([name, text]) => [name, cellValue(text)]),
  )
  const event = ExternalEvent.safeParse({
    id: cell('id') || idOf('event', source, hash('sha256', JSON.stringify([...cells]))),
    kind: cell('kind'),
    personId: cell('person'),
    listingId: cell('listing') || null,
    occurredAt: at.toISOString(),
    body,
  })
  if (!event.success) {
    const [issue] = event.error.issues
    const field = String(issue?.path.at(-1) ?? 'it')
    return FIELD[field] ?? `${field} is not taken: ${issue?.message ?? 'another shape'}`
  }
  return JSON.stringify(body).length > 10_000 ? 'it has more than 10,000 characters' : event.data
}

const FIELD: Record<string, string> = {
  id: 'id is no UUID',
  personId: 'person is no UUID; it is the id of an account',
  listingId: 'listing is no UUID',
}

/** A number where it is written as JSON writes one: no leading zero of an order number is lost. */
const cellValue = (text: string): string | number | boolean =>
  /^-?(0|[1-9]\d{0,14})(\.\d{1,9})?$/.test(text)
    ? Number(text)
    : text === 'true' || text === 'false'
      ? text === 'true'
      : text
