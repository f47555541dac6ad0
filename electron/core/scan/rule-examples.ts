import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { RuleExamples } from '@shared/contract/rules'
import { RuleError } from '@shared/scan-report/match'
import { z } from 'zod'

const ExampleFile = z.record(z.string(), RuleExamples)

/** Examples of all rules out of resources/rules/examples/*.json, by rule id. Throws RuleError. */
export function loadRuleExamples(folder: string): Map<string, RuleExamples> {
  const all = new Map<string, RuleExamples>()
  for (const name of readdirSync(folder).filter((one) => one.endsWith('.json'))) {
    const parsed = ExampleFile.safeParse(JSON.parse(readFileSync(join(folder, name), 'utf8')))
    if (!parsed.success) {
      const issue = parsed.error.issues[0]
      throw new RuleError(`Rule examples ${name}, ${issue?.path.join('.')}: ${issue?.message}.`)
    }
    for (const [ruleId, examples] of Object.entries(parsed.data)) all.set(ruleId, examples)
  }
  return all
}
