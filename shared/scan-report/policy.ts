import { z } from 'zod'
import { Profile } from './policy-stamp'
import { RULE_PATTERN } from './rule-pattern'
import { SEVERITIES } from './scales'

const Reason = z.string().trim().min(3).max(500)
/** First day (UTC) on which the entry no longer holds; null is never. */
const Expires = z.iso.date().nullable().default(null)

/** Gives all findings of some rules another severity. */
export const SeverityOverride = z.strictObject({
  /** A rule id, or a prefix that ends in '.*'. */
  rule: z.string().regex(RULE_PATTERN, "a rule id, or a prefix that ends in '.*'"),
  severity: z.enum(SEVERITIES),
  reason: Reason,
  expires: Expires,
})
export type SeverityOverride = z.infer<typeof SeverityOverride>

/** Sets findings aside: by rule, by path, by fingerprint; all parts that are given must hold. */
export const Ignore = z
  .strictObject({
    rule: SeverityOverride.shape.rule.optional(),
    /** Glob over the path in its root: '*' within a folder, '**' across folders. */
    path: z.string().min(1).max(1024).optional(),
    fingerprint: z
      .string()
      .regex(/^[0-9a-f]{32}$/)
      .optional(),
    reason: Reason,
    expires: Expires,
  })
  .refine((ignore) => ignore.rule ?? ignore.path ?? ignore.fingerprint, {
    message: 'an ignore names a rule, a path or a fingerprint',
  })
export type Ignore = z.infer<typeof Ignore>

/**
 * How the findings of a workspace are judged. It comes from the user only: a policy file inside a
 * delivery is never read, or a delivery could silence its own scan.
 */
export const Policy = z.strictObject({
  name: z.string().trim().min(1).max(60),
  description: z.string().max(500).default(''),
  /** What everything starts from. */
  profile: Profile,
  overrides: z.array(SeverityOverride).max(1000).default([]),
  ignores: z.array(Ignore).max(10_000).default([]),
})
export type Policy = z.infer<typeof Policy>
