import { z } from 'zod'

export const PROFILES = ['strict', 'balanced', 'permissive'] as const
export const Profile = z.enum(PROFILES)
export type Profile = z.infer<typeof Profile>

/** Which policy a report was judged under. */
export const PolicyStamp = z.object({
  name: z.string(),
  profile: Profile,
  /** First 16 hex digits of the SHA-256 of the policy document. */
  digest: z.string(),
})
export type PolicyStamp = z.infer<typeof PolicyStamp>
