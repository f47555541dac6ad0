import { parseOptions } from '../arguments'
import { choice } from '../usage'
import { chooseTarget, type Target, TLS, type Tls } from './target'

export interface DbOptions {
  command: string
  words: string[]
  /** Read only when a command connects: bundle needs no database. */
  target: () => Target
  json: boolean
  output: string | undefined
  confirm: string | undefined
  backup: boolean
  includeAll: boolean
  to: string | undefined
  dataDir: string | undefined
  rotate: boolean
}

export function parseDbOptions(command: string, args: string[]): DbOptions {
  const { values, positionals } = parseOptions('db', {
    args,
    allowPositionals: true,
    allowNegative: true,
    options: {
      url: { type: 'string' },
      tls: { type: 'string' },
      ca: { type: 'string' },
      confirm: { type: 'string' },
      output: { type: 'string' },
      format: { type: 'string', default: 'text' },
      backup: { type: 'boolean', default: true },
      'include-all': { type: 'boolean', default: false },
      to: { type: 'string' },
      'data-dir': { type: 'string' },
      rotate: { type: 'boolean', default: false },
    },
  })
  const tls: Tls | undefined =
    values.tls === undefined ? undefined : choice('--tls', values.tls, TLS)
  return {
    command,
    words: positionals,
    target: () => chooseTarget({ url: values.url, tls, ca: values.ca }, process.env),
    json: choice('--format', values.format, ['text', 'json']) === 'json',
    output: values.output,
    confirm: values.confirm,
    backup: values.backup,
    includeAll: values['include-all'],
    to: values.to,
    dataDir: values['data-dir'],
    rotate: values.rotate,
  }
}
