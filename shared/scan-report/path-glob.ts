/**
 * Globs of policies: '*' is any run of characters within a folder, '**' as a whole segment is any
 * number of folders, also none; everything else is literal. No RegExp is made of them, and each of
 * the two loops goes back to its last star only: at most pattern × path steps, whatever is written.
 */
export function matchesGlob(glob: string, path: string): boolean {
  return matchesSequence(
    glob.split('/'),
    path.split('/'),
    (segment) => segment === '**',
    (segment, name) => matchesSequence([...segment], [...name], isStar, isSame),
  )
}

const isStar = (character: string) => character === '*'
const isSame = (left: string, right: string) => left === right

function matchesSequence(
  pattern: readonly string[],
  items: readonly string[],
  isWild: (part: string) => boolean,
  matches: (part: string, item: string) => boolean,
): boolean {
  let at = 0
  let next = 0
  let star = -1
  /** How many items the last star has taken. */
  let taken = 0
  while (next < items.length) {
    const part = pattern[at]
    if (part !== undefined && isWild(part)) {
      star = at++
      taken = next
    } else if (part !== undefined && matches(part, items[next] ?? '')) {
      at++
      next++
    } else if (star !== -1) {
      at = star + 1
      next = ++taken
    } else return false
  }
  return pattern.slice(at).every(isWild)
}
