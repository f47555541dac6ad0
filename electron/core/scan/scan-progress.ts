import type { Fact } from '@shared/scan-report/fact'
import type { FileReport } from '@shared/scan-report/report'
import { createBudget } from './budget'
import type { Walked } from './child-pool'

/** What is done of a scan. A paused scan is this and nothing else: no process, no open file. */
export interface ScanProgress {
  readonly startedAt: Date
  /** Time in which it ran, pauses not counted. */
  spentMs: number
  walked: Walked | undefined
  /** By id, which is the place in the listing. */
  readonly files: ReadonlyMap<number, FileReport>
  readonly facts: Map<FileReport, readonly Fact[]>
  readonly budget: ReturnType<typeof createBudget>
  /** Bytes of all files that have a result. */
  readonly bytesBehind: number
  /** Takes what fits into the report. */
  add(id: number, bytes: number, file: FileReport, facts: readonly Fact[]): void
}

export function createScanProgress(startedAt: Date): ScanProgress {
  const budget = createBudget()
  const files = new Map<number, FileReport>()
  const kept = new Map<FileReport, readonly Fact[]>()
  let bytesBehind = 0
  return {
    startedAt,
    spentMs: 0,
    walked: undefined,
    files,
    facts: kept,
    budget,
    get bytesBehind() {
      return bytesBehind
    },
    add(id, bytes, file, facts) {
      file.findings = budget.findings(file.findings)
      if (file.ignored) file.ignored = budget.ignored(file.ignored)
      files.set(id, file)
      kept.set(file, budget.facts(facts))
      bytesBehind += bytes
    },
  }
}
