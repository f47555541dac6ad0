import { VersionSource } from '@shared/backend/listings'
import { dataFolderOf } from '../../core/node-platform'
import { settingFlags } from '../../core/settings/flags'
import { parseOptions } from '../arguments'
import { choice, UsageError } from '../usage'
import { text } from './messages'

export type ListingOptions = ReturnType<typeof parseListingOptions>

/** Of every listings command. Throws UsageError. */
export function parseListingOptions(args: string[]) {
  const { values, positionals } = parseOptions('listings', {
    args,
    allowPositionals: true,
    options: {
      format: { type: 'string', default: 'text' },
      scope: { type: 'string', default: 'mine' },
      search: { type: 'string', default: '' },
      number: { type: 'string' },
      source: { type: 'string', default: 'none' },
      notes: { type: 'string', default: '' },
      unmeasured: { type: 'string' },
      result: { type: 'string', multiple: true },
      sign: { type: 'boolean', default: false },
      yes: { type: 'boolean', default: false },
      reason: { type: 'string' },
      version: { type: 'string' },
      'data-dir': { type: 'string' },
      set: { type: 'string', multiple: true },
    },
  })
  return {
    names: positionals,
    format: choice('--format', values.format, ['text', 'json']),
    scope: choice('--scope', values.scope, ['mine', 'published', 'all']),
    search: values.search,
    number: values.number,
    source: sourceOf(values.source),
    notes: values.notes,
    unmeasured: values.unmeasured ?? null,
    results: values.result ?? [],
    sign: values.sign,
    yes: values.yes,
    reason: values.reason,
    version: values.version,
    dataFolder: dataFolderOf(values['data-dir'], process.env),
    flags: settingFlags(values.set ?? []),
  }
}

const HUGGING_FACE = /^hf:([^@]+)@([0-9a-f]+)$/

function sourceOf(said: string): VersionSource {
  const [, repository, revision] = HUGGING_FACE.exec(said) ?? []
  const source =
    said === 'none' || said === 'bucket'
      ? { kind: said }
      : repository !== undefined
        ? { kind: 'huggingface', repository, revision }
        : said.startsWith('folder:')
          ? { kind: 'folder', name: said.slice('folder:'.length) }
          : { kind: 'url', url: said }
  const parsed = VersionSource.safeParse(source)
  if (!parsed.success) throw new UsageError(text.badSource(said))
  return parsed.data
}
