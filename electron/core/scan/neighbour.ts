/** A file that another one names by a relative path, and its state when it was read. */
export interface Neighbour {
  path: string
  /** See file-state.ts; null where there was no such file. */
  state: string | null
}

/** A file that looks into more, or names a longer path, is read anew by every scan. */
export const MOST_NEIGHBOURS = 256
export const LONGEST_NEIGHBOUR_PATH = 1024
