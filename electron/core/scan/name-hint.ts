/** Folders whose name says what a file in them is for: hooks of Git and Husky, CI workflows. */
const TELLING = /^(\.[^/]*|hooks|workflows)$/i

/**
 * What parsers may see of the name of a file: its base name, with the one or two folders
 * above it where they are telling ('a/.github/workflows/ci.yml' -> '.github/workflows/ci.yml'). It is part
 * of the key of the cache, so a file that moves to another folder keeps its entry.
 */
export function nameHint(displayPath: string): string {
  const segments = displayPath.split('/')
  let start = segments.length - 1
  for (let above = start - 1; above >= Math.max(0, segments.length - 3); above--) {
    if (!TELLING.test(segments[above] ?? '')) continue
    start = above
  }
  return segments.slice(start).join('/')
}
