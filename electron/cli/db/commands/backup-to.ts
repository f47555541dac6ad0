import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ensureFolder } from '../../../core/data-folder'
import { dataFolderOf } from '../../../core/node-platform'
import { UsageError } from '../../usage'
import { backup } from '../backup'
import type { Connection } from '../connect'
import { text } from '../messages'
import type { DbOptions } from '../options'
import { DatabaseProblem } from '../problem'
import { note } from './connected'

/** Backs up to `--output`, or to a new file in the data folder. Returns its name. */
export async function backupTo(
  connection: Connection,
  { output, dataDir }: Pick<DbOptions, 'output' | 'dataDir'>,
): Promise<string> {
  const now = new Date()
  const file = output ?? defaultFile(connection, dataDir, now)
  if (existsSync(file)) throw new UsageError(text.fileExists(file))
  try {
    const { tables, rows } = await backup(connection, file, now)
    note(text.backedUp(file, tables, rows))
  } catch (error) {
    const { syscall, code } = error as NodeJS.ErrnoException
    if (syscall === undefined) throw error
    throw new DatabaseProblem(text.fileFailed(file, code ?? ''))
  }
  return file
}

function defaultFile({ target }: Connection, dataDir: string | undefined, now: Date): string {
  const folder = join(dataFolderOf(dataDir, process.env), 'backups')
  ensureFolder(folder)
  const stamp = now.toISOString().replace(/[-:]|\.\d+/g, '')
  const name = `${target.host}-${target.database}`.replace(/[^\w.-]+/g, '-').replace(/^-+/, '')
  return join(folder, `${name}-${stamp}.jsonl.gz`)
}
