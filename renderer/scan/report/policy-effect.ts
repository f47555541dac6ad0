import type { FileReport, IgnoredFinding, ScanReport, Severity } from '@shared/scan-report/report'

export interface PolicyEffect {
  /** By rule: what it says, and what the policy made of it. */
  changed: { ruleId: string; from: Severity; to: Severity; findings: number }[]
  changedFindings: number
  ignored: { file: FileReport; entry: IgnoredFinding }[]
}

/** What the policy of a scan did to its findings. */
export function policyEffect(report: ScanReport): PolicyEffect {
  const changed = new Map<string, PolicyEffect['changed'][number]>()
  let changedFindings = 0
  for (const { findings } of report.files) {
    for (const { ruleId, ruleSeverity, severity } of findings) {
      if (ruleSeverity === undefined) continue
      changedFindings += 1
      const key = `${ruleId} ${ruleSeverity} ${severity}`
      const entry = changed.get(key)
      if (entry) entry.findings += 1
      else changed.set(key, { ruleId, from: ruleSeverity, to: severity, findings: 1 })
    }
  }
  const ignored = report.files.flatMap((file) =>
    (file.ignored ?? []).map((entry) => ({ file, entry })),
  )
  return { changed: [...changed.values()], changedFindings, ignored }
}
