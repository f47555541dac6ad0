import { z } from 'zod'
import { Profile } from './policy-stamp'
import { RULE_PATTERN } from './rule-pattern'
import { SEVERITIES } from './scales'

/** Moves the severity of findings for which every given part of `when` holds. */
export const Adjustment = z.strictObject({
  when: z.strictObject({
    rules: z.array(z.string().regex(RULE_PATTERN)).optional(),
    categories: z.array(z.string()).optional(),
    confidenceBelow: z.number().min(0).max(1).optional(),
  }),
  change: z.union([
    /** Steps on the scale; positive is more severe. */
    z.strictObject({ steps: z.number().int().min(-4).max(4) }),
    /** Never above this one. */
    z.strictObject({ atMost: z.enum(SEVERITIES) }),
    /** Never below this one. */
    z.strictObject({ atLeast: z.enum(SEVERITIES) }),
  ]),
  why: z.string().min(10),
})
export type Adjustment = z.infer<typeof Adjustment>

/** A profile as data (resources/policies/*.json): the first adjustment that applies is taken. */
export const ProfileDocument = z.strictObject({
  profile: Profile,
  description: z.string().min(10),
  adjustments: z.array(Adjustment),
})
export type ProfileDocument = z.infer<typeof ProfileDocument>
