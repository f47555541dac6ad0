import { accessSync, constants, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Creates a folder and those above it, for this user only. Not `mkdir -p` of Node: that never ends
 * where a parent refuses children with ENOENT, as /proc does.
 */
export function ensureFolder(folder: string): void {
  const found = statSync(folder, { throwIfNoEntry: false })
  if (found?.isDirectory()) return
  if (found !== undefined) throw new Error(`${folder} is not a folder`)
  ensureFolder(dirname(folder))
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

/** Creates the data folder where it is missing. Throws a sentence that says what to do. */
export function requireWritable(folder: string): void {
  try {
    ensureFolder(folder)
    accessSync(folder, constants.W_OK)
  } catch (error) {
    throw new Error(
      `The data folder ${folder} cannot be used (${(error as Error).message}). Choose another with --data-dir.`,
    )
  }
}

/** Folders that the command line grants. Throws a sentence: a slip there would leave nothing to browse. */
export function requireFolders(roots: readonly string[]): void {
  for (const root of roots)
    if (statSync(root, { throwIfNoEntry: false })?.isDirectory() !== true)
      throw new Error(`--root ${root} is not a folder. Name one that is there, or leave it out.`)
}
