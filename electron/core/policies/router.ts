import type { ActivityKind } from '@shared/contract/activity'
import type { PolicyState } from '@shared/contract/policies'
import { api } from '../api'
import type { Console } from '../console'
import { PolicyError, PolicyNameError, UnknownRuleError } from '.'

export const policiesRouter = {
  list: api.policies.list.handler(({ context: { console }, errors }) => {
    try {
      return console.policies.list()
    } catch (error) {
      if (error instanceof PolicyError)
        throw errors.POLICIES_UNREADABLE({ data: { reason: error.message } })
      throw error
    }
  }),
  save: api.policies.save.handler(async ({ input, context: { console }, errors }) => {
    try {
      const state = console.policies.save(input)
      await record(console, 'policy.saved', `Saved the policy ${input.name}`, input.name, {
        profile: input.profile,
        overrides: input.overrides.length,
        ignores: input.ignores.length,
        digest: digestOf(state, input.name),
      })
      return state
    } catch (error) {
      if (error instanceof UnknownRuleError)
        throw errors.UNKNOWN_RULE({ data: { rule: error.rule } })
      if (error instanceof PolicyNameError)
        throw errors.POLICY_BUILT_IN({ data: { name: error.policy } })
      if (error instanceof PolicyError)
        throw errors.POLICIES_UNREADABLE({ data: { reason: error.message } })
      throw error
    }
  }),
  remove: api.policies.remove.handler(async ({ input: { name }, context: { console }, errors }) => {
    try {
      const state = console.policies.remove(name)
      await record(console, 'policy.removed', `Removed the policy ${name}`, name, {})
      return state
    } catch (error) {
      if (error instanceof PolicyNameError)
        throw errors[error.code]({ data: { name: error.policy } })
      if (error instanceof PolicyError)
        throw errors.POLICIES_UNREADABLE({ data: { reason: error.message } })
      throw error
    }
  }),
  activate: api.policies.activate.handler(
    async ({ input: { name }, context: { console }, errors }) => {
      try {
        const state = console.policies.activate(name)
        await record(console, 'policy.activated', `Scans now use ${state.active}`, state.active, {
          digest: digestOf(state, state.active),
        })
        return state
      } catch (error) {
        if (error instanceof PolicyNameError)
          throw errors.POLICY_NOT_FOUND({ data: { name: error.policy } })
        if (error instanceof PolicyError)
          throw errors.POLICIES_UNREADABLE({ data: { reason: error.message } })
        throw error
      }
    },
  ),
}

function record(
  { activity, platform }: Console,
  kind: ActivityKind,
  summary: string,
  subject: string,
  body: Record<string, unknown>,
): Promise<void> {
  return activity.record({ operationId: platform.randomId(), kind, subject, summary, body })
}

const digestOf = ({ policies }: PolicyState, name: string) =>
  policies.find((policy) => policy.name === name)?.digest
