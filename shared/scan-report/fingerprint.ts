import type { Fact } from './fact'

/** SHA-256 as lower-case hex; handed in because shared code has no platform. */
type HashHex = (text: string) => string

/**
 * Names a finding over edits elsewhere in its file and over newer rules: 32 hex digits over the
 * rule, the member and the evidence. Equal evidence twice has one fingerprint, and is counted:
 * a number for the second would change whenever one is put in before it.
 */
export function fingerprintOf(ruleId: string, fact: Fact, sha256: HashHex): string {
  const { member = '' } = fact.location
  return sha256(JSON.stringify([ruleId, stableMember(member), stableEvidence(fact)])).slice(0, 32)
}

/** Bytes without a name of their own are called by where they stand: 'tail@512', 'a.pkl!literal@9'. */
function stableMember(member: string): string {
  return member.replace(/(?<=^|!)([a-z-]+)@\d+(?=!|$)/g, '$1@')
}

/**
 * Only sentences about a structure tell positions. In what quotes a file, 'line 3' or 0x41 is the
 * content: another one is another finding. The exception is Python's own `<object at 0x7f…>`.
 */
function stableEvidence({ kind, name, evidence = name }: Fact): string {
  const text = evidence
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/ at 0x[0-9a-f]+>/gi, '>')
  if (kind !== 'structure') return text
  return text
    .replace(/\b(bytes?|characters?|columns?|lines?|offsets?|positions?) ?[:=]? ?\d+\b/gi, '$1')
    .replace(/\b0x[0-9a-f]+\b/gi, '0x')
}
