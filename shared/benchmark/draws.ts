/** Numbers drawn for one interval: some tens of milliseconds. */
const MOST_DRAWS = 2_000_000

/** Resamples of a bootstrap over so many items, so that it holds up nobody. */
export const drawsFor = (items: number): number =>
  Math.max(100, Math.min(2000, Math.floor(MOST_DRAWS / items)))
