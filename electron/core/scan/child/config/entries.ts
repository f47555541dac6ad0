/** One value of a configuration file, whatever the file is written in. */
export interface ConfigEntry {
  /** Keys and list positions from the root. */
  path: readonly string[]
  value: string | number | boolean | null
  /** Range of the value in the text, UTF-16 indices. */
  start: number
  end: number
  /** Whether the text of the range is the value, letter for letter. */
  exact: boolean
}

/** Values that are looked at; a lock file of a large project has some 100,000. */
export const MOST_ENTRIES = 400_000

/** The value at a path of keys, or undefined. */
export const valueAt = (
  entries: readonly ConfigEntry[],
  ...path: string[]
): ConfigEntry | undefined =>
  entries.find(
    (entry) =>
      entry.path.length === path.length && path.every((key, index) => entry.path[index] === key),
  )

/** Entries below a path of keys; '*' is any key. */
export const below = (entries: readonly ConfigEntry[], ...path: string[]): ConfigEntry[] =>
  entries.filter(
    (entry) =>
      entry.path.length > path.length &&
      path.every((key, index) => key === '*' || entry.path[index] === key),
  )

export const shownPath = (path: readonly string[]): string => path.join('.')
