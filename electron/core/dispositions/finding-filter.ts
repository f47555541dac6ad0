import type { FindingFilter } from '@shared/contract/dispositions'
import { pinOf } from '@shared/scan-report/evidence-pin'
import type { Finding } from '@shared/scan-report/report'
import type { StoredReport } from '../scan/report-store'

/** A finding in its file: what a disposition is about. */
export interface PlacedFinding {
  path: string
  /** What a decision is tied to beyond path and fingerprint. */
  pin: string | null
  finding: Finding
}

/** Names a finding within its series. A fingerprint has no blank, so no two pairs are equal. */
export function placeKey(path: string, fingerprint: string): string {
  return `${fingerprint} ${path}`
}

/** The findings of a report that a filter names; all parts that are given must hold. */
export function selectFindings(
  { row, report }: StoredReport,
  filter: FindingFilter,
): PlacedFinding[] {
  const named =
    filter.findings && new Set(filter.findings.map((one) => placeKey(one.path, one.fingerprint)))
  const rules = filter.ruleIds && new Set(filter.ruleIds)
  const severities = filter.severities && new Set(filter.severities)
  const search = filter.search.trim().toLowerCase()
  const isMeant = (path: string, finding: Finding) =>
    named?.has(placeKey(path, finding.fingerprint)) !== false &&
    rules?.has(finding.ruleId) !== false &&
    severities?.has(finding.severity) !== false &&
    (search === '' || searched(path, finding).some((text) => text.toLowerCase().includes(search)))
  return report.files.flatMap((file) =>
    file.findings
      .filter((finding) => isMeant(file.path, finding))
      .map((finding) => ({ path: file.path, pin: pinOf(file, finding, row.id), finding })),
  )
}

function searched(path: string, { ruleId, title, evidence, location }: Finding): string[] {
  return [path, location.member ?? '', ruleId, title, evidence]
}
