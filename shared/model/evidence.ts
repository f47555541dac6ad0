import { EVIDENCE_LEVELS, type EvidenceLevel } from './statement'

/** Who signed, and whom of them the verifier trusts. */
export interface Signatures {
  issuer: { trusted: boolean; name: string }
  /** Trusted keys, other than the issuer's, that signed the same statement. */
  witnesses: readonly { name: string }[]
}

/**
 * The level that a verifier may speak of: what the passport claims, but never more than the keys it
 * trusts carry. A signature says who and unchanged, not true; so a claim about oneself stays a
 * claim, and "reproduced" and "audited" need a second, trusted key under the same statement.
 */
export function supportedLevel(claimed: EvidenceLevel, by: Signatures): EvidenceLevel {
  const most: EvidenceLevel =
    by.witnesses.length > 0 ? 'audited' : by.issuer.trusted ? 'signed' : 'self-reported'
  return weaker(claimed, most)
}

export function weaker(a: EvidenceLevel, b: EvidenceLevel): EvidenceLevel {
  return EVIDENCE_LEVELS.indexOf(a) < EVIDENCE_LEVELS.indexOf(b) ? a : b
}

/** The sentence that is shown wherever the level is. */
export function evidenceSentence(level: EvidenceLevel, { issuer, witnesses }: Signatures): string {
  const others = witnesses.map(({ name }) => name).join(' and ')
  switch (level) {
    case 'self-reported':
      return issuer.trusted
        ? `${issuer.name} reports this about itself and claims no more.`
        : 'The issuer reports this about itself, and its key is none that you trust.'
    case 'signed':
      return issuer.trusted
        ? `${issuer.name}, whose key you trust, stands for this; nobody else has repeated it.`
        : `${others}, whose key you trust, signed this as the claim of its issuer.`
    case 'reproduced':
      return `${others}, whose key you trust, signed that this was reproduced.`
    case 'audited':
      return `${others}, whose key you trust, signed that this was audited.`
  }
}
