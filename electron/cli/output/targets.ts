import { extname } from 'node:path'
import { text } from '../messages'
import { choice, UsageError } from '../usage'

/** 'text' and EXPORT_FORMATS of the contract, spelled out: importing that would load all of zod. */
export const FORMATS = [
  'text',
  'json',
  'sarif',
  'csv',
  'junit',
  'github',
  'markdown',
  'html',
] as const
export type Format = (typeof FORMATS)[number]

/** Where a format goes; without a file, to stdout. */
export interface OutputTarget {
  format: Format
  file?: string
}

const BY_EXTENSION: Record<string, Format> = {
  '.txt': 'text',
  '.json': 'json',
  '.sarif': 'sarif',
  '.csv': 'csv',
  '.xml': 'junit',
  '.md': 'markdown',
  '.html': 'html',
  '.htm': 'html',
}

type Token = { kind: string; name?: string | undefined; value?: string | boolean | undefined }

/**
 * `--output` takes the `--format` before it; without one, its extension says. A format that no file
 * took is printed; at most one can be. Throws UsageError.
 */
export function outputsOf(tokens: readonly Token[]): OutputTarget[] {
  const targets: OutputTarget[] = []
  let waiting: Format | undefined
  const printed: Format[] = []
  for (const { kind, name, value } of tokens) {
    if (kind !== 'option' || typeof value !== 'string') continue
    if (name === 'format') {
      if (waiting !== undefined) printed.push(waiting)
      waiting = choice('--format', value, FORMATS)
    } else if (name === 'output') {
      const format = waiting ?? BY_EXTENSION[extname(value).toLowerCase()]
      if (format === undefined) throw new UsageError(text.noFormat(value))
      targets.push({ format, file: value })
      waiting = undefined
    }
  }
  if (waiting !== undefined) printed.push(waiting)
  if (printed.length > 1) throw new UsageError(text.twoFormats(printed))
  return [{ format: printed[0] ?? 'text' }, ...targets]
}
