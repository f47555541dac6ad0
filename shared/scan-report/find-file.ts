/** What runtimes add to a name that has no ending. */
const ENDINGS = [
  '',
  '.js',
  '.cjs',
  '.mjs',
  '.ts',
  '.py',
  '.sh',
  '/index.js',
  '/__init__.py',
  '/__main__.py',
]

/** Finds the file that another one means: beside it, below the root, or the only one of that name. */
export function createFinder<T extends { path: string }>(
  files: readonly T[],
): (from: T, target: string) => T | undefined {
  const byPath = new Map(files.map((file) => [file.path, file]))
  const byName = new Map<string, T[]>()
  for (const file of files) {
    const name = file.path.split('/').at(-1) ?? ''
    byName.set(name, [...(byName.get(name) ?? []).slice(0, 2), file])
  }
  return (from, target) => {
    const folder = from.path.split('/').slice(0, -1).join('/')
    for (const base of [resolve(folder, target), resolve('', target)]) {
      if (base === undefined) continue
      for (const ending of ENDINGS) {
        const found = byPath.get(`${base}${ending}`)
        if (found !== undefined && found.path !== from.path) return found
      }
    }
    // In an image the file lies where COPY put it.
    const named = target.startsWith('/') ? (byName.get(target.split('/').at(-1) ?? '') ?? []) : []
    return named.length === 1 ? named[0] : undefined
  }
}

/** A path without '.' and '..', or undefined when it leaves the root. */
function resolve(folder: string, target: string): string | undefined {
  const segments: string[] = []
  for (const segment of `${target.startsWith('/') ? '' : folder}/${target.replaceAll('\\', '/')}`.split(
    '/',
  )) {
    if (segment === '' || segment === '.') continue
    if (segment !== '..') segments.push(segment)
    else if (segments.pop() === undefined) return undefined
  }
  return segments.join('/')
}
