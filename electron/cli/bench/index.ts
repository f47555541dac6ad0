import { UsageError } from '../usage'
import { text } from './messages'
import { type BenchOptions, parseBenchOptions } from './options'

type BenchCommand = (options: BenchOptions, bundleFolder: string) => number | Promise<number>

const COMMANDS: Record<string, () => Promise<BenchCommand>> = {
  run: async () => (await import('./run')).run,
  compare: async () => (await import('./compare')).compare,
  history: async () => (await import('./list')).history,
  export: async () => (await import('./list')).exportResult,
  import: async () => (await import('./import')).importPassport,
  suites: async () => (await import('./list')).suites,
  init: async () => (await import('./init')).init,
}

export async function run(args: string[], bundleFolder: string): Promise<number> {
  const [name = '', ...rest] = args
  // A result that left its workspace is in a passport, and there is one way to check those.
  if (name === 'verify') return (await import('../verify')).run(rest)
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (load === undefined) throw new UsageError(text.usage([...Object.keys(COMMANDS), 'verify']))
  const options = parseBenchOptions(rest)
  if (options.format === 'passport' && name !== 'export')
    throw new UsageError(text.passportOnlyExported)
  return (await load())(options, bundleFolder)
}
