import { isAbsolute } from 'node:path'
import { ipcMain } from 'electron'
import type { Grants } from '../core/files'
import { isFromOurPage, type OurPage } from './our-page'

/** PATH_MAX of Linux; the contract accepts no longer path either. */
const LONGEST_PATH = 4096

/**
 * The preload names a path that Chromium gave for a dropped or chosen file: a choice of the user.
 * The answer is synchronous, because messages on the page's port may overtake those of ipcRenderer.
 */
export function acceptPathGrants(grants: Grants, page: OurPage): void {
  ipcMain.on('path:grant', (event, path: unknown) => {
    const granted =
      isFromOurPage(page, event) &&
      typeof path === 'string' &&
      path.length <= LONGEST_PATH &&
      isAbsolute(path)
    if (granted) grants.grant(path)
    event.returnValue = granted
  })
}
