import { statSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { ScanSection } from '@shared/model/statement'
import type { Grants } from '../files'
import type { StoredReport } from '../scan/report-store'
import { distinctRoots } from '../scan/roots'
import type { PlacedFile } from './objects/verified-file'

/**
 * Where the files of a report lie, with the names they have in the version; undefined where a page
 * may not read there, or where they were handed over by a browser and are gone.
 */
export function placesOf(
  { row, report }: StoredReport,
  scan: ScanSection,
  grants: Pick<Grants, 'allowed'>,
  samples: string,
): PlacedFile[] | undefined {
  if (row.source === 'upload') return undefined
  const paths = row.source === 'samples' ? [samples] : row.roots
  const { roots } = distinctRoots(paths.map((path) => ({ path, label: path })))
  if (roots.length !== report.roots.length) return undefined
  const placed: PlacedFile[] = []
  // The section lists the files of the report, in its order.
  for (const [index, { name, sha256, bytes }] of scan.files.entries()) {
    const file = report.files[index]
    const root = file && roots[file.root]?.path
    if (file === undefined || root === undefined) return undefined
    const wanted = isFile(root) && basename(root) === file.path ? root : join(root, file.path)
    const place = row.source === 'samples' ? wanted : grants.allowed(wanted)
    if (place === undefined || !isFile(place)) return undefined
    placed.push({ path: name, sha256, bytes, place })
  }
  return placed
}

const isFile = (path: string) => statSync(path, { throwIfNoEntry: false })?.isFile() === true
