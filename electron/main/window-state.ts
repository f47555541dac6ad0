import { readFileSync, writeFileSync } from 'node:fs'
import type { BrowserWindow, Rectangle } from 'electron'
import { z } from 'zod'

/** Device-independent pixels. */
const SMALLEST = { width: 900, height: 600 }
const FIRST = { width: 1280, height: 820 }
/** How much of a window must lie on a screen for its title bar to be caught with a mouse. */
const VISIBLE = { width: 120, height: 60 }

const Saved = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(SMALLEST.width).max(32_767),
  height: z.int().min(SMALLEST.height).max(32_767),
  maximized: z.boolean(),
})

export interface WindowPlace {
  bounds: { width: number; height: number; x?: number; y?: number }
  minimum: { width: number; height: number }
  maximized: boolean
}

/** Where the window was; the middle of the screen where that is unknown or no screen shows it. */
export function rememberedPlace(file: string, screens: readonly Rectangle[]): WindowPlace {
  const saved = read(file)
  if (saved === undefined) return { bounds: FIRST, minimum: SMALLEST, maximized: false }
  const { maximized, ...bounds } = saved
  const { width, height } = bounds
  return {
    bounds: screens.some((screen) => shows(screen, bounds)) ? bounds : { width, height },
    minimum: SMALLEST,
    maximized,
  }
}

/** Remembers the place when the window closes. A disk that refuses costs only the memory. */
export function rememberPlace(window: BrowserWindow, file: string): void {
  window.on('close', () => {
    const place = { ...window.getNormalBounds(), maximized: window.isMaximized() }
    try {
      writeFileSync(file, `${JSON.stringify(place)}\n`, { mode: 0o600 })
    } catch {
      // The next window opens in the middle of the screen.
    }
  })
}

function read(file: string): z.infer<typeof Saved> | undefined {
  try {
    return Saved.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return undefined
  }
}

function shows(screen: Rectangle, window: Rectangle): boolean {
  const overlap = (start: number, size: number, from: number, room: number) =>
    Math.min(start + size, from + room) - Math.max(start, from)
  return (
    overlap(window.x, window.width, screen.x, screen.width) >= VISIBLE.width &&
    overlap(window.y, window.height, screen.y, screen.height) >= VISIBLE.height
  )
}
