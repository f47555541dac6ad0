import { Card, type Gate } from '@shared/backend/listings'
import { BackendError } from '../../core/backend/backend'
import { json } from '../../core/scan/export'
import { readJsonFile } from '../reports'
import { EXIT, UsageError } from '../usage'
import { text } from './messages'
import { type OpenListings, withListings } from './open'
import type { ListingOptions } from './options'
import { gatesText, idIn, idOf } from './read'

/** What a card may leave out in its file. */
const DEFAULTS = {
  summary: '',
  description: '',
  category: 'other',
  licence: null,
  tags: [],
  price: null,
}

export function create(options: ListingOptions, bundleFolder: string): Promise<number> {
  const [file, ...more] = options.names
  if (file === undefined || more.length > 0) throw new UsageError(text.arguments.create)
  const card = cardIn(file)
  return withListings({ ...options, bundleFolder }, async ({ backend, platform }) => {
    const id = platform.randomId()
    const { revision } = await backend.write('save_listing', platform.randomId(), {
      p_id: id,
      p_revision: 0,
      p_card: card,
    })
    say(options, { id, revision }, text.created(id))
    return EXIT.clean
  })
}

function cardIn(file: string): Card {
  const found = readJsonFile(file)
  const parsed = Card.safeParse(
    typeof found === 'object' && found !== null ? { ...DEFAULTS, ...found } : found,
  )
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new UsageError(
    text.badCard(file, issue?.path.join('.') || 'the file', issue?.message ?? 'another shape'),
  )
}

export function publish(options: ListingOptions, bundleFolder: string): Promise<number> {
  const id = idIn(options.names, text.arguments.publish)
  return withListings({ ...options, bundleFolder }, async (open) => {
    const { backend, platform } = open
    try {
      const done = await backend.write('publish_version', platform.randomId(), {
        p_version_id: id,
        p_revision: await revisionOf(open, id),
      })
      say(options, done, text.published(id))
      return EXIT.clean
    } catch (error) {
      if (!(error instanceof BackendError && error.code === 'gates_failed')) throw error
      const { gates } = await backend.read('check_version', { p_version_id: id })
      if (options.format === 'json') process.stdout.write(json({ published: false, gates }))
      process.stderr.write(`${error.message}\n${gatesText(gates.filter(isShut))}`)
      return EXIT.found
    }
  })
}

const isShut = ({ state }: Gate) => state !== 'ok' && state !== 'unmeasured'

/** Of the listing that a version of one's own belongs to. Throws UsageError. */
async function revisionOf({ backend }: OpenListings, versionId: string): Promise<number> {
  let after: string | null = null
  do {
    const page: { rows: { id: string }[]; next: string | null } = await backend.read(
      'list_listings',
      {
        p_query: { scope: 'mine', state: null, category: null, text: '', sort: 'updated' },
        p_after: after,
        p_limit: 100,
      },
    )
    for (const { id } of page.rows) {
      const { revision, versions } = await backend.read('get_listing', { p_id: id })
      if (versions.some((version) => version.id === versionId)) return revision
    }
    after = page.next
  } while (after !== null)
  throw new UsageError(text.noVersion(versionId))
}

export function withdraw(options: ListingOptions, bundleFolder: string): Promise<number> {
  const id = idIn(options.names, text.arguments.withdraw)
  const { reason, version } = options
  if (reason === undefined || reason.trim() === '') throw new UsageError(text.needsReason)
  const versionId = version === undefined ? null : idOf(version)
  return withListings({ ...options, bundleFolder }, async ({ backend, platform }) => {
    const done = await backend.write('withdraw_listing', platform.randomId(), {
      p_listing_id: id,
      p_version_id: versionId,
      p_reason: reason,
    })
    say(options, done, text.withdrawn(versionId ?? id))
    return EXIT.clean
  })
}

export function say({ format }: ListingOptions, document: object, sentence: string): void {
  process.stdout.write(format === 'json' ? json(document) : `${sentence}\n`)
}
