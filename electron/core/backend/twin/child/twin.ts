import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { PGlite } from '@electric-sql/pglite'
import { handler as verifyPassportHandler } from '../../../../../resources/supabase/functions/verify-passport/index'
import { migrate, unknownVersions } from '../migrate'
import type { FromTwin, ToTwin } from '../protocol'
import { PUBLISHABLE_KEY } from '../publishable-key'
import { createResponder, type Database, type Responder } from '../responder'
import type { Mail } from '../responder/auth'
import { identifier } from '../responder/database'
import { localAccounts } from './accounts'
import { adoptTemplate } from './adopt'
import { clusterVersion, ENGINE_MAJOR, hasCluster, openEngine } from './engine'
import { readFacts } from './facts'
import { takeFolderLock } from './lock'
import { pgliteDatabase, pgliteScript } from './pglite-database'
import { replaceFile, unpackTemplate } from './template'

export interface OpenTwin {
  serve(message: ToTwin): Promise<void>
  close(): Promise<void>
}

type Say = (message: FromTwin) => void

/** Opens the folder, says that it is ready, or why it is not opened. */
export async function openTwin(
  { folder, template, schema }: Extract<ToTwin, { type: 'open' }>,
  say: Say,
): Promise<OpenTwin | undefined> {
  const refuse = (reason: Extract<FromTwin, { type: 'refused' }>['reason'], detail: string) => {
    say({ type: 'refused', reason, detail })
    return undefined
  }
  if (!takeFolderLock(join(folder, 'twin.lock'))) return refuse('locked', '')
  const data = join(folder, 'data')
  const version = clusterVersion(data)
  if (version !== undefined && version !== ENGINE_MAJOR) return refuse('engine', version)
  const existed = hasCluster(data)
  if (!existed) {
    if (template === null) throw new Error('There is no database in the folder, and no template')
    unpackTemplate(template, data)
  }
  const engine = await openEngine(data)
  const script = pgliteScript(engine)
  const [newer] = await unknownVersions(script, schema)
  if (newer !== undefined) {
    await engine.close()
    return refuse('newer', newer)
  }
  let migrated: string[]
  try {
    migrated = await migrate(script, schema)
  } catch (error) {
    await engine.close()
    return refuse('migration', error instanceof Error ? error.message : String(error))
  }
  await adoptTemplate(script)
  const facts = await readFacts(script)
  await forwardNudges(engine, say)
  const twin = serveWith(engine, facts, say)
  say({
    type: 'ready',
    serviceKey: facts.serviceKey,
    schemaVersion: schema.migrations.at(-1)?.version ?? '',
    migrated: existed ? migrated : [],
  })
  return twin
}

/** realtime.send tells the channel; topics are `staff:<table>` and `user:<id>`, the event is the table. */
async function forwardNudges(engine: PGlite, say: Say): Promise<void> {
  await engine.listen('realtime', (payload) => {
    const { topic, event } = JSON.parse(payload) as { topic?: string; event?: string }
    say({ type: 'nudge', table: event ?? topic?.split(':')[1] ?? '' })
  })
}

/** Filling a workspace with samples, or emptying it. */
const MAINTENANCE_MS = 120_000

async function maintain(database: Database, name: string): Promise<unknown> {
  return database.transaction({ limitMs: MAINTENANCE_MS }, async (query) => {
    // As the owner of the schema: functions of maintenance are granted to nobody else.
    await query('set local role migrator')
    const [row] = await query<{ value: unknown }>(
      `select to_jsonb(private.${identifier(name)}()) as value`,
    )
    return row?.value ?? null
  })
}

function serveWith(
  engine: PGlite,
  { secret, serviceKey }: Awaited<ReturnType<typeof readFacts>>,
  say: Say,
): OpenTwin {
  let current = 0
  const database = pgliteDatabase(engine, (limitMs) =>
    say({ type: 'running', id: current, limitMs }),
  )
  const options = {
    database,
    keys: { secret },
    apiKeys: { publishable: PUBLISHABLE_KEY, secret: serviceKey },
    now: () => Date.now() / 1000,
    deliver: (mail: Mail) => say({ type: 'mail', ...mail }),
  }
  const verifyPassport = verifyPassportHandler({
    url: 'http://twin.local',
    serviceKey,
    // Its calls come back to this process; there is no network here.
    fetch: async (input, init) => {
      const request = new Request(input, init)
      const { method, url } = request
      const headers = Object.fromEntries(request.headers)
      return responder.handle({ method, url, headers, body: await request.text() })
    },
    randomId: randomUUID,
  })
  const responder: Responder = createResponder({
    ...options,
    functions: { 'verify-passport': verifyPassport },
  })
  async function answer(message: Extract<ToTwin, { type: 'request' }>) {
    const response = await responder.handle(message)
    say({
      type: 'answer',
      id: message.id,
      status: response.status,
      headers: [...response.headers],
      body: response.body === null ? null : await response.text(),
    })
  }
  async function work(message: ToTwin): Promise<unknown> {
    switch (message.type) {
      case 'accounts':
        return localAccounts(options, message.accounts)
      case 'maintain':
        return maintain(database, message.name)
      case 'backup': {
        const packed = await engine.dumpDataDir('gzip')
        replaceFile(message.file, Buffer.from(await packed.arrayBuffer()))
        return null
      }
      default:
        throw new Error(`The twin knows no ${message.type}`)
    }
  }
  return {
    async serve(message) {
      if (!('id' in message)) return
      current = message.id
      if (message.type === 'request') await answer(message)
      else say({ type: 'done', id: message.id, value: await work(message) })
    },
    close: () => engine.close(),
  }
}
