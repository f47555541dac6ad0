import type { ModelVersion } from '@shared/backend/listings'
import type { ResultRow } from '@shared/benchmark/result-row'
import type { ReportRow } from '@shared/scan-report/report-row'
import { ReportId } from '@shared/scan-report/report-row'
import type { Console } from '../console'

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
  // Documents are not indexed by hash. A scan of exactly these files has their number and size.
  const candidates = console.db.prepare(
    'SELECT id FROM report WHERE files = ? AND bytes = ? ORDER BY started_at DESC LIMIT ?',
  )
  const evidence: LocalEvidence = { reports: [], results: [] }
  for (const { id: versionId, files, bytes } of versions) {
    const wanted = hashesOf(files)
    const rows = candidates.all(files.length, bytes, MOST_CANDIDATES) as { id: string }[]
    for (const { id } of rows) {
      const found = await console.reports.find(ReportId.parse(id))
      if (found && hashesOf(found.report.files) === wanted)
        evidence.reports.push({ versionId, report: found.row })
    }
    for (const { sha256 } of files)
      for (const result of console.benchmark.results.matching({ modelSha256: sha256 }))
        evidence.results.push({ versionId, result })
  }
  return evidence
}

/** Names a set of contents, whatever the files are called. A scan without hashes names none. */
const hashesOf = (files: readonly { sha256: string | null }[]): string =>
  files
    .map(({ sha256 }) => sha256 ?? '?')
    .sort()
    .join(' ')
