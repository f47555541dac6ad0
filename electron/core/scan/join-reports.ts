import type { CompiledPolicy } from '@shared/scan-report/apply-policy'
import { joinFiles } from '@shared/scan-report/join'
import type { RuleSet } from '@shared/scan-report/match'
import type { Finding } from '@shared/scan-report/report'
import { inSlices } from '../event-loop'
import { judge } from './judge'
import type { ScanProgress } from './scan-progress'

/**
 * What the files of a root say about each other, once all of them are read: reports that change are judged again
 * in place, under the same rules and policy. The cache knows files one by one and never sees this.
 */
export async function joinReports(
  { files, facts, budget }: ScanProgress,
  judges: { rules: RuleSet; policy: CompiledPolicy },
): Promise<void> {
  const roots = Map.groupBy(files.values(), (file) => file.root)
  for (const reports of roots.values()) {
    const byPath = Map.groupBy(reports, (report) => report.path)
    const joined = reports.map((report) => ({ ...report, facts: facts.get(report) ?? [] }))
    for (const [path, change] of await inSlices(joinFiles(joined))) {
      const [report, ...others] = byPath.get(path) ?? []
      // Two names can be shown alike, and facts of one would be those of the other.
      if (report === undefined || others.length > 0) continue
      const judging = judge(
        judges,
        report,
        { ...report, ...change, facts: [...change.facts] },
        report.cached,
      )
      const { ignored: setAside = [], ...again } = await inSlices(judging)
      const isKept = createKept(report.findings)
      const isKeptAside = createKept(report.ignored?.map(({ finding }) => finding) ?? [])
      const findings = fitting(again.findings, isKept, budget.findings)
      const ignored = fitting(setAside, ({ finding }) => isKeptAside(finding), budget.ignored)
      delete report.ignored
      Object.assign(report, again, { findings }, ignored.length > 0 && { ignored })
      facts.set(report, change.facts)
    }
  }
}

/** Says of each finding whether the report had it; of equal ones, of as many as it had. */
function createKept(before: readonly Finding[]): (finding: Finding) => boolean {
  const left = new Map<string, number>()
  for (const { fingerprint } of before) left.set(fingerprint, (left.get(fingerprint) ?? 0) + 1)
  return ({ fingerprint }) => {
    const count = left.get(fingerprint) ?? 0
    left.set(fingerprint, count - 1)
    return count > 0
  }
}

/** In their order: what the report had, and of the others those that fit. */
function fitting<T>(all: readonly T[], isKept: (one: T) => boolean, room: (some: T[]) => T[]): T[] {
  const kept = new Set(all.filter(isKept))
  for (const one of room(all.filter((other) => !kept.has(other)))) kept.add(one)
  return all.filter((one) => kept.has(one))
}
