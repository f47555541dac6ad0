/**
 * A double of the parts of Electron that electron/main uses: events are real, windows and menus
 * remember what they were told, and what reaches the outside is recorded in `electron`. Plain
 * erasable TypeScript, because the built bundle is run against it without a compiler.
 */
import { EventEmitter } from 'node:events'
import type { MessagePort } from 'node:worker_threads'

/** What left the application, in order. */
export const electron = {
  calls: [] as string[],
  windows: [] as BrowserWindow[],
  opened: [] as string[],
  errorBoxes: [] as { title: string; content: string }[],
  messageBoxes: [] as { message: string }[],
  openDialogs: [] as { properties: string[] }[],
  schemes: [] as { scheme: string; privileges: Record<string, boolean> }[],
  exitCode: undefined as number | undefined,
  /** What the next dialogs answer. */
  answers: { openDialog: [] as string[], messageBox: 0 },
  /** False plays a second process on the same profile. */
  firstInstance: true,
}

/** An event whose default can be prevented, with the fields the real one has. */
export function eventWith<Fields extends object>(fields: Fields) {
  return {
    ...fields,
    defaultPrevented: false,
    preventDefault() {
      this.defaultPrevented = true
    },
  }
}

class App extends EventEmitter {
  isPackaged = false
  quitting = false
  readonly paths = new Map<string, string>()
  enableSandbox() {
    electron.calls.push('enableSandbox')
  }
  setPath(name: string, path: string) {
    this.paths.set(name, path)
  }
  requestSingleInstanceLock() {
    return electron.firstInstance
  }
  async whenReady() {
    electron.calls.push('ready')
  }
  /** Closes the windows first, then asks 'will-quit', as Electron does. */
  quit() {
    this.quitting = true
    for (const window of BrowserWindow.getAllWindows()) window.close()
    const event = eventWith({})
    this.emit('will-quit', event)
    if (!event.defaultPrevented) this.exit(0)
  }
  exit(code: number) {
    electron.exitCode ??= code
    this.emit('quit', {}, code)
  }
}
export const app = new App()
export const ipcMain = new EventEmitter()

export const protocol = {
  registerSchemesAsPrivileged(schemes: typeof electron.schemes) {
    electron.calls.push('registerSchemesAsPrivileged')
    electron.schemes.push(...schemes)
  },
}

type Permission = { isMainFrame: boolean; requestingUrl: string }

class Session extends EventEmitter {
  readonly handlers = new Map<string, (request: Request) => Response | Promise<Response>>()
  readonly protocol = {
    handle: (scheme: string, handler: (request: Request) => Response | Promise<Response>) => {
      this.handlers.set(scheme, handler)
    },
  }
  readonly webRequest = {
    onBeforeRequest: (
      listener: (request: { url: string }, answer: (result: { cancel: boolean }) => void) => void,
    ) => {
      this.requestListener = listener
    },
  }
  requestListener:
    | ((request: { url: string }, answer: (result: { cancel: boolean }) => void) => void)
    | undefined
  permissionRequest:
    | ((
        contents: null,
        name: string,
        answer: (granted: boolean) => void,
        details: Permission,
      ) => void)
    | undefined
  permissionCheck:
    | ((contents: null, name: string, origin: string, details: Permission) => boolean)
    | undefined
  deviceCheck: (() => boolean) | undefined
  spellChecker = true
  setPermissionRequestHandler(handler: NonNullable<Session['permissionRequest']>) {
    this.permissionRequest = handler
  }
  setPermissionCheckHandler(handler: NonNullable<Session['permissionCheck']>) {
    this.permissionCheck = handler
  }
  setDevicePermissionHandler(handler: () => boolean) {
    this.deviceCheck = handler
  }
  setSpellCheckerEnabled(enabled: boolean) {
    this.spellChecker = enabled
  }
}
export const session = { defaultSession: new Session() }

export class WebContents extends EventEmitter {
  openHandler: ((details: { url: string }) => { action: string }) | undefined
  readonly sent: { channel: string; args: unknown[] }[] = []
  reloads = 0
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }) {
    this.openHandler = handler
  }
  send(channel: string, ...args: unknown[]) {
    this.sent.push({ channel, args })
  }
  reload() {
    this.reloads += 1
  }
}

interface Bounds {
  x: number
  y: number
  width: number
  height: number
}

