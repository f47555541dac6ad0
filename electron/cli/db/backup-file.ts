import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, renameSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { finished } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { text } from './messages'
import { DatabaseProblem } from './problem'

/**
 * A backup: lines of JSON, gzipped. Objects say what follows; arrays are rows, each value as the
 * server writes it as text. A hash after each table and one at the end: a file that was cut off or
 * changed is never restored.
 */
export type BackupLine = BackupHead | TableHead | TableEnd | SequenceLine | BackupEnd | Row

export interface BackupHead {
  backup: 'prometheus-console'
  format: 1
  createdAt: string
  server: string
  schemaVersion: string
  migrations: string[]
}
export interface TableHead {
  table: string
  columns: { name: string; type: string }[]
}
export interface TableEnd {
  end: string
  rows: number
  sha256: string
}
export interface SequenceLine {
  sequence: string
  value: string
  called: boolean
}
export interface BackupEnd {
  complete: true
  tables: number
  rows: number
  sha256: string
}
export type Row = (string | null)[]

export const isRow = (line: BackupLine): line is Row => Array.isArray(line)

export interface BackupWriter {
  write(line: Exclude<BackupLine, BackupEnd>): Promise<void>
  /** Moves the file to its name; before that it is called `.part`. */
  close(): Promise<BackupEnd>
  abandon(): void
}

export async function createBackup(file: string): Promise<BackupWriter> {
  const part = `${file}.part`
  const gzip = createGzip({ level: 6 })
  // It holds e-mail addresses: for its owner only.
  const out = createWriteStream(part, { mode: 0o600, flags: 'wx' })
  gzip.pipe(out)
  let failure: Error | undefined
  for (const stream of [gzip, out])
    stream.on('error', (error: Error) => {
      failure = error
    })
  const all = createHash('sha256')
  let tables = 0
  let rows = 0
  const put = async (line: BackupLine) => {
    if (failure !== undefined) throw failure
    const textLine = `${JSON.stringify(line)}\n`
    all.update(textLine)
    if (!gzip.write(textLine))
      await new Promise<void>((resolve) => {
        gzip.once('drain', resolve)
        gzip.once('close', resolve)
      })
  }
  return {
    write: async (line) => {
      if (isRow(line)) rows += 1
      else if ('table' in line) tables += 1
      await put(line)
    },
    close: async () => {
      const end: BackupEnd = { complete: true, tables, rows, sha256: all.digest('hex') }
      gzip.end(`${JSON.stringify(end)}\n`)
      await finished(out)
      const handle = await open(part, 'r+')
      await handle.sync()
      await handle.close()
      renameSync(part, file)
      return end
    },
    abandon: () => {
      gzip.destroy()
      out.destroy()
      rmSync(part, { force: true })
    },
  }
}

/** The lines of a backup without its end, which is checked: throws before the last one is handed out. */
export async function* readBackup(file: string): AsyncGenerator<Exclude<BackupLine, BackupEnd>> {
  const source = createReadStream(file)
  const gunzip = createGunzip()
  source.on('error', (error) => gunzip.destroy(error))
  source.pipe(gunzip)
  const all = createHash('sha256')
  let table = { hash: createHash('sha256'), rows: 0, name: '' }
  let complete = false
  let first = true
  try {
    for await (const written of linesOf(gunzip)) {
      if (complete) throw new DatabaseProblem(text.damagedBackup(file))
      const line = JSON.parse(written) as BackupLine
      if (first && !isHead(line)) throw new DatabaseProblem(text.notBackup(file))
      first = false
      if (!isRow(line) && 'complete' in line) {
        if (line.sha256 !== all.digest('hex')) throw new DatabaseProblem(text.damagedBackup(file))
        complete = true
        continue
      }
      all.update(`${written}\n`)
      if (isRow(line)) {
        table.hash.update(`${written}\n`)
        table.rows += 1
      } else if ('table' in line) {
        table = { hash: createHash('sha256'), rows: 0, name: line.table }
      } else if ('end' in line) {
        const right =
          line.end === table.name &&
          line.rows === table.rows &&
          line.sha256 === table.hash.digest('hex')
        if (!right) throw new DatabaseProblem(text.damagedTable(file, line.end))
      }
      yield line
    }
  } catch (error) {
    if (error instanceof DatabaseProblem) throw error
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR')
      throw new DatabaseProblem(text.noFile(file))
    throw new DatabaseProblem(first ? text.notBackup(file) : text.damagedBackup(file))
  } finally {
    gunzip.destroy()
    source.destroy()
  }
  if (!complete) throw new DatabaseProblem(text.damagedBackup(file))
}

/** Not readline: that also ends a line at U+2028, which JSON may hold as it is. */
async function* linesOf(stream: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let rest = ''
  for await (const chunk of stream) {
    rest += decoder.decode(chunk, { stream: true })
    let start = 0
    for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n', start)) {
      yield rest.slice(start, end)
      start = end + 1
    }
    rest = rest.slice(start)
  }
  if (rest !== '') yield rest
}

function isHead(line: BackupLine): line is BackupHead {
  return (
    !isRow(line) && 'backup' in line && line.backup === 'prometheus-console' && line.format === 1
  )
}

/** Reads a backup to its end before anything is done with it. */
export async function checkBackup(
  file: string,
): Promise<{ head: BackupHead; tables: number; rows: number }> {
  let head: BackupHead | undefined
  let tables = 0
  let rows = 0
  for await (const line of readBackup(file)) {
    if (isRow(line)) rows += 1
    else if ('backup' in line) head = line
    else if ('table' in line) tables += 1
  }
  if (head === undefined) throw new DatabaseProblem(text.notBackup(file))
  return { head, tables, rows }
}
