import { GATE_REASONS } from '@shared/backend/errors'
import type { Gate, ListingRow } from '@shared/backend/listings'
import { logged } from '@shared/scan-report/logged'
import { json } from '../../core/scan/export'
import { EXIT, UsageError } from '../usage'
import { text } from './messages'
import { withListings } from './open'
import type { ListingOptions } from './options'

const PAGE = 100

export function list(options: ListingOptions, bundleFolder: string): Promise<number> {
  return withListings({ ...options, bundleFolder }, async ({ backend }) => {
    const rows: ListingRow[] = []
    let after: string | null = null
    do {
      const query = {
        scope: options.scope,
        state: null,
        category: null,
        text: options.search,
        sort: 'updated' as const,
      }
      const page: { rows: ListingRow[]; next: string | null } = await backend.read(
        'list_listings',
        { p_query: query, p_after: after, p_limit: PAGE },
      )
      rows.push(...page.rows)
      after = page.next
    } while (after !== null)
    if (options.format === 'json') process.stdout.write(json({ listings: rows }))
    else if (rows.length === 0) process.stderr.write(`${text.noListings}\n`)
    else
      for (const { id, state, version, name } of rows)
        process.stdout.write(`${id}  ${state.padEnd(10)}  ${version ?? '-'}  ${logged(name)}\n`)
    return EXIT.clean
  })
}

export function show(options: ListingOptions, bundleFolder: string): Promise<number> {
  const id = idIn(options.names, text.arguments.show)
  return withListings({ ...options, bundleFolder }, async ({ backend }) => {
    const listing = await backend.read('get_listing', { p_id: id })
    if (options.format === 'json') process.stdout.write(json(listing))
    else {
      const { card, state, revision, versions } = listing
      const lines = [
        `${card.name} (${state}, revision ${revision})`,
        card.summary,
        ...versions.map((one) => `${one.id}  ${one.number}  ${one.state}  ${one.digest}`),
      ]
      process.stdout.write(`${lines.map(logged).join('\n')}\n`)
    }
    return EXIT.clean
  })
}

export function check(options: ListingOptions, bundleFolder: string): Promise<number> {
  const id = idIn(options.names, text.arguments.check)
  return withListings({ ...options, bundleFolder }, async ({ backend }) => {
    const checked = await backend.read('check_version', { p_version_id: id })
    if (options.format === 'json')
      process.stdout.write(
        json({
          ...checked,
          gates: checked.gates.map((gate) => ({ ...gate, sentence: sentenceOf(gate) })),
        }),
      )
    else process.stdout.write(gatesText(checked.gates))
    return checked.publishable ? EXIT.clean : EXIT.found
  })
}

export const gatesText = (gates: readonly Gate[]): string =>
  gates
    .map((gate) => `${gate.state.padEnd(10)}  ${gate.gate.padEnd(9)}  ${logged(sentenceOf(gate))}`)
    .map((line) => `${line.trimEnd()}\n`)
    .join('')

function sentenceOf({ code, detail }: Gate): string {
  const reasons: Record<string, ((detail: Record<string, unknown>) => string) | undefined> =
    GATE_REASONS
  return code === null ? '' : (reasons[code]?.(detail) ?? code)
}

/** The one id that is named. Throws UsageError. */
export function idIn([id, ...more]: readonly string[], sentence: string): string {
  if (id === undefined || more.length > 0) throw new UsageError(sentence)
  return idOf(id)
}

export function idOf(name: string): string {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(name))
    throw new UsageError(text.noId(name))
  return name
}
