import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { createTwin } from '../../core/backend/twin'
import { readEvents } from '../../core/external-events/read-events'
import { type EventServer, sendEvents } from '../../core/external-events/send-events'
import { createNodePlatform } from '../../core/node-platform'
import { EXIT, UsageError } from '../usage'
import type { EventOptions } from '.'
import { text } from './messages'

/** The source that a local workspace has by itself. */
const LOCAL = 'local'

export async function importEvents(options: EventOptions, bundleFolder: string): Promise<number> {
  const [file, ...more] = options.names
  if (file === undefined || more.length > 0) throw new UsageError(text.importUsage)
  const hosted = options.url === undefined ? undefined : hostedTarget(options.url, options.source)
  const events = readEvents(bytesOf(file), basename(file), hosted?.source ?? LOCAL)
  if (events.length === 0) throw new UsageError(text.empty(file))
  const send = async (target: EventServer) => {
    const { recorded, known } = await sendEvents(target, events, (done) => {
      if (process.stderr.isTTY) process.stderr.write(`\r${text.progress(done, events.length)} `)
    })
    if (process.stderr.isTTY) process.stderr.write('\n')
    process.stdout.write(`${text.recorded(recorded, known)}\n`)
    return EXIT.clean
  }
  return hosted === undefined ? withLocal(options, bundleFolder, send) : send(hosted)
}

function hostedTarget(url: string, source: string | undefined): EventServer {
  if (source === undefined) throw new UsageError(text.noSource)
  const { SUPABASE_SECRET_KEY: serviceKey, EVENT_SECRET: secret = '' } = process.env
  if (!serviceKey) throw new UsageError(text.noKey)
  if (!/^([0-9a-fA-F]{2}){16,1024}$/.test(secret)) throw new UsageError(text.noSecret)
  const address = URL.parse(url)
  const plain = address?.protocol === 'http:' && /^(127\.0\.0\.1|localhost)$/.test(address.hostname)
  if (address === null || (address.protocol !== 'https:' && !plain))
    throw new UsageError(text.badUrl)
  return { url: address.origin, serviceKey, fetch, source, secret: Buffer.from(secret, 'hex') }
}

/** The local workspace, which has its own key and secret; they stay in this process. */
async function withLocal<T>(
  { dataFolder }: EventOptions,
  bundleFolder: string,
  use: (target: EventServer) => Promise<T>,
): Promise<T> {
  const twin = createTwin(
    createNodePlatform({
      host: 'command-line',
      dataFolder,
      roots: [],
      node: process.execPath,
      bundleFolder,
      resources: join(bundleFolder, '../../resources'),
      log: () => {},
    }),
  )
  try {
    await twin.start()
    const secret = String(await twin.maintain('local_event_source'))
    return await use({
      url: twin.url,
      serviceKey: twin.serviceKey() ?? '',
      fetch: twin.fetch,
      source: LOCAL,
      secret: Buffer.from(secret, 'hex'),
    })
  } finally {
    await twin.stop()
  }
}

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch {
    throw new UsageError(text.noFile(file))
  }
}
