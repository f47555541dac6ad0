import { dataFolderOf } from '../../core/node-platform'
import { settingFlags } from '../../core/settings/flags'
import { parseOptions } from '../arguments'
import { UsageError } from '../usage'
import { text } from './messages'

export interface EventOptions {
  names: string[]
  source: string | undefined
  url: string | undefined
  days: number
  seed: number
  output: string | undefined
  dataFolder: string
  flags: ReturnType<typeof settingFlags>
}

type EventCommand = (options: EventOptions, bundleFolder: string) => Promise<number>

const COMMANDS: Record<string, () => Promise<EventCommand>> = {
  import: async () => (await import('./import')).importEvents,
  sample: async () => (await import('./sample')).sampleEvents,
}

export async function run(args: string[], bundleFolder: string): Promise<number> {
  const [name = '', ...rest] = args
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (load === undefined) throw new UsageError(text.usage(Object.keys(COMMANDS)))
  return (await load())(parseEventOptions(rest), bundleFolder)
}

function parseEventOptions(args: string[]): EventOptions {
  const { values, positionals } = parseOptions('events', {
    args,
    allowPositionals: true,
    options: {
      source: { type: 'string' },
      url: { type: 'string' },
      days: { type: 'string', default: '90' },
      seed: { type: 'string', default: '1' },
      output: { type: 'string' },
      'data-dir': { type: 'string' },
      set: { type: 'string', multiple: true },
    },
  })
  const whole = (flag: string, value: string, most: number) => {
    if (!/^\d{1,9}$/.test(value) || Number(value) < 1 || Number(value) > most)
      throw new UsageError(text.wholeNumber(flag, most))
    return Number(value)
  }
  return {
    names: positionals,
    source: values.source,
    url: values.url,
    days: whole('--days', values.days, 3650),
    seed: whole('--seed', values.seed, 999_999_999),
    output: values.output,
    dataFolder: dataFolderOf(values['data-dir'], process.env),
    flags: settingFlags(values.set ?? []),
  }
}
