import type { SettingsValues } from '@shared/settings/schema'
import { BrowserWindow, nativeTheme, screen } from 'electron'
import { rememberedPlace, rememberPlace } from './window-state'

/** `--canvas` of renderer/app/tokens.css, painted until the page is there. */
export const CANVAS = { light: '#f6f7f9', dark: '#0d1015' } as const

/** Electron's security checklist, items 2 to 4, 6 and 8 to 11; written out although most are defaults. */
const LOCKED_DOWN = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  // A file dropped beside the drop zone would otherwise replace the page.
  navigateOnDragDrop: false,
  spellcheck: false,
} as const

export interface WindowOptions {
  preload: string
  theme: SettingsValues['appearance.theme']
  /** Where size and position are kept. */
  placeFile: string
  developerTools: boolean
}

/** The one window, hidden until its first frame is painted: no white flash. */
export function createWindow(options: WindowOptions): BrowserWindow {
  const place = rememberedPlace(
    options.placeFile,
    screen.getAllDisplays().map((display) => display.workArea),
  )
  const dark =
    options.theme === 'system' ? nativeTheme.shouldUseDarkColors : options.theme === 'dark'
  const window = new BrowserWindow({
    ...place.bounds,
    minWidth: place.minimum.width,
    minHeight: place.minimum.height,
    show: false,
    title: 'Prometheus Console',
    backgroundColor: dark ? CANVAS.dark : CANVAS.light,
    webPreferences: {
      ...LOCKED_DOWN,
      preload: options.preload,
      devTools: options.developerTools,
    },
  })
  window.once('ready-to-show', () => {
    if (place.maximized) window.maximize()
    window.show()
  })
  rememberPlace(window, options.placeFile)
  return window
}
