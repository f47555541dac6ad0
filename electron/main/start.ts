import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { app, type BrowserWindow, Menu, session } from 'electron'
import { type Console, createConsole } from '../core/console'
import { requireFolders, requireWritable } from '../core/data-folder'
import { type InstanceLock, takeInstanceLock } from '../core/instance-lock'
import { createNodePlatform } from '../core/node-platform'
import { createSettings } from '../core/settings'
import { serveAppScheme } from './app-protocol'
import { recoverFromCrashes } from './crash-recovery'
import { chooseFiles } from './dialogs'
import { findInstallation, type Installation } from './installation'
import { showJobProgress } from './job-progress'
import { createMenu } from './menu'
import { guardNavigation } from './navigation-guards'
import { parseOptions } from './options'
import { ourPage } from './our-page'
import { acceptPathGrants } from './path-grants'
import { openReference } from './references'
import { acceptPorts } from './rpc-port'
import { systemSecrets } from './secrets'
import { guardSession } from './session-guards'
import { isFirstInstance, showOwner } from './single-instance'
import { createWindow } from './window'

export interface Start {
  /** Without the executable and, in development, without the application's folder. */
  args: readonly string[]
  environment: NodeJS.ProcessEnv
  bundleFolder: string
}

/** Brings the console up in Electron. Rejects with a sentence when it cannot. */
export async function startApplication(start: Start): Promise<void> {
  const options = parseOptions(start.args, start.environment)
  requireFolders(options.roots)
  requireWritable(options.dataFolder)
  // Chromium's profile, which holds nothing but the theme's copy, goes where the data is.
  const profile = join(options.dataFolder, 'electron')
  mkdirSync(profile, { recursive: true, mode: 0o700 })
  app.setPath('userData', profile)
  let window: BrowserWindow | undefined
  if (!isFirstInstance(() => window)) return app.quit()

  await app.whenReady()
  const lock = takeInstanceLock(options.dataFolder)
  if ('owner' in lock) {
    await showOwner(lock.owner, options.dataFolder)
    return app.quit()
  }
  const installation = findInstallation(
    start.bundleFolder,
    app.isPackaged ? process.resourcesPath : undefined,
  )
  const settings = createSettings({
    file: join(options.dataFolder, 'settings.json'),
    environment: start.environment,
    flags: options.flags,
  })
  const platform = {
    ...createNodePlatform({
      host: 'electron',
      dataFolder: options.dataFolder,
      roots: options.roots,
      node: installation.node,
      bundleFolder: start.bundleFolder,
      children: installation.children,
      resources: installation.resources,
    }),
    chooseFiles: (kind: 'file' | 'folder') => chooseFiles(window, kind),
    secrets: systemSecrets(),
  }
  const console = createConsole(platform, settings)
  const shutdown = new AbortController()
  closeAtTheEnd(console, lock, shutdown)
  window = openWindow(console, installation, start.environment)
  void showJobProgress(window, console.jobs, shutdown.signal)
}

/** Everything that meets the page is locked down before the page is loaded. */
function openWindow(
  console: Console,
  installation: Installation,
  environment: NodeJS.ProcessEnv,
): BrowserWindow {
  const { platform } = console
  const page = ourPage(app.isPackaged ? undefined : environment.ELECTRON_RENDERER_URL)
  const log = (message: string) => platform.log('error', message)
  serveAppScheme(session.defaultSession, installation.pageFolder)
  guardSession(session.defaultSession, page)
  app.on('web-contents-created', (_event, contents) =>
    guardNavigation(contents, page, (address) => {
      const { browser } = console.backend.state()
      openReference(address, () => console.rules(), browser?.url).catch((error: unknown) =>
        log(`An address was not opened: ${String(error)}`),
      )
    }),
  )
  acceptPorts(console, page)
  acceptPathGrants(console.grants, page)

  const window = createWindow({
    preload: installation.preload,
    theme: console.settings.values()['appearance.theme'],
    placeFile: join(platform.paths.data, 'window.json'),
    developerTools: !app.isPackaged,
  })
  Menu.setApplicationMenu(
    createMenu({
      system: process.platform,
      developerTools: !app.isPackaged,
      run: (id) => {
        if (!window.isDestroyed()) window.webContents.send('command', id)
      },
    }),
  )
  recoverFromCrashes(window, {
    monotonic: () => platform.monotonic(),
    log,
    quit: () => app.quit(),
  })
  window.loadURL(page.url).catch((error: unknown) => log(`The page did not load: ${String(error)}`))
  return window
}

/**
 * 'will-quit' comes when the window is closed, so no page watches its host go. Quitting waits for
 * the children of running jobs, closes the database, and then goes on.
 */
function closeAtTheEnd(console: Console, lock: InstanceLock, shutdown: AbortController): void {
  let state: 'open' | 'closing' | 'closed' = 'open'
  app.on('window-all-closed', () => app.quit())
  app.on('will-quit', (event) => {
    if (state === 'closed') return
    event.preventDefault()
    if (state === 'closing') return
    state = 'closing'
    shutdown.abort()
    console
      .close()
      .catch((error: unknown) => console.platform.log('error', `Closing: ${String(error)}`))
      .finally(() => {
        state = 'closed'
        lock.release()
        app.quit()
      })
  })
}
