import { z } from 'zod'
import { VersionFile } from '../backend/listings'

/** Files of one version against those of another, by path and SHA-256. */
export const ComparedFiles = z.object({
  added: z.array(VersionFile),
  removed: z.array(VersionFile),
  changed: z.array(z.object({ path: z.string(), from: VersionFile, to: VersionFile })),
  /** The same bytes under another path. */
  moved: z.array(z.object({ from: VersionFile, to: VersionFile })),
  same: z.array(VersionFile),
})
export type ComparedFiles = z.infer<typeof ComparedFiles>

export function compareFiles(
  from: readonly VersionFile[],
  to: readonly VersionFile[],
): ComparedFiles {
  const before = new Map(from.map((file) => [file.path, file]))
  const after = new Map(to.map((file) => [file.path, file]))
  const gone = from.filter(({ path }) => !after.has(path))
  const found: ComparedFiles = { added: [], removed: [], changed: [], moved: [], same: [] }
  for (const file of to) {
    const old = before.get(file.path)
    if (old === undefined) {
      const at = gone.findIndex(({ sha256 }) => sha256 === file.sha256)
      const [source] = at === -1 ? [] : gone.splice(at, 1)
      if (source) found.moved.push({ from: source, to: file })
      else found.added.push(file)
    } else if (old.sha256 === file.sha256) found.same.push(file)
    else found.changed.push({ path: file.path, from: old, to: file })
  }
  return { ...found, removed: gone }
}
