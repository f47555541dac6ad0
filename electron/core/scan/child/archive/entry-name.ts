import type { ParseContext } from '../context'

/** Longest path that common systems can hold (PATH_MAX). */
const LONGEST_PATH = 4096

/** Control characters, and those that change the direction of text. */
const CONTROL = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u

/**
 * Anomalies of a member's name, for whoever extracts the archive: '<format>.path-…' facts. The name
 * is never used as a path here.
 */
export function checkEntryName(
  context: ParseContext,
  format: 'zip' | 'tar',
  name: string,
  offset: number,
): void {
  const note = (what: string) => context.anomaly(`${format}.${what}`, offset, printable(name))
  if (name.includes('\0')) note('name-null')
  else if (CONTROL.test(name)) note('name-control')
  if (escapes(name)) note('path-traversal')
  else if (/^([/\\]|[A-Za-z]:)/.test(name)) note('path-absolute')
  else if (name.includes('\\')) note('path-backslash')
  if (name.length > LONGEST_PATH) note('path-too-long')
}

/** Whether a path leads out of the folder it starts in, at any point on its way. */
export function escapes(path: string): boolean {
  let depth = 0
  for (const part of path.split(/[/\\]+/)) {
    if (part === '..') depth--
    else if (part !== '.' && part !== '') depth++
    if (depth < 0) return true
  }
  return false
}

/** Where a link at `from` leads, judged from the root of the archive. */
export function linkEscapes(from: string, target: string): boolean {
  if (/^([/\\]|[A-Za-z]:)/.test(target)) return true
  const folder = from.split('/').slice(0, -1).join('/')
  return escapes(`${folder}/${target}`)
}

/** Control characters and those that reverse the text direction, made visible. */
export function printable(name: string): string {
  return name
    .slice(0, 500)
    .replace(
      new RegExp(CONTROL, 'gu'),
      (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )
}
