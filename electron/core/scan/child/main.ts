import { writeSync } from 'node:fs'
import type { FileTask, FromChild, ToChild } from '../protocol'
import { resultMessages } from '../result-messages'
import { hashOnly, type ScanFileResult, scanFile } from './scan-file'
import { loadSourceEngine, SourceEngineNeeded } from './source-engine'
import { walkRoots } from './walk'

/**
 * The scan child. It has no write access, no network code and an empty environment, and lives only
 * as long as its scan: the host kills it to cancel, and it ends by itself when the host is gone.
 */
const queue: (() => Promise<void>)[] = []

function say(message: FromChild): void {
  const bytes = Buffer.from(`${JSON.stringify(message)}\n`)
  try {
    for (let done = 0; done < bytes.length; ) done += writeSync(1, bytes, done)
  } catch {
    // The host is gone; in the middle of a large file only this tells.
    process.exit(0)
  }
}

let rest = ''
process.stdin.setEncoding('utf8')
process.stdin.on('end', () => process.exit(0))
process.stdin.on('data', (text: string) => {
  const lines = (rest + text).split('\n')
  rest = lines.pop() ?? ''
  for (const line of lines) obey(JSON.parse(line) as ToChild)
})

function obey(message: ToChild): void {
  if (message.type === 'walk') walkRoots(message.roots, message.maxFiles, say)
  else for (const task of message.tasks) queue.push(() => scan(task, message))
  void drain()
}

let draining = false
/** One file at a time; between files the channel gets a turn, so results leave as they come. */
async function drain(): Promise<void> {
  if (draining) return
  draining = true
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    await next()
    await new Promise((resolve) => setImmediate(resolve))
  }
  draining = false
}

type ScanMessage = Extract<ToChild, { type: 'scan' }>

async function scan(task: FileTask, { limits, hash }: ScanMessage): Promise<void> {
  const { id } = task
  say({ type: 'started', id })
  const progress = (bytes: number) => say({ type: 'progress', id, bytes })
  if (task.hashOnly) return say({ type: 'hashed', id, ...hashOnly(task, progress) })
  const read = () => scanFile(task, limits, hash, progress)
  let result: ScanFileResult
  try {
    result = read()
  } catch (error) {
    if (!(error instanceof SourceEngineNeeded)) throw error
    await loadSourceEngine()
    result = read()
  }
  for (const message of resultMessages(id, result)) say(message)
}
