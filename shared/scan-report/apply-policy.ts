import { canonicalJson } from './canonical-json'
import { type HashHex, rank } from './match'
import { matchesGlob } from './path-glob'
import type { Ignore, Policy, SeverityOverride } from './policy'
import type { PolicyStamp } from './policy-stamp'
import type { Adjustment, ProfileDocument } from './profile'
import { type Finding, type IgnoredFinding, SEVERITIES, type Severity } from './report'
import { coversRule } from './rule-pattern'

/** What a policy asks of a rule, and a finding has of it. */
export interface Judged {
  ruleId: string
  category: string
  confidence: number
  severity: Severity
}

/** A policy on one day, ready to judge. */
export interface CompiledPolicy {
  stamp: PolicyStamp
  /** Entries that have expired and no longer hold. */
  expired: number
  severityOf(judged: Judged): Severity
  /** Findings of one file as they count, worst first, and those that are set aside. */
  judge(path: string, findings: readonly Finding[]): Judgement
}

export interface Judgement {
  findings: Finding[]
  ignored: IgnoredFinding[]
}

/** `today` is a UTC day, YYYY-MM-DD: ISO days sort as text. */
export function compilePolicy(
  policy: Policy,
  profile: ProfileDocument,
  today: string,
  sha256: HashHex,
): CompiledPolicy {
  const holds = ({ expires }: { expires: string | null }) => expires === null || today < expires
  const overrides = policy.overrides.filter(holds)
  const ignores = policy.ignores.filter(holds)
  // Asked once a finding, and there may be 20,000 in a file.
  const byRule = new Map<string, SeverityOverride | undefined>()
  const overriding = (ruleId: string) => {
    if (!byRule.has(ruleId)) byRule.set(ruleId, overrideFor(overrides, ruleId))
    return byRule.get(ruleId)
  }
  const severityOf = (judged: Judged) =>
    overriding(judged.ruleId)?.severity ?? adjusted(profile.adjustments, judged)
  // By fingerprint, those without one under undefined; each with its place, for the first counts.
  const ignoring = Map.groupBy(
    ignores.map((ignore, place) => ({ ignore, place })),
    ({ ignore }) => ignore.fingerprint,
  )

  return {
    stamp: {
      name: policy.name,
      profile: policy.profile,
      // The profile counts too: a release may change what 'strict' means. Name and description do not.
      digest: sha256(
        canonicalJson([profile.adjustments, policy.profile, policy.overrides, policy.ignores]),
      ).slice(0, 16),
    },
    expired: policy.overrides.length - overrides.length + (policy.ignores.length - ignores.length),
    severityOf,
    judge(path, all) {
      if (all.length === 0) return { findings: [], ignored: [] }
      const isHere = ({ ignore: { path: glob } }: PlacedIgnore) =>
        glob === undefined || matchesGlob(glob, path)
      const general = (ignoring.get(undefined) ?? []).filter(isHere)
      const findings: Finding[] = []
      const ignored: IgnoredFinding[] = []
      for (const finding of all) {
        const severity = severityOf(finding)
        const judged =
          severity === finding.severity
            ? finding
            : { ...finding, severity, ruleSeverity: finding.severity }
        const covers = ({ ignore }: PlacedIgnore) =>
          ignore.rule === undefined || coversRule(ignore.rule, finding.ruleId)
        const own = ignoring.get(finding.fingerprint)?.find((one) => covers(one) && isHere(one))
        const other = general.find(covers)
        const ignore = (own && other && own.place < other.place ? own : (other ?? own))?.ignore
        if (ignore === undefined) findings.push(judged)
        else ignored.push({ finding: judged, reason: ignore.reason, expires: ignore.expires })
      }
      // Stable: what a rule pack put first stays first within its severity.
      findings.sort((a, b) => rank(a.severity) - rank(b.severity))
      return { findings, ignored }
    },
  }
}

interface PlacedIgnore {
  ignore: Ignore
  place: number
}

/** The rule's own id before any prefix, a longer prefix before a shorter, a later entry before an earlier. */
function overrideFor(overrides: readonly SeverityOverride[], ruleId: string) {
  const weight = (pattern: string) => (pattern === ruleId ? Infinity : pattern.length)
  let best: SeverityOverride | undefined
  for (const override of overrides)
    if (
      coversRule(override.rule, ruleId) &&
      (best === undefined || weight(override.rule) >= weight(best.rule))
    )
      best = override
  return best
}

/** What is critical stays critical under every profile; only a named override changes that. */
function adjusted(adjustments: readonly Adjustment[], judged: Judged): Severity {
  const { severity } = judged
  if (severity === 'critical') return severity
  const change = adjustments.find(({ when }) => applies(when, judged))?.change
  if (change === undefined) return severity
  const position = rank(severity)
  if ('atMost' in change) return at(Math.max(position, rank(change.atMost)))
  if ('atLeast' in change) return at(Math.min(position, rank(change.atLeast)))
  return at(position - change.steps)
}

function applies(when: Adjustment['when'], { ruleId, category, confidence }: Judged): boolean {
  return (
    (when.rules === undefined || when.rules.some((pattern) => coversRule(pattern, ruleId))) &&
    (when.categories === undefined || when.categories.includes(category)) &&
    (when.confidenceBelow === undefined || confidence < when.confidenceBelow)
  )
}

function at(position: number): Severity {
  const kept = Math.min(Math.max(position, 0), SEVERITIES.length - 1)
  return SEVERITIES[kept] ?? 'info'
}

/** The first rule pattern of a policy that covers no rule: most likely a typing error. */
export function unknownRule(policy: Policy, ruleIds: readonly string[]): string | undefined {
  const patterns = [...policy.overrides, ...policy.ignores].flatMap(({ rule }) => rule ?? [])
  return patterns.find((pattern) => !ruleIds.some((id) => coversRule(pattern, id)))
}
