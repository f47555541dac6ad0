import { FACTS_VERSION } from '../scan-report/fact'
import type { FileReport, Finding, ScanReport, Status } from '../scan-report/report'
import { summarise } from '../scan-report/summary'
import { isTruncated } from '../scan-report/truncated'
import { verdictOf } from '../scan-report/verdict'
import { type PassportFinding, type ScannedFile, ScanSection } from './statement'

/** A report that no passport can be made of. The sentence says what to do. */
export class NotPassportableError extends Error {
  override readonly name = 'NotPassportableError'
}

/** What a report says about each file, without what quotes the files and where they lay. */
export function scanSectionOf(report: ScanReport, factsDigest: string): ScanSection {
  if (report.files.length === 0)
    throw new NotPassportableError('The scan saw no file, so there is nothing to speak for.')
  if (isTruncated(report))
    throw new NotPassportableError(
      'Findings did not fit into this report, so its verdict could not be recomputed. Scan with a higher limit of findings.',
    )
  const files = report.files.map((file) => scannedFile(report, file))
  const names = new Set<string>()
  for (const { name } of files) {
    if (names.has(name))
      throw new NotPassportableError(
        `Two scanned files are called ${name}. Scan the folder of one model alone.`,
      )
    names.add(name)
  }
  const section = ScanSection.safeParse({
    scannedAt: report.startedAt,
    scannerVersion: report.scannerVersion ?? null,
    rulesVersion: report.rulesVersion,
    policy: report.policy ?? null,
    notes: report.notes.map((note) => withoutRoots(report, note)),
    facts: { version: FACTS_VERSION, digest: factsDigest },
    files,
    ...derivedOf(files),
  })
  if (!section.success) {
    const [issue] = section.error.issues
    throw new NotPassportableError(
      `This report does not fit into a passport: ${issue?.path.join('.')}: ${issue?.message}.`,
    )
  }
  return section.data
}

/** The section as it has to be, given its files and findings. */
export function recomputeScan(section: ScanSection): ScanSection {
  const files = section.files.map((file) => ({
    ...file,
    verdict: verdictOf(file.findings, file.status),
  }))
  return { ...section, files, ...derivedOf(files) }
}

function derivedOf(files: readonly ScannedFile[]): Pick<ScanSection, 'status' | 'summary'> {
  return { status: worstStatus(files), summary: summarise(files) }
}

function worstStatus(files: readonly { status: Status }[]): Status {
  const has = (status: Status) => files.some((file) => file.status === status)
  return has('error') ? 'error' : has('inconclusive') ? 'inconclusive' : 'complete'
}

function scannedFile(report: ScanReport, file: FileReport): ScannedFile {
  if (file.sha256 === null)
    throw new NotPassportableError(
      `The SHA-256 of ${file.path} is not in this report. Scan again with hashes of whole files.`,
    )
  return {
    name: nameOf(report, file),
    format: file.format,
    bytes: file.bytes,
    sha256: file.sha256,
    status: file.status,
    reason: file.reason === null ? null : withoutRoots(report, file.reason).slice(0, 2000),
    verdict: file.verdict,
    findings: file.findings.map(passportFinding),
    setAside: (file.ignored ?? []).map(({ finding, reason }) => ({
      finding: passportFinding(finding),
      reason,
    })),
  }
}

function passportFinding(finding: Finding): PassportFinding {
  const { ruleId, severity, confidence, category, title, fingerprint } = finding
  return { ruleId, severity, confidence, category, title, fingerprint }
}

/** The path in its root; with several roots, below the root's own name, unless the root is the file. */
function nameOf({ roots }: ScanReport, { root, path }: FileReport): string {
  const folder = lastPart(roots[root] ?? '')
  return roots.length === 1 || path === folder ? path : `${folder}/${path}`
}

/** Where the files lay on the issuer's disk is nobody's business. */
function withoutRoots({ roots }: ScanReport, text: string): string {
  return roots
    .toSorted((a, b) => b.length - a.length)
    .reduce((left, root) => (root.length > 1 ? left.replaceAll(root, lastPart(root)) : left), text)
}

const lastPart = (path: string) => path.split(/[\\/]/).filter(Boolean).at(-1) ?? path
