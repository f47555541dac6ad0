import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Child, Platform } from '../../platform'
import { dropOldTemplates, moveAside, type TwinFolder, twinFolder } from './folder'
import { MESSAGES } from './messages'
import { FromTwin, type ToTwin } from './protocol'
import { readSchemaFiles, type SchemaFiles, schemaHash } from './schema-files'
import { shippedTemplate } from './shipped-template'
import { launchTwin } from './worker'

export type Step = 'template' | 'open'
export type StartFailure = 'locked' | 'newer' | 'engine' | 'migration' | 'disk_full' | 'broken'

/** Why the twin does not start, as a sentence. */
export class TwinStartError extends Error {
  readonly code: StartFailure

  constructor(code: StartFailure, message: string) {
    super(message)
    this.code = code
  }
}

export interface Opened {
  child: Child
  ready: Extract<FromTwin, { type: 'ready' }>
  /** Where a database went that could not be opened. */
  setAside: string | null
}

/** A database after its first start, and what its log may grow by: engine.ts. */
const LEAST_ROOM = 128 * 1024 * 1024

/** Making a template takes seconds on a good day; beyond this something hangs. */
const BUILD_MS = 180_000
const OPEN_MS = 60_000
/** A process of a console that was killed may still be ending. */
const LOCK_PATIENCE_MS = 5000
const LOCK_RETRY_MS = 200

/** From nothing, or from what is there, to a child that answers. */
export async function openTwin(
  platform: Platform,
  folder: TwinFolder,
  step: (step: Step) => void,
): Promise<Opened> {
  const schema = readSchemaFiles(platform.paths.resources)
  // The build of the child stands for the engine's version and the migration code alike.
  const hash = schemaHash(schema, platform.childBuild('twin'))
  /** What a new folder starts with: the file that the console ships, or one that is made here. */
  async function template(): Promise<string> {
    const shipped = shippedTemplate(platform)
    if (shipped !== undefined) return shipped
    const made = folder.template(hash)
    if (existsSync(made)) return made
    step('template')
    await buildTemplate(platform, folder, made, schema)
    return made
  }
  const open = async () => {
    const source = existsSync(folder.data) ? null : await template()
    step('open')
    return tryOpen(platform, folder, source, schema)
  }
  dropOldTemplates(folder, hash)
  const first = await open()
  if ('child' in first) return { ...first, setAside: null }
  // A second try tells a machine that was too busy from a folder that is broken.
  const second = await open()
  if ('child' in second) return { ...second, setAside: null }
  // On a full disk a sound database does not start either, and a new one would have no room.
  if (folder.freeBytes() < LEAST_ROOM) throw new TwinStartError('disk_full', MESSAGES.diskFull)
  if (!existsSync(folder.data))
    throw new TwinStartError('broken', MESSAGES.doesNotStart(second.failed))
  const setAside = moveAside(folder, platform.now())
  platform.log('error', `${MESSAGES.setAside(setAside)} (${firstLine(second.failed)})`)
  const third = await open()
  if ('child' in third) return { ...third, setAside }
  throw new TwinStartError('broken', MESSAGES.doesNotStart(firstLine(third.failed)))
}

const buildTemplate = (
  platform: Platform,
  folder: TwinFolder,
  template: string,
  schema: SchemaFiles,
): Promise<void> =>
  askOnce(platform, folder, { type: 'build', folder: folder.work, template, schema })

/** For the build of the console: what the workspace of a data folder holds, as a template for others. */
export async function packWorkspace(platform: Platform, template: string): Promise<void> {
  const folder = twinFolder(platform.paths.data)
  await askOnce(platform, folder, { type: 'pack', folder: folder.data, template })
}

/** A child that makes a template and ends. */
async function askOnce(
  platform: Platform,
  folder: TwinFolder,
  message: Extract<ToTwin, { type: 'build' | 'pack' }>,
): Promise<void> {
  const child = await launchTwin(platform, folder)
  const heard = listen(child, BUILD_MS)
  child.send(message)
  const end = await heard
  if (end.type === 'built') return
  await child.kill()
  throw startError(end.type === 'failed' ? end.message : 'it ended early')
}

/** One child; throws where another try would end the same way. */
async function tryOpen(
  platform: Platform,
  folder: TwinFolder,
  template: string | null,
  schema: SchemaFiles,
): Promise<Omit<Opened, 'setAside'> | { failed: string }> {
  const started = platform.monotonic()
  for (;;) {
    const child = await launchTwin(platform, folder, template === null ? [] : [template])
    const heard = listen(child, OPEN_MS)
    child.send({ type: 'open', folder: folder.root, template, schema })
    const end = await heard
    if (end.type === 'ready') return { child, ready: end }
    await child.kill()
    if (end.type === 'failed') {
      if (DISK_FULL.test(end.message)) throw startError(end.message)
      return { failed: end.message }
    }
    if (end.type !== 'refused') return { failed: 'it said something else' }
    if (end.reason !== 'locked')
      throw new TwinStartError(end.reason, MESSAGES[end.reason](end.detail))
    if (platform.monotonic() - started > LOCK_PATIENCE_MS)
      throw new TwinStartError('locked', MESSAGES.locked)
    await sleep(LOCK_RETRY_MS)
  }
}

/** The first thing a child says about its start, or that it ended or hangs. */
function listen(child: Child, patience: number): Promise<FromTwin> {
  return new Promise((resolve) => {
    const fail = (message: string) => resolve({ type: 'failed', id: null, message })
    const timer = setTimeout(() => fail(`no answer within ${patience / 1000} s`), patience)
    child.onMessage((raw) => {
      const message = FromTwin.safeParse(raw)
      if (!message.success) return
      clearTimeout(timer)
      resolve(message.data)
    })
    child.onExit(({ sentence }) => {
      clearTimeout(timer)
      fail(sentence)
    })
  })
}

const DISK_FULL = /ENOSPC|EDQUOT|No space left/i

const startError = (message: string) =>
  DISK_FULL.test(message)
    ? new TwinStartError('disk_full', MESSAGES.diskFull)
    : new TwinStartError('broken', MESSAGES.doesNotStart(firstLine(message)))

const firstLine = (text: string) => text.split('\n', 1)[0] ?? ''
