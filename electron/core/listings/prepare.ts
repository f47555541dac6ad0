import type { NewVersion } from '@shared/backend/listings'
import type { Outgoing } from '@shared/contract/listings'
import { NotPassportableError } from '@shared/model/build'
import { scanSectionOf } from '@shared/model/scan-section'
import type { ScanSection } from '@shared/model/statement'
import type { ReportId } from '@shared/scan-report/report-row'
import type { BenchmarkResults } from '../benchmark/results'
import type { Db } from '../database/open'
import type { Grants } from '../files'
import { factsDigest } from '../model/facts-digest'
import { offeredResults } from '../model/offered-results'
import type { Platform } from '../platform'
import type { ReportStore, StoredReport } from '../scan/report-store'
import type { PlacedFile } from './objects/verified-file'
import { placesOf } from './places'

export type ListingErrorCode =
  | 'REPORT_NOT_FOUND'
  | 'RESULT_NOT_FOUND'
  | 'NOT_LISTABLE'
  | 'FILES_GONE'

/** What was asked for cannot be sent, for a reason that is here. */
export class ListingError extends Error {
  override readonly name = 'ListingError'
  readonly code: ListingErrorCode
  readonly data: Record<string, string>
  constructor(code: ListingErrorCode, message: string, data: Record<string, string>) {
    super(message)
    this.code = code
    this.data = data
  }
}

export const notListable = (reason: string) => new ListingError('NOT_LISTABLE', reason, { reason })

export interface PrepareParts {
  db: Db
  reports: Pick<ReportStore, 'find'>
  grants: Pick<Grants, 'allowed'>
  results: Pick<BenchmarkResults, 'find' | 'matching'>
  platform: Pick<Platform, 'paths'>
}

/** A stored scan as what a version and its report are made of. */
export interface Prepared {
  stored: StoredReport
  scan: ScanSection
  files: NewVersion['files']
  /** Of the largest file: what the others go with. */
  format: string
  places: PlacedFile[] | undefined
}

/** The largest delivery that a version may name (shared/backend/listings.ts). */
const MOST_FILES = 10_000

/** Throws ListingError where the report is gone or cannot speak for its files. */
export async function prepare(parts: PrepareParts, reportId: ReportId): Promise<Prepared> {
  const stored = await parts.reports.find(reportId)
  if (stored === undefined)
    throw new ListingError('REPORT_NOT_FOUND', 'This scan report was deleted. Scan again.', {
      reportId,
    })
  const scan = await section(parts.db, stored)
  if (scan.files.length > MOST_FILES)
    throw notListable(
      `A version has ${MOST_FILES.toLocaleString('en')} files at most; this scan saw ${scan.files.length.toLocaleString('en')}. Put small ones into an archive.`,
    )
  const largest = scan.files.reduce((a, b) => (b.bytes > a.bytes ? b : a))
  return {
    stored,
    scan,
    files: scan.files.map(({ name, sha256, bytes }) => ({ path: name, sha256, bytes })),
    format: largest.format.slice(0, 100),
    places: placesOf(stored, scan, parts.grants, `${parts.platform.paths.resources}/samples`),
  }
}

async function section(db: Db, { row, report }: StoredReport): Promise<ScanSection> {
  try {
    return scanSectionOf(report, await factsDigest(db, row.id))
  } catch (error) {
    if (error instanceof NotPassportableError) throw notListable(error.message)
    throw error
  }
}

/** All that would leave, for a person to read before it does. */
export async function outgoingOf(
  parts: PrepareParts,
  reportId: ReportId,
  rest: Pick<Outgoing, 'key' | 'bucket'>,
): Promise<Outgoing> {
  const { stored, scan, files, format, places } = await prepare(parts, reportId)
  const { summary } = scan
  return {
    report: {
      id: reportId,
      name: stored.row.name,
      scannedAt: scan.scannedAt,
      verdict: summary.verdict,
      grade: summary.grade,
      status: scan.status,
      rulesVersion: scan.rulesVersion,
      findings: scan.files.reduce((sum, { findings }) => sum + findings.length, 0),
      notes: scan.notes,
    },
    format,
    files,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    readable: places !== undefined,
    results: offeredResults(new Set(files.map(({ sha256 }) => sha256)), parts.results),
    scanBytes: Buffer.byteLength(JSON.stringify(scan)),
    ...rest,
  }
}
