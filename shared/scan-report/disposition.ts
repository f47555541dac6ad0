import { z } from 'zod'

export const DISPOSITION_KINDS = ['false-positive', 'accepted-risk', 'used-in-tests'] as const
export const DispositionKind = z.enum(DISPOSITION_KINDS)
export type DispositionKind = z.infer<typeof DispositionKind>

/**
 * What a person decided about a finding. It belongs to the series (the delivery that is scanned again
 * and again), the path in it and the fingerprint, so it holds over re-scans and for nobody else's file.
 */
export const Disposition = z.object({
  path: z.string(),
  fingerprint: z.string(),
  kind: DispositionKind,
  reason: z.string().min(3).max(1000),
  /** First day on which it no longer holds; null is never. */
  expires: z.iso.date().nullable(),
  /** Who decided: the account of the operating system, until people can sign in. */
  by: z.string(),
  at: z.date(),
})
export type Disposition = z.infer<typeof Disposition>
