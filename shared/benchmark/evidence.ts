/** The levels of passports: a number is as good as what carries it. It is shown wherever one is. */
export { EVIDENCE_LEVELS as EVIDENCE, EvidenceLevel as Evidence } from '../model/evidence-level'
