import type { Fact } from './fact'
import { fingerprintOf } from './fingerprint'
import { indexPatterns, lookUp, type PatternIndex } from './pattern'
import { type Finding, SEVERITIES, type Severity } from './report'
import type { Rule, RulePack } from './rule'

/** Rule packs, compiled for matching. */
export interface RuleSet {
  version: string
  rules: readonly (Rule & { pack: string })[]
  named: PatternIndex<Rule>
  fallbacks: readonly { rule: Rule; listed: PatternIndex<true> }[]
  /** Kinds of facts that any rule asks for; tables of tensors and members are most of all facts. */
  kinds: ReadonlySet<Fact['kind']>
}

export class RuleError extends Error {
  override readonly name = 'RuleError'
}

/** Compiles packs that were validated already. Throws RuleError when two packs contradict each other. */
export function compileRules(version: string, packs: readonly RulePack[]): RuleSet {
  const rules = packs.flatMap((pack) => pack.rules.map((rule) => ({ ...rule, pack: pack.pack })))
  const seen = new Set<string>()
  for (const rule of rules) {
    if (seen.has(rule.id))
      throw new RuleError(`Two rules are called ${rule.id}; an id must be unique.`)
    seen.add(rule.id)
  }
  const lists = new Map(packs.flatMap((pack) => Object.entries(pack.lists)))
  const fallbacks = rules
    .filter((rule) => rule.match.unlessListed !== undefined)
    .map((rule) => {
      const patterns = (rule.match.unlessListed ?? []).flatMap((list) => {
        const found = lists.get(list)
        if (found === undefined)
          throw new RuleError(`Rule ${rule.id} names the list ${list}, which no pack has.`)
        return found
      })
      return { rule, listed: indexPatterns(patterns.map((pattern) => [pattern, true as const])) }
    })
  const named = indexPatterns(
    rules.flatMap((rule) => (rule.match.names ?? []).map((pattern) => [pattern, rule] as const)),
  )
  const kinds = new Set(rules.flatMap((rule) => rule.match.kinds))
  return { version, rules, named, fallbacks, kinds }
}

/** SHA-256 as lower-case hex; handed in because shared code has no platform. */
export type HashHex = (text: string) => string

/**
 * Findings of one file: a pure function of rules and facts, worst first. At most one finding for a
 * fact (the most severe rule speaks); an import whose call is reported in the same member is silent.
 */
export function evaluate(rules: RuleSet, facts: readonly Fact[], sha256: HashHex): Finding[] {
  const work = evaluateInPieces(rules, facts, sha256)
  for (;;) {
    const step = work.next()
    if (step.done === true) return step.value
  }
}

/** Facts that are matched before the next pause: well under a millisecond. */
const PIECE = 64

/** The same with pauses, for a host that has others to serve: a file may have 20,000 facts. */
export function* evaluateInPieces(
  rules: RuleSet,
  facts: readonly Fact[],
  sha256: HashHex,
): Generator<undefined, Finding[]> {
  const called = new Set(
    facts
      .filter((fact) => fact.kind === 'call')
      .map((fact) => `${fact.location.member ?? ''}\n${fact.name}`),
  )
  const findings: Finding[] = []
  for (const [index, fact] of facts.entries()) {
    if (index % PIECE === PIECE - 1) yield
    const isCalled =
      fact.kind === 'import' && called.has(`${fact.location.member ?? ''}\n${fact.name}`)
    if (isCalled || !rules.kinds.has(fact.kind)) continue
    const rule = ruleFor(rules, fact)
    if (rule === undefined) continue
    const severity = fact.kind === 'import' ? (rule.importedOnly ?? rule.severity) : rule.severity
    findings.push(toFinding(rule, severity, fact, sha256))
  }
  return findings.sort((a, b) => rank(a.severity) - rank(b.severity))
}

function ruleFor(rules: RuleSet, fact: Fact): Rule | undefined {
  const applies = ({ match }: Rule) =>
    match.kinds.includes(fact.kind) &&
    (match.constructs === undefined || fact.detail?.constructs === true)
  let best: Rule | undefined
  for (const name of candidateNames(fact))
    for (const rule of lookUp(rules.named, name))
      if (applies(rule) && (best === undefined || rank(rule.severity) < rank(best.severity)))
        best = rule
  if (best !== undefined) return best
  return rules.fallbacks.find(({ rule, listed }) => applies(rule) && !isListed(listed, fact))?.rule
}

/**
 * Whether a list knows the name. An attribute of a listed class that is only fetched is as harmless
 * as the class: a member of an enumeration (getattr(Color, 'RED')), a method in a pipeline. Once it
 * is called, it has to be listed itself.
 */
function isListed(listed: PatternIndex<true>, { kind, name, detail }: Fact): boolean {
  if (lookUp(listed, name).length > 0) return true
  const attribute = detail?.attribute
  if (kind !== 'import' || typeof attribute !== 'string' || !attribute.includes('.')) return false
  return lookUp(listed, name.slice(0, name.lastIndexOf('.'))).length > 0
}

/**
 * The names under which a fact is looked up. `STACK_GLOBAL logging os.system` resolves by an
 * attribute walk, so each tail of a dotted attribute counts as well, and `_os` or `__builtins__`
 * count as the modules they usually are (fickling GHSA-5j3x-jp52-966f).
 */
export function candidateNames(fact: Fact): string[] {
  const attribute = fact.detail?.attribute
  if (typeof attribute !== 'string' || !attribute.includes('.')) return [fact.name]
  const names = [fact.name]
  const segments = attribute.split('.')
  for (let start = 0; start < segments.length - 1; start++) {
    const tail = segments.slice(start)
    names.push(tail.join('.'))
    const bare = (tail[0] ?? '').replace(/^_+|_+$/g, '')
    if (bare !== tail[0] && bare !== '') names.push([bare, ...tail.slice(1)].join('.'))
  }
  return names
}

export function rank(severity: Severity): number {
  return SEVERITIES.indexOf(severity)
}

function toFinding(rule: Rule, severity: Severity, fact: Fact, sha256: HashHex): Finding {
  const evidence = fact.evidence ?? fact.name
  const fill = (text: string) =>
    text.replace(/\{(name|evidence)\}/g, (_, key) => (key === 'name' ? fact.name : evidence))
  return {
    ruleId: rule.id,
    severity,
    confidence: rule.confidence,
    category: rule.category,
    title: rule.title,
    message: fill(rule.message),
    why: rule.why,
    fix: rule.fix,
    location: fact.location,
    evidence,
    count: fact.count ?? 1,
    ...(fact.frame !== undefined && { frame: fact.frame }),
    ...(fact.path !== undefined && { path: fact.path }),
    cwe: rule.cwe,
    cve: rule.cve,
    references: rule.references,
    fingerprint: fingerprintOf(rule.id, fact, sha256),
  }
}
