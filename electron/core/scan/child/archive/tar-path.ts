/** PATH_MAX of Linux: a longer path cannot be extracted there, and is not compared here. */
export const PATH_CHARACTERS = 4096

/** './a//b/' and 'a/b' are one place. Long paths shrink to a hash, so that a set of them stays small. */
export function placeOf(path: string): string {
  const place = segmentsOf(path).join('/')
  if (place.length <= 64) return place
  const { createHash } = process.getBuiltinModule('node:crypto')
  return `\0${createHash('sha1').update(place).digest('base64')}`
}

/** Whether a folder above `path` is one of `places`. */
export function liesIn(path: string, places: ReadonlySet<string>): boolean {
  if (places.size === 0) return false
  let folder = ''
  for (const segment of segmentsOf(path).slice(0, -1)) {
    folder = folder === '' ? segment : `${folder}/${segment}`
    if (places.has(placeOf(folder))) return true
  }
  return false
}

function segmentsOf(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '' && segment !== '.')
}
