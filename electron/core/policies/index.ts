import { join } from 'node:path'
import type { PolicyState } from '@shared/contract/policies'
import { type CompiledPolicy, compilePolicy, unknownRule } from '@shared/scan-report/apply-policy'
import type { RuleSet } from '@shared/scan-report/match'
import type { Policy } from '@shared/scan-report/policy'
import { PROFILES } from '@shared/scan-report/policy-stamp'
import type { Platform } from '../platform'
import { sha256Hex } from '../scan/rules'
import { builtInPolicy, DEFAULT_POLICY, loadProfile, profileNamed } from './profiles'
import { PolicyError, readPolicies, readPolicyFile, writePolicies } from './store'

export { PolicyError } from './store'

export class PolicyNameError extends Error {
  override readonly name = 'PolicyNameError'
  readonly code: 'POLICY_NOT_FOUND' | 'POLICY_BUILT_IN'
  readonly policy: string
  constructor(code: 'POLICY_NOT_FOUND' | 'POLICY_BUILT_IN', policy: string) {
    super(code)
    this.code = code
    this.policy = policy
  }
}

export class UnknownRuleError extends Error {
  override readonly name = 'UnknownRuleError'
  readonly rule: string
  constructor(rule: string) {
    super(
      `A policy names ${rule}, which no rule is called. \`prometheus-console rules\` lists them.`,
    )
    this.rule = rule
  }
}

/** The policies of a workspace: the three profiles, and what is saved in the data folder. */
export interface PolicyService {
  list(): PolicyState
  /** Throws PolicyNameError, UnknownRuleError. */
  save(policy: Policy): PolicyState
  remove(name: string): PolicyState
  activate(name: string): PolicyState
  /** The policy of that name, else the active one, for a scan today. Throws PolicyNameError. */
  compile(name?: string): CompiledPolicy
  /** A policy out of a file that the user names. Throws PolicyError, UnknownRuleError. */
  compileFile(file: string): CompiledPolicy
}

export function createPolicyService(
  platform: Pick<Platform, 'paths' | 'now'>,
  rules: () => RuleSet,
): PolicyService {
  const file = join(platform.paths.data, 'policies.json')
  const { resources } = platform.paths
  const isNamed = (name: string) => (policy: Policy) => policy.name === name

  function find(name: string): Policy {
    const profile = profileNamed(name)
    if (profile !== undefined) return builtInPolicy(resources, profile)
    const found = readPolicies(file).policies.find(isNamed(name))
    if (found === undefined) throw new PolicyNameError('POLICY_NOT_FOUND', name)
    return found
  }

  function compiled(policy: Policy): CompiledPolicy {
    const today = platform.now().toISOString().slice(0, 10)
    return compilePolicy(policy, loadProfile(resources, policy.profile), today, sha256Hex)
  }

  function refuseUnknownRules(policy: Policy): void {
    if (policy.overrides.length + policy.ignores.length === 0) return
    const rule = unknownRule(
      policy,
      rules().rules.map(({ id }) => id),
    )
    if (rule !== undefined) throw new UnknownRuleError(rule)
  }

  function list(): PolicyState {
    const { active, policies } = readPolicies(file)
    const shown = (policy: Policy, builtIn: boolean) => ({
      ...policy,
      builtIn,
      digest: compiled(policy).stamp.digest,
    })
    return {
      policies: [
        ...PROFILES.map((profile) => shown(builtInPolicy(resources, profile), true)),
        ...policies
          .toSorted((a, b) => a.name.localeCompare(b.name, 'en'))
          .map((policy) => shown(policy, false)),
      ],
      active,
    }
  }

  return {
    list,
    save(policy) {
      if (profileNamed(policy.name) !== undefined)
        throw new PolicyNameError('POLICY_BUILT_IN', policy.name)
      refuseUnknownRules(policy)
      const { active, policies } = readPolicies(file)
      const others = policies.filter((one) => one.name !== policy.name)
      writePolicies(file, { active, policies: [...others, policy] })
      return list()
    },
    remove(name) {
      if (profileNamed(name) !== undefined) throw new PolicyNameError('POLICY_BUILT_IN', name)
      find(name)
      const { active, policies } = readPolicies(file)
      writePolicies(file, {
        active: active === name ? DEFAULT_POLICY : active,
        policies: policies.filter((policy) => policy.name !== name),
      })
      return list()
    },
    activate(name) {
      const { name: active } = find(name)
      writePolicies(file, { ...readPolicies(file), active })
      return list()
    },
    // Not checked against the rules: an update may have dropped a rule since the policy was saved.
    compile: (name) => compiled(find(name ?? readPolicies(file).active)),
    compileFile(path) {
      const policy = readPolicyFile(path)
      if (profileNamed(policy.name) !== undefined)
        throw new PolicyError(`${path} is called ${policy.name}, as a profile is. Give it a name.`)
      refuseUnknownRules(policy)
      return compiled(policy)
    },
  }
}
