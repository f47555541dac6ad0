import type { FileReport, ScanReport } from './report'

export interface FilePair {
  before: FileReport
  after: FileReport
}

export interface PairedFiles {
  pairs: FilePair[]
  removed: FileReport[]
  added: FileReport[]
}

/** What two files must have in common; undefined where a file cannot be told apart that way. */
type Key = (file: FileReport, report: ScanReport) => string | undefined

/**
 * The passes, strictest first. A path names a file even if its content changed; only what is left is
 * a candidate for having moved. Roots count by name, because a second scan may list them in
 * another order.
 */
const PASSES: readonly { key: Key; onlyUnique?: true }[] = [
  { key: ({ path, sha256 }) => (sha256 === null ? undefined : text(path, sha256)) },
  { key: ({ path, root }, report) => text(path, report.roots[root]) },
  { key: ({ path }) => path },
  { key: ({ path, sha256 }) => (sha256 === null ? undefined : text(baseName(path), sha256)) },
  // All empty files are equal; that says nothing.
  { key: ({ sha256, bytes }) => (bytes === 0 ? undefined : (sha256 ?? undefined)) },
  // Without hashes, or edited as well: the same name and the same findings, if only one can be meant.
  { key: sameNameAndFindings, onlyUnique: true },
]

/** Which file of one report is which of the other. Symmetric: swapped reports give swapped pairs. */
export function pairFiles(before: ScanReport, after: ScanReport): PairedFiles {
  let removed = before.files.toSorted(byPath)
  let added = after.files.toSorted(byPath)
  const pairs: FilePair[] = []
  for (const { key, onlyUnique = false } of PASSES) {
    const left = groups(removed, before, key)
    const right = groups(added, after, key)
    const paired = new Set<FileReport>()
    for (const [name, old] of left) {
      const recent = right.get(name) ?? []
      if (onlyUnique && (old.length > 1 || recent.length > 1)) continue
      for (const [index, file] of old.entries()) {
        const other = recent[index]
        if (other === undefined) break
        pairs.push({ before: file, after: other })
        paired.add(file).add(other)
      }
    }
    removed = removed.filter((file) => !paired.has(file))
    added = added.filter((file) => !paired.has(file))
  }
  return { pairs, removed, added }
}

function groups(
  files: readonly FileReport[],
  report: ScanReport,
  key: Key,
): Map<string, FileReport[]> {
  const found = new Map<string, FileReport[]>()
  for (const file of files) {
    const name = key(file, report)
    if (name === undefined) continue
    const group = found.get(name)
    if (group === undefined) found.set(name, [file])
    else group.push(file)
  }
  return found
}

function sameNameAndFindings(file: FileReport): string {
  const fingerprints = file.findings.map((finding) => finding.fingerprint).sort()
  // Of two files without findings, the length is all there is to compare.
  return text(baseName(file.path), ...(fingerprints.length > 0 ? fingerprints : [file.bytes]))
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

function text(...parts: unknown[]): string {
  return JSON.stringify(parts)
}

function byPath(a: FileReport, b: FileReport): number {
  return a.root - b.root || (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)
}
