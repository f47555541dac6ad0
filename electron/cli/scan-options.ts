import { dataFolderOf } from '../core/node-platform'
import { settingFlags } from '../core/settings/flags'
import { parseOptions } from './arguments'
import { FAIL_ON } from './exit-code'
import { text } from './messages'
import { outputsOf } from './output/targets'
import { choice, UsageError } from './usage'

export type ScanOptions = ReturnType<typeof parseScanOptions>

/** Throws UsageError. */
export function parseScanOptions(args: string[]) {
  const { values, positionals, tokens } = parse(args)
  if (positionals.length === 0) throw new UsageError(text.noPath)
  return {
    paths: positionals,
    outputs: outputsOf(tokens),
    failOn: choice('--fail-on', values['fail-on'] ?? 'suspicious', FAIL_ON),
    hash: values.hash,
    cache: values.cache ?? true,
    save: values.save ?? true,
    policy: values.policy,
    baseline: values.baseline,
    writeBaseline: values['write-baseline'],
    dataFolder: dataFolderOf(values['data-dir'], process.env),
    flags: settingFlags(values.set ?? []),
  }
}

function parse(args: string[]) {
  return parseOptions('scan', {
    args,
    allowPositionals: true,
    allowNegative: true,
    tokens: true,
    options: {
      format: { type: 'string', multiple: true },
      output: { type: 'string', short: 'o', multiple: true },
      'fail-on': { type: 'string' },
      hash: { type: 'boolean' },
      cache: { type: 'boolean' },
      save: { type: 'boolean' },
      policy: { type: 'string' },
      baseline: { type: 'string' },
      'write-baseline': { type: 'string' },
      'data-dir': { type: 'string' },
      set: { type: 'string', multiple: true },
    },
  })
}
