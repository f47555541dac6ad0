import type { ModelVersion } from '@shared/backend/listings'
import type { ResultRow } from '@shared/benchmark/result-row'
import type { ReportRow } from '@shared/scan-report/report-row'
import { ReportId } from '@shared/scan-report/report-row'
import type { Console } from '../console'
import type { Db } from '../database/open'
import type { ReportStore } from '../scan/report-store'

export interface LocalEvidence {
  reports: { versionId: string; report: ReportRow }[]
  results: { versionId: string; result: ResultRow }[]
}

/** Reports of one size that are opened to compare their hashes; their documents may be large. */
const MOST_CANDIDATES = 20

/** What this console scanned and measured itself of the very files of these versions. */
export async function localEvidence(
  console: Pick<Console, 'db' | 'reports' | 'benchmark'>,
  versions: readonly ModelVersion[],
): Promise<LocalEvidence> {
  const evidence: LocalEvidence = { reports: [], results: [] }
  for (const { id: versionId, files, bytes } of versions) {
    const hashes = files.map(({ sha256 }) => sha256)
    for await (const report of scansOf(console, hashes, bytes))
      evidence.reports.push({ versionId, report })
    for (const { sha256 } of files)
      for (const result of console.benchmark.results.matching({ modelSha256: sha256 }))
        evidence.results.push({ versionId, result })
  }
  return evidence
}

/** Scans of exactly the files that have these contents, whatever they are called, newest first. */
export async function* scansOf(
  { db, reports }: { db: Db; reports: Pick<ReportStore, 'find'> },
  hashes: readonly string[],
  bytes: number,
): AsyncGenerator<ReportRow> {
  // Documents are not indexed by hash. A scan of exactly these files has their number and size.
  const candidates = db
    .prepare('SELECT id FROM report WHERE files = ? AND bytes = ? ORDER BY started_at DESC LIMIT ?')
    .all(hashes.length, bytes, MOST_CANDIDATES) as { id: string }[]
  const wanted = setName(hashes)
  for (const { id } of candidates) {
    const found = await reports.find(ReportId.parse(id))
    // A scan without hashes names no contents.
    if (found && setName(found.report.files.map(({ sha256 }) => sha256 ?? '?')) === wanted)
      yield found.row
  }
}

const setName = (hashes: readonly string[]): string => [...hashes].sort().join(' ')
