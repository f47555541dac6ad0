import { oc } from '@orpc/contract'
import { z } from 'zod'
import { Policy } from '../scan-report/policy'

export const PolicyState = z.object({
  /** The three profiles first, then those of this workspace by name. */
  policies: z.array(Policy.extend({ builtIn: z.boolean(), digest: z.string() })),
  /** Name of the policy that scans use when they name none. */
  active: z.string(),
})
export type PolicyState = z.infer<typeof PolicyState>

const NOT_FOUND = {
  POLICY_NOT_FOUND: { status: 404, data: z.object({ name: z.string() }) },
} as const
const BUILT_IN = { POLICY_BUILT_IN: { status: 409, data: z.object({ name: z.string() }) } } as const

/** The file that holds them was damaged or cannot be read; it is never taken for an empty one. */
const UNREADABLE = {
  POLICIES_UNREADABLE: { status: 500, data: z.object({ reason: z.string() }) },
} as const

export const policiesContract = {
  list: oc.errors(UNREADABLE).output(PolicyState),
  /** Adds or replaces by name. A built-in one cannot be replaced; a rule that is not known is refused. */
  save: oc
    .input(Policy)
    .errors({
      ...BUILT_IN,
      ...UNREADABLE,
      UNKNOWN_RULE: { status: 422, data: z.object({ rule: z.string() }) },
    })
    .output(PolicyState),
  /** Removes one; when it was active, Balanced is. */
  remove: oc
    .input(z.object({ name: z.string() }))
    .errors({ ...NOT_FOUND, ...BUILT_IN, ...UNREADABLE })
    .output(PolicyState),
  activate: oc
    .input(z.object({ name: z.string() }))
    .errors({ ...NOT_FOUND, ...UNREADABLE })
    .output(PolicyState),
}