export interface WindowOptions extends Partial<Bounds> {
  show?: boolean
  backgroundColor?: string
  webPreferences: Record<string, unknown> & { preload: string }
}

export class BrowserWindow extends EventEmitter {
  static getAllWindows() {
    return electron.windows.filter((window) => !window.destroyed)
  }
  readonly webContents = new WebContents()
  readonly options: WindowOptions
  readonly progress: number[] = []
  url = ''
  visible: boolean
  minimized = false
  maximized = false
  focused = false
  destroyed = false
  bounds: Bounds
  constructor(options: WindowOptions) {
    super()
    this.options = options
    this.visible = options.show ?? true
    this.bounds = {
      x: options.x ?? 0,
      y: options.y ?? 0,
      width: options.width ?? 800,
      height: options.height ?? 600,
    }
    electron.windows.push(this)
    app.emit('web-contents-created', {}, this.webContents)
  }
  async loadURL(url: string) {
    this.url = url
    electron.calls.push('loadURL')
  }
  show() {
    this.visible = true
  }
  focus() {
    this.focused = true
  }
  restore() {
    this.minimized = false
  }
  maximize() {
    this.maximized = true
  }
  isMinimized() {
    return this.minimized
  }
  isMaximized() {
    return this.maximized
  }
  isDestroyed() {
    return this.destroyed
  }
  getNormalBounds() {
    return this.bounds
  }
  setProgressBar(value: number) {
    this.progress.push(value)
  }
  close() {
    if (this.destroyed) return
    this.emit('close', eventWith({}))
    this.destroyed = true
    this.emit('closed')
    if (!app.quitting && BrowserWindow.getAllWindows().length === 0) app.emit('window-all-closed')
  }
}

export interface MenuTemplate {
  id?: string
  label?: string
  role?: string
  type?: string
  accelerator?: string
  registerAccelerator?: boolean
  submenu?: MenuTemplate[]
  click?: () => void
}

export class Menu {
  static application: Menu | undefined
  static buildFromTemplate(template: MenuTemplate[]) {
    return new Menu(template)
  }
  static setApplicationMenu(menu: Menu) {
    Menu.application = menu
  }
  readonly template: MenuTemplate[]
  constructor(template: MenuTemplate[]) {
    this.template = template
  }
}

interface OpenDialog {
  properties: string[]
}
export const dialog = {
  showErrorBox(title: string, content: string) {
    electron.errorBoxes.push({ title, content })
  },
  async showMessageBox(options: { message: string }) {
    electron.messageBoxes.push(options)
    return { response: electron.answers.messageBox }
  },
  async showOpenDialog(...args: [BrowserWindow, OpenDialog] | [OpenDialog]) {
    const options = args.length === 2 ? args[1] : args[0]
    electron.openDialogs.push(options)
    const filePaths = electron.answers.openDialog
    return { canceled: filePaths.length === 0, filePaths }
  },
}

/** Encrypts by turning bits, so that what was sealed is not what was given. */
export const safeStorage = {
  available: true,
  backend: 'gnome_libsecret',
  isEncryptionAvailable() {
    return this.available
  },
  getSelectedStorageBackend() {
    return this.backend
  },
  encryptString(text: string) {
    return Buffer.from(text).map((byte) => byte ^ 0x5a)
  },
  decryptString(sealed: Buffer) {
    const text = Buffer.from(sealed.map((byte) => byte ^ 0x5a)).toString()
    if (!text.startsWith('-----BEGIN')) throw new Error('Error while decrypting the ciphertext.')
    return text
  },
}

export const nativeTheme = { shouldUseDarkColors: false }
export const screen = {
  getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }],
}
export const shell = {
  async openExternal(url: string) {
    electron.opened.push(url)
  },
}

/** The main process's end of a channel: Node's port with Electron's events. */
export class MessagePortMain extends EventEmitter {
  readonly #port: MessagePort
  constructor(port: MessagePort) {
    super()
    this.#port = port
  }
  /** Messages wait until here, as in Electron. */
  start() {
    this.#port.on('message', (data: unknown) => this.emit('message', { data }))
    this.#port.on('close', () => this.emit('close'))
  }
  postMessage(message: unknown) {
    this.#port.postMessage(message)
  }
  close() {
    this.#port.close()
  }
}
