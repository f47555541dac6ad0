import { escapes, printable } from '../archive/entry-name'

/**
 * What is wrong with the path of a file that a model asks its loader to open; paths are relative to
 * the model's folder. The last three are unusual, the others lead out of the folder.
 */
export type PathProblem =
  | 'null-byte'
  | 'url'
  | 'network-share'
  | 'drive'
  | 'absolute'
  | 'traversal'
  | 'home'
  | 'control-character'
  | 'parent-folder'
  | 'backslash'

const TESTS: readonly [PathProblem, (path: string) => boolean][] = [
  ['null-byte', (path) => path.includes('\0')],
  ['url', (path) => /^[a-z][a-z0-9+.-]+:[/\\]{2}/i.test(path)],
  ['network-share', (path) => /^[/\\]{2}/.test(path)],
  ['drive', (path) => /^[a-z]:/i.test(path)],
  ['absolute', (path) => /^[/\\]/.test(path)],
  ['traversal', (path) => escapes(withoutBlanks(path))],
  ['home', (path) => /^~[^/\\]*[/\\]/.test(path)],
  ['control-character', (path) => printable(path.slice(0, 500)) !== path.slice(0, 500)],
  ['parent-folder', (path) => /(^|[/\\])\.\.([/\\]|$)/.test(path)],
  ['backslash', (path) => path.includes('\\')],
]

/** The worst problem of a path, or undefined. The path is judged, never used. */
export function pathProblem(path: string): PathProblem | undefined {
  return TESTS.find(([, test]) => test(path))?.[0]
}

/** Windows drops blanks at the end of a folder's name, so '.. /' leads up as well. */
function withoutBlanks(path: string): string {
  return path
    .split(/[/\\]/)
    .map((part) => part.trimEnd())
    .join('/')
}
