import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Policy } from '@shared/scan-report/policy'
import { PROFILES, type Profile } from '@shared/scan-report/policy-stamp'
import { ProfileDocument } from '@shared/scan-report/profile'

const NAMES: Record<Profile, string> = {
  strict: 'Strict',
  balanced: 'Balanced',
  permissive: 'Permissive',
}
export const DEFAULT_POLICY = NAMES.balanced

export function loadProfile(resources: string, profile: Profile): ProfileDocument {
  const file = join(resources, 'policies', `${profile}.json`)
  return ProfileDocument.parse(JSON.parse(readFileSync(file, 'utf8')))
}

/** A profile by itself, as a policy of no further entries. */
export function builtInPolicy(resources: string, profile: Profile): Policy {
  const { description } = loadProfile(resources, profile)
  return { name: NAMES[profile], description, profile, overrides: [], ignores: [] }
}

/** The profile of that name in any case: `--policy strict` is what people write. */
export function profileNamed(name: string): Profile | undefined {
  return PROFILES.find((profile) => profile === name.toLowerCase())
}
