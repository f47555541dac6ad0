import { z } from 'zod'
import { KeyId } from './keys'
import { EvidenceLevel, Sha256 } from './statement'

/**
 * One thing that was looked at. `failed` makes a passport invalid, `open` leaves it undecided;
 * `note` says what was not looked at, and decides nothing.
 */
export const Check = z.strictObject({
  id: z.enum(['form', 'statement', 'signature', 'trust', 'time', 'scan', 'measurement', 'files']),
  result: z.enum(['ok', 'failed', 'open', 'note']),
  sentence: z.string(),
  /** JSONPath in the statement, where one place is meant. */
  path: z.string().optional(),
})
export type Check = z.infer<typeof Check>

/** A measurement that is what its raw launches give, for people. */
export const RecomputedMeasurement = z.strictObject({
  headline: z.string(),
  /** Values with their unit and interval, and what they were recomputed from. */
  figures: z.array(z.strictObject({ name: z.string(), value: z.string(), basis: z.string() })),
})
export type RecomputedMeasurement = z.infer<typeof RecomputedMeasurement>

export const OUTCOMES = ['valid', 'invalid', 'undecided'] as const

export const Verification = z.strictObject({
  outcome: z.enum(OUTCOMES),
  /** One sentence for the outcome; the first reason where it is not valid. */
  sentence: z.string(),
  /** What may be said of the evidence; null when the passport is invalid. */
  level: EvidenceLevel.nullable(),
  levelSentence: z.string().nullable(),
  checks: z.array(Check),
  /** Those that were recomputed and are right; each is of the level above. */
  measurements: z.array(RecomputedMeasurement),
  signatures: z.array(
    z.strictObject({
      keyId: KeyId,
      role: z.enum(['issuer', 'witness']),
      valid: z.boolean(),
      trusted: z.boolean(),
      name: z.string().nullable(),
    }),
  ),
  /** Names these very bytes. */
  sha256: Sha256,
})
export type Verification = z.infer<typeof Verification>
