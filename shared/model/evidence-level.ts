import { z } from 'zod'

/**
 * How far what somebody says can be believed, weakest first: nobody is believed about themselves. What
 * a verifier concludes is never above what its own trust carries (evidence.ts).
 */
export const EVIDENCE_LEVELS = ['self-reported', 'signed', 'reproduced', 'audited'] as const
export const EvidenceLevel = z.enum(EVIDENCE_LEVELS)
export type EvidenceLevel = z.infer<typeof EvidenceLevel>
