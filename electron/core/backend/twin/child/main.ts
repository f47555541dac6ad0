import { writeSync } from 'node:fs'
import type { FromTwin, ToTwin } from '../protocol'
import { buildTemplate, packTemplate } from './template'
import { type OpenTwin, openTwin } from './twin'

/**
 * The child that holds the twin's database. It may write its own folder only, has no network code and an
 * empty environment, and ends by itself when the host is gone.
 */
function say(message: FromTwin): void {
  const bytes = Buffer.from(`${JSON.stringify(message)}\n`)
  try {
    for (let done = 0; done < bytes.length; ) done += write(bytes, done)
  } catch {
    // The host is gone; in the middle of a transaction only this tells.
    process.exit(0)
  }
}

/** A full pipe is not an error: the host is busy. */
function write(bytes: Buffer, from: number): number {
  try {
    return writeSync(1, bytes, from)
  } catch (error) {
    if ((error as { code?: string }).code === 'EAGAIN') return 0
    throw error
  }
}

let twin: OpenTwin | undefined
const queue: ToTwin[] = []
let draining = false

/** One after the other: the engine has one connection, and a kill then ends one call only. */
async function drain(): Promise<void> {
  if (draining) return
  draining = true
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) await obey(next)
  draining = false
}

async function obey(message: ToTwin): Promise<void> {
  try {
    if (message.type === 'build') {
      await buildTemplate(message.folder, message.template, message.schema)
      say({ type: 'built' })
      process.exit(0)
    } else if (message.type === 'pack') {
      await packTemplate(message.folder, message.template)
      say({ type: 'built' })
      process.exit(0)
    } else if (message.type === 'open') twin = await openTwin(message, say)
    else if (message.type === 'close') {
      await twin?.close()
      process.exit(0)
    } else await twin?.serve(message)
  } catch (error) {
    const id = 'id' in message ? message.id : null
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    say({ type: 'failed', id, message: text })
  }
}

let rest = ''
process.stdin.setEncoding('utf8')
process.stdin.on('end', () => process.exit(0))
process.stdin.on('data', (text: string) => {
  const lines = (rest + text).split('\n')
  rest = lines.pop() ?? ''
  for (const line of lines) queue.push(JSON.parse(line) as ToTwin)
  void drain()
})
