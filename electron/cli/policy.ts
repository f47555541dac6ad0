import { existsSync, realpathSync } from 'node:fs'
import type { CompiledPolicy } from '@shared/scan-report/apply-policy'
import type { RuleSet } from '@shared/scan-report/match'
import type { Platform } from '../core/platform'
import {
  createPolicyService,
  PolicyError,
  PolicyNameError,
  UnknownRuleError,
} from '../core/policies'
import { distinctRoots } from '../core/scan/roots'
import { text } from './messages'
import { UsageError } from './usage'

/**
 * The policy that `--policy` names: one of the console's by name, else a file; without the flag the
 * active one of the data folder. Nothing in what is scanned is looked at. Throws UsageError.
 */
export function choosePolicy(
  platform: Platform,
  rules: () => RuleSet,
  name: string | undefined,
  roots: readonly { path: string; label: string }[],
): { compiled: CompiledPolicy; notes: string[] } {
  const policies = createPolicyService(platform, rules)
  try {
    if (name === undefined || !existsSync(name) || isNamed(policies, name))
      return { compiled: policies.compile(name), notes: [] }
    const path = realpathSync(name)
    const inside = distinctRoots([...roots, { path, label: name }]).roots.length === roots.length
    return {
      compiled: policies.compileFile(path),
      notes: inside ? [text.policyInside(name)] : [],
    }
  } catch (error) {
    if (error instanceof PolicyNameError) throw new UsageError(text.noPolicy(error.policy))
    if (error instanceof PolicyError || error instanceof UnknownRuleError)
      throw new UsageError(error.message)
    throw error
  }
}

function isNamed(policies: ReturnType<typeof createPolicyService>, name: string): boolean {
  try {
    policies.compile(name)
    return true
  } catch (error) {
    if (error instanceof PolicyNameError) return false
    throw error
  }
}
