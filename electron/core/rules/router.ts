import { join } from 'node:path'
import type { ListedRule } from '@shared/contract/rules'
import { api } from '../api'
import type { Console } from '../console'
import { loadRuleExamples } from '../scan/rule-examples'
import { seenOf } from './seen'

export const rulesRouter = {
  list: api.rules.list.handler(({ context: { console } }) => ({
    version: console.rules().version,
    rules: listedRules(console),
  })),
  explain: api.rules.explain.handler(({ input, context: { console }, errors }) => {
    const rule = listedRules(console).find((one) => one.id === input.ruleId)
    // Read when asked: a page shows one rule, and a file of examples is small.
    const folder = join(console.platform.paths.resources, 'rules/examples')
    const examples = rule && loadRuleExamples(folder).get(rule.id)
    if (rule === undefined || examples === undefined)
      throw errors.RULE_NOT_FOUND({ data: { ruleId: input.ruleId } })
    return { rule, examples, seen: seenOf(console.db, rule.id) }
  }),
}

function listedRules(console: Console): ListedRule[] {
  const policy = console.policies.compile()
  return console.rules().rules.map((rule) => ({
    ...rule,
    effectiveSeverity: policy.severityOf({ ...rule, ruleId: rule.id }),
  }))
}
