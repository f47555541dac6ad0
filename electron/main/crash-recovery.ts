import { type BrowserWindow, dialog } from 'electron'

const MOST_CRASHES = 3
const WITHIN_MS = 60_000

/** Says after each crash whether a reload is worth it: not after three within a minute. */
export function createCrashLimit(monotonic: () => number): () => 'reload' | 'ask' {
  let times: number[] = []
  return () => {
    const now = monotonic()
    times = [...times.filter((time) => now - time < WITHIN_MS), now]
    if (times.length < MOST_CRASHES) return 'reload'
    times = []
    return 'ask'
  }
}

export interface CrashRecoveryOptions {
  monotonic(): number
  log(message: string): void
  quit(): void
}

/**
 * Reloads a page whose process is gone. The route is in the URL's hash and jobs run on this side,
 * so the user comes back to the same place. A crash loop is put to the user instead.
 */
export function recoverFromCrashes(window: BrowserWindow, options: CrashRecoveryOptions): void {
  const next = createCrashLimit(options.monotonic)
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return
    options.log(`The page's process is gone: ${reason}, code ${exitCode}.`)
    if (next() === 'reload') window.webContents.reload()
    else void ask(window, options)
  })
}

async function ask(window: BrowserWindow, options: CrashRecoveryOptions): Promise<void> {
  const { response } = await dialog.showMessageBox({
    type: 'error',
    message: 'The window crashed three times within a minute.',
    detail: 'Scans go on in the background. Quitting cancels them; finished reports are kept.',
    buttons: ['Open the window again', 'Quit'],
    defaultId: 0,
    cancelId: 1,
  })
  if (window.isDestroyed()) return
  if (response === 0) window.webContents.reload()
  else options.quit()
}
