import { contextBridge, ipcRenderer, webUtils } from 'electron'

type Port = NonNullable<Parameters<typeof ipcRenderer.postMessage>[2]>[number]

/** The few things used here; electron/ is compiled without the DOM's types. */
declare const location: { readonly origin: string }
declare const window: {
  addEventListener(type: 'message', listener: (event: PageMessage) => void): void
  postMessage(message: unknown, targetOrigin: string): void
}
interface PageMessage {
  readonly source: unknown
  readonly origin: string
  readonly data: unknown
  readonly ports: readonly Port[]
}

// A MessagePort does not pass contextBridge: the page posts it to itself, and this listens too.
window.addEventListener('message', (event) => {
  if (event.source !== window || event.origin !== location.origin) return
  const [port] = event.ports
  if (event.data === 'rpc:connect' && port) ipcRenderer.postMessage('rpc:connect', null, [port])
})

// The native menu: the page hears { command: id } as a message event of its window.
ipcRenderer.on('command', (_event, id: unknown) => {
  if (typeof id === 'string') window.postMessage({ command: id }, location.origin)
})

/** All that the page sees of Electron. exposeInMainWorld freezes it. */
contextBridge.exposeInMainWorld('consoleHost', {
  kind: 'electron',
  /** Grants the page that one path; empty for a File that is not on the disk. */
  pathOfFile(file: File): string {
    const path = webUtils.getPathForFile(file)
    return path !== '' && ipcRenderer.sendSync('path:grant', path) === true ? path : ''
  },
})
