import type { CompiledPolicy } from '@shared/scan-report/apply-policy'
import type { Fact } from '@shared/scan-report/fact'
import { evaluateInPieces, type RuleSet } from '@shared/scan-report/match'
import type { FileReport, FrameworkGuess } from '@shared/scan-report/report'
import { verdictOf } from '@shared/scan-report/verdict'
import type { Pieces } from '../event-loop'
import type { FileResult } from './protocol'
import { sha256Hex } from './rules'

/** What a child found in a file, or the cache knows of it. */
export type Judged = Pick<FileResult, 'format' | 'sha256' | 'status' | 'reason'> & {
  facts: readonly Fact[]
  bytes?: number
}

/** The rules and the policy over the facts of one file; in pieces, for there may be many. */
export function* judge(
  { rules, policy }: { rules: RuleSet; policy: CompiledPolicy },
  entry: { root: number; path: string; bytes: number },
  result: Judged,
  cached: boolean,
): Pieces<FileReport> {
  const all = yield* evaluateInPieces(rules, result.facts, sha256Hex)
  const { findings, ignored } = policy.judge(entry.path, all)
  return {
    path: entry.path,
    root: entry.root,
    format: result.format,
    bytes: Math.max(entry.bytes, result.bytes ?? 0),
    sha256: result.sha256,
    status: result.status,
    reason: result.reason,
    verdict: verdictOf(findings, result.status),
    cached,
    frameworks: frameworksOf(result.facts),
    findings,
    ...(ignored.length > 0 && { ignored }),
  }
}

export function unreadableFile(entry: { root: number; path: string; reason: string }): FileReport {
  return {
    path: entry.path,
    root: entry.root,
    format: 'unknown',
    bytes: 0,
    sha256: null,
    status: 'error',
    reason: entry.reason,
    verdict: 'unknown',
    cached: false,
    frameworks: [],
    findings: [],
  }
}

function frameworksOf(facts: readonly Fact[]): FrameworkGuess[] {
  const best = new Map<string, FrameworkGuess>()
  for (const fact of facts) {
    if (fact.kind !== 'framework') continue
    const confidence = Number(fact.detail?.confidence ?? 0.5)
    if (confidence > (best.get(fact.name)?.confidence ?? 0))
      best.set(fact.name, { name: fact.name, confidence, evidence: fact.evidence ?? '' })
  }
  return [...best.values()].sort((a, b) => b.confidence - a.confidence)
}
