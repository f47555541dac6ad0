import { UsageError } from '../usage'
import { text } from './messages'
import { type ListingOptions, parseListingOptions } from './options'

type ListingCommand = (options: ListingOptions, bundleFolder: string) => Promise<number>

const COMMANDS: Record<string, () => Promise<ListingCommand>> = {
  list: async () => (await import('./read')).list,
  show: async () => (await import('./read')).show,
  check: async () => (await import('./read')).check,
  create: async () => (await import('./change')).create,
  publish: async () => (await import('./change')).publish,
  withdraw: async () => (await import('./change')).withdraw,
  'add-version': async () => (await import('./add-version')).addVersion,
}

export async function run(args: string[], bundleFolder: string): Promise<number> {
  const [name = '', ...rest] = args
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (load === undefined) throw new UsageError(text.usage(Object.keys(COMMANDS)))
  return (await load())(parseListingOptions(rest), bundleFolder)
}
