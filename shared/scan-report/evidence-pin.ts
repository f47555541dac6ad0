import type { FileReport, Finding } from './report'

/** From here on, some parsers cut evidence without a mark. */
const LONG = 200

/** Whether what was found may go on where the evidence ends: then two of them can differ unseen. */
export function isCutEvidence({ evidence }: Pick<Finding, 'evidence'>): boolean {
  return evidence.length >= LONG || evidence.includes('…')
}

/**
 * What a decision about a finding is tied to beyond path and fingerprint: nothing, where the evidence
 * shows all that was found; else the content of the file, or whoever is believed once could put
 * another payload behind the same beginning. Without a hash, it is this one report.
 */
export function pinOf(
  { sha256 }: Pick<FileReport, 'sha256'>,
  finding: Pick<Finding, 'evidence'>,
  reportId: string,
): string | null {
  return isCutEvidence(finding) ? (sha256 ?? reportId) : null
}
