import { UsageError } from '../../usage'
import { type Connection, connect } from '../connect'
import { text } from '../messages'
import type { DbOptions } from '../options'

/** Runs with a connection that is closed whatever happens. */
export async function connected<T>(
  options: DbOptions,
  body: (connection: Connection) => Promise<T>,
): Promise<T> {
  const connection = await connect(options.target())
  try {
    return await body(connection)
  } finally {
    await connection.end().catch(() => {})
  }
}

export function noWords({ command, words }: DbOptions): void {
  const [word] = words
  if (word !== undefined) throw new UsageError(text.argument(command, word))
}

export const print = (line: string): void => {
  process.stdout.write(`${line}\n`)
}
/** What is said to a person beside the result. */
export const note = (line: string): void => {
  process.stderr.write(`${line}\n`)
}
