import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createContext, runInContext } from 'node:vm'
import { beforeEach, expect, test } from 'vitest'
import { ROOT } from '../../fixtures/console'

type Listener = (...args: unknown[]) => void
interface Message {
  source?: unknown
  origin?: string
  data?: unknown
  ports?: unknown[]
}

let exposed: Record<string, { kind?: string; pathOfFile?: (file: object) => string }>
let sent: unknown[][]
let posted: unknown[][]
let required: string[]
let channels: Map<string, Listener>
let hear: (message: Message) => void
let window: object
/** What webUtils and the main process answer. */
let path: string
let granted: unknown

beforeEach(() => {
  exposed = {}
  sent = []
  posted = []
  required = []
  channels = new Map()
  path = '/models/a.bin'
  granted = true
  hear = () => {}
  window = {
    addEventListener: (_type: string, listener: (event: Message) => void) => {
      hear = (message) =>
        listener({ source: window, origin: 'app://console', ports: [], ...message })
    },
    postMessage: (...args: unknown[]) => posted.push(args),
  }
  const electron = {
    contextBridge: {
      exposeInMainWorld: (name: string, value: (typeof exposed)[string]) => {
        exposed[name] = value
      },
    },
    ipcRenderer: {
      on: (channel: string, listener: Listener) => channels.set(channel, listener),
      postMessage: (...args: unknown[]) => sent.push(args),
      sendSync: (...args: unknown[]) => {
        sent.push(args)
        return granted
      },
    },
    webUtils: { getPathForFile: () => path },
  }
  const require = (name: string) => {
    required.push(name)
    return electron
  }
  // As a sandboxed preload gets it: its own globals, no Node but a `require` of few names.
  const context = createContext({ window, location: { origin: 'app://console' }, require })
  runInContext(readFileSync(join(ROOT, 'out/preload/index.cjs'), 'utf8'), context)
})

const pathOfFile = (file: object) => exposed.consoleHost?.pathOfFile?.(file)

test('it needs nothing but electron: all else is inside the one file', () => {
  expect(required).toEqual(['electron'])
})
test('the page sees two things: that this is Electron, and pathOfFile', () => {
  expect(Object.keys(exposed)).toEqual(['consoleHost'])
  expect(Object.keys(exposed.consoleHost ?? {})).toEqual(['kind', 'pathOfFile'])
  expect(exposed.consoleHost?.kind).toBe('electron')
})
test('it listens to one channel of the main process', () => {
  expect([...channels.keys()]).toEqual(['command'])
})
test('the port that the page posts goes to the main process', () => {
  const port = { name: 'port' }
  hear({ data: 'rpc:connect', ports: [port] })
  expect(sent).toEqual([['rpc:connect', null, [port]]])
})
test.each<[string, Message]>([
  ['another window', { source: {}, data: 'rpc:connect', ports: [{}] }],
  ['another origin', { origin: 'https://evil.test', data: 'rpc:connect', ports: [{}] }],
  ['another message', { data: 'path:grant', ports: [{}] }],
  ['a message without a port', { data: 'rpc:connect' }],
])('%s reaches nobody', (_what, message) => {
  hear(message)
  expect(sent).toEqual([])
})
test('a command of the menu becomes a message to our own page', () => {
  channels.get('command')?.({}, 'go.scan')
  expect(posted).toEqual([[{ command: 'go.scan' }, 'app://console']])
})
test('a command that is not text is dropped', () => {
  channels.get('command')?.({}, { id: 'go.scan' })
  expect(posted).toEqual([])
})
test('the path of a dropped file is granted before the page learns it', () => {
  expect(pathOfFile({})).toBe('/models/a.bin')
  expect(sent).toEqual([['path:grant', '/models/a.bin']])
})
test('a File that the page made itself has no path, and nobody is asked', () => {
  path = ''
  expect(pathOfFile({})).toBe('')
  expect(sent).toEqual([])
})
test('a path that is refused is not told', () => {
  granted = false
  expect(pathOfFile({})).toBe('')
})
