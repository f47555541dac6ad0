/** Widths that a person gave to columns of one table, px. A column without one has its own track. */
export type Widths = Readonly<Record<string, number>>

export const LEAST_WIDTH = 48
/** Beyond this a column would push the others out of sight. */
export const MOST_WIDTH = 1200
/** px of one arrow key; with Shift four times as much. */
export const WIDTH_STEP = 8

const stored = (table: string) => `prometheus.columns.${table}`

export function rememberedWidths(table: string): Widths {
  try {
    const saved: unknown = JSON.parse(localStorage.getItem(stored(table)) ?? '{}')
    if (typeof saved !== 'object' || saved === null) return {}
    const widths = Object.entries(saved).filter(([, width]) => Number.isFinite(width))
    return Object.fromEntries(widths.map(([id, width]) => [id, clampWidth(Number(width))]))
  } catch {
    // Somebody else wrote there, or storage is switched off: the columns have their own widths.
    return {}
  }
}

export function rememberWidths(table: string, widths: Widths): void {
  if (Object.keys(widths).length === 0) localStorage.removeItem(stored(table))
  else localStorage.setItem(stored(table), JSON.stringify(widths))
}

export const clampWidth = (px: number): number =>
  Math.round(Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, px)))

/** A column that was given a width takes it where there is room, and shrinks where there is not. */
export function trackOf(column: { id: string; track: string }, widths: Widths): string {
  const width = widths[column.id]
  return width === undefined ? column.track : `minmax(${LEAST_WIDTH}px,${width}px)`
}

/**
 * What the tracks come to in a table of this inner width, px: fixed ones first, the rest by their
 * share. Only for a first guess (aria-valuenow, the start of a drag): the browser lays out.
 */
export function resolveTracks(tracks: readonly string[], available: number): number[] {
  const parsed = tracks.map((track) => {
    const fixed = /^(?:minmax\([\d.]+(?:px)?,\s*)?([\d.]+)px\)?$/.exec(track)
    if (fixed) return { px: Number(fixed[1]), share: 0, least: 0 }
    const flexible = /^minmax\(([\d.]+)(?:px)?,\s*([\d.]+)fr\)$/.exec(track)
    return { px: 0, share: Number(flexible?.[2] ?? 1), least: Number(flexible?.[1] ?? 0) }
  })
  const shares = parsed.reduce((sum, { share }) => sum + share, 0)
  const rest = Math.max(0, available - parsed.reduce((sum, { px }) => sum + px, 0))
  return parsed.map(({ px, share, least }) =>
    share === 0 ? px : Math.max(least, (rest * share) / shares),
  )
}
