import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MessageChannel } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import type { Contract } from '@shared/contract'
import { startApplication } from '../../../electron/main/start'
import { app, electron, eventWith, ipcMain, MessagePortMain } from '../../doubles/electron'
import { ROOT } from '../../fixtures/console'

/** A frame as ipcMain sees it. */
export interface Frame {
  url: string
  parent: object | null
}
export const OUR_FRAME: Frame = { url: 'app://console/#/scan', parent: null }

/** The real Electron host against the double, on a data folder of its own. One for a test file. */
export async function startHost(...flags: string[]) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'console-electron-')))
  const dataFolder = join(folder, 'data')
  await startApplication({
    args: ['--data-dir', dataFolder, ...flags],
    environment: {},
    bundleFolder: join(ROOT, 'out/main'),
  })
  const window = electron.windows.at(-1)
  if (window === undefined) throw new Error('The host opened no window.')
  return {
    folder,
    dataFolder,
    window,
    /** Quits and resolves when the process would end. */
    async close() {
      const ended = new Promise((resolve) => app.once('quit', resolve))
      app.quit()
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
export type Host = Awaited<ReturnType<typeof startHost>>

/** What the preload does for a page: hands a port to the main process in the name of a frame. */
export function connectFrom(frame: Frame | null, ports = 1) {
  const channels = Array.from({ length: ports }, () => new MessageChannel())
  const [port] = channels.map((channel) => channel.port2)
  if (port === undefined) throw new Error('A connection needs a port.')
  ipcMain.emit('rpc:connect', {
    senderFrame: frame,
    ports: channels.map((channel) => new MessagePortMain(channel.port1)),
  })
  const client: ContractRouterClient<Contract> = createORPCClient(
    // Node's port has what the link uses; only its DOM typing differs.
    new RPCLink({ port: port as unknown as globalThis.MessagePort }),
  )
  return { client, port }
}

/** The preload's synchronous message; its answer. */
export function askForPath(frame: Frame | null, path: unknown): unknown {
  const event = { senderFrame: frame, returnValue: undefined as unknown }
  ipcMain.emit('path:grant', event, path)
  return event.returnValue
}

/** Whether a navigation event was prevented. */
export function prevents(emitter: Host['window']['webContents'], name: string, fields: object) {
  const event = eventWith(fields)
  emitter.emit(name, event)
  return event.defaultPrevented
}
