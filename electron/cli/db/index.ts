import { join } from 'node:path'
import { UsageError } from '../usage'
import { text } from './messages'
import { type DbOptions, parseDbOptions } from './options'
import { DatabaseProblem } from './problem'

/** `resources` is the folder of the product that holds supabase/. */
type DbCommand = (options: DbOptions, resources: string) => Promise<number>

const COMMANDS: Record<string, () => Promise<DbCommand>> = {
  status: async () => (await import('./commands/status')).status,
  migrate: async () => (await import('./commands/migrate')).migrateCommand,
  verify: async () => (await import('./commands/verify')).verify,
  bundle: async () => (await import('./commands/bundle')).bundleCommand,
  backup: async () => (await import('./commands/backup')).backupCommand,
  restore: async () => (await import('./commands/restore')).restoreCommand,
  reset: async () => (await import('./commands/reset')).resetCommand,
  admin: async () => (await import('./commands/admin')).adminCommand,
  source: async () => (await import('./commands/source')).sourceCommand,
}

export function run(args: string[], bundleFolder: string): Promise<number> {
  return runDb(args, join(bundleFolder, '../../resources'))
}

export async function runDb(args: string[], resources: string): Promise<number> {
  const [name = '', ...rest] = args
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (load === undefined) throw new UsageError(text.usage(Object.keys(COMMANDS)))
  const command = await load()
  try {
    return await command(parseDbOptions(name, rest), resources)
  } catch (error) {
    if (error instanceof DatabaseProblem || !isFromServer(error)) throw error
    throw new DatabaseProblem(text.failed(error.message))
  }
}

/** Codes of SQLSTATE have five characters; the message is the server's and holds no statement. */
function isFromServer(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && /^[0-9A-Z]{5}$/.test(String(error.code))
}
