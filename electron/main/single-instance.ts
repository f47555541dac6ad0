import { app, type BrowserWindow, shell } from 'electron'

/**
 * One window for a data folder. Electron's lock belongs to `userData`, which is inside the data
 * folder; whoever starts a second one is shown the first. False: this process should end.
 */
export function isFirstInstance(window: () => BrowserWindow | undefined): boolean {
  if (!app.requestSingleInstanceLock()) return false
  app.on('second-instance', () => {
    const shown = window()
    if (shown === undefined || shown.isDestroyed()) return
    if (shown.isMinimized()) shown.restore()
    shown.show()
    shown.focus()
  })
  return true
}

/**
 * The data folder belongs to a console of another host. Opens that one's link, where it is one;
 * otherwise throws a sentence.
 */
export async function showOwner(owner: string | null, dataFolder: string): Promise<void> {
  const link = owner === null ? null : URL.parse(owner)
  if (link?.protocol !== 'http:' || link.hostname !== '127.0.0.1')
    throw new Error(
      `Another console already uses ${dataFolder}. Close it, or choose another folder with --data-dir.`,
    )
  await shell.openExternal(link.href)
}
