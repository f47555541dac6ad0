import type { FileReport, Finding, ScanReport } from './report'

/**
 * Path of a file from where the scan was started: root and path in it. Null where the root is
 * absolute or lies above that folder, so that no such path exists.
 */
export function pathsFromStart(
  report: ScanReport,
): (file: Pick<FileReport, 'root' | 'path'>) => string | null {
  const roots = report.roots.map((label) => {
    const slashed = label.replaceAll('\\', '/')
    if (/^(\/|[A-Za-z]:)/.test(slashed)) return null
    const folders = slashed.split('/').filter((part) => part !== '' && part !== '.')
    return folders.includes('..') ? null : folders
  })
  const files = report.roots.map(() => 0)
  for (const { root } of report.files) files[root] = (files[root] ?? 0) + 1
  return ({ root, path }) => {
    const folders = roots[root]
    if (folders === null || folders === undefined) return null
    // A root that is a file is its own base name.
    const isFile = files[root] === 1 && folders.at(-1) === path
    return [...folders, ...(isFile ? [] : [path])].join('/')
  }
}

/** What a person reads: 'line 3, column 5' or 'data.pkl, byte 12, REDUCE'. */
export function placeOf({ location }: Finding): string {
  const { member, line, column, offset, opcode } = location
  const parts = [
    member,
    line === undefined ? undefined : `line ${line}`,
    column === undefined ? undefined : `column ${column}`,
    offset === undefined ? undefined : `byte ${offset}`,
    opcode,
  ]
  return parts.filter((part) => part !== undefined).join(', ')
}
