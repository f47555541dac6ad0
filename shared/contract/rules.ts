import { oc } from '@orpc/contract'
import { z } from 'zod'
import { Severity } from '../scan-report/report'
import { Rule } from '../scan-report/rule'

/** A small file that shows a rule: text as it is, bytes as Base64 with a listing for people. */
export const RuleExample = z.object({
  /** Name it is scanned under, e.g. 'train.py'. */
  file: z.string(),
  /** What a person reads: the text itself, or a listing of the bytes. */
  shown: z.string(),
  /** Present when the file is not `shown` as UTF-8. */
  base64: z.base64().optional(),
  note: z.string(),
  /** Limits it is scanned under, where those of the console would ask for a file of gigabytes. */
  limits: z.record(z.string(), z.number()).optional(),
  /** Other texts of the same delivery, where it takes more than one file. */
  beside: z.array(z.object({ file: z.string(), shown: z.string() })).optional(),
})
export type RuleExample = z.infer<typeof RuleExample>

export const RuleExamples = z.object({ fires: RuleExample, silent: RuleExample })
export type RuleExamples = z.infer<typeof RuleExamples>

export const ListedRule = Rule.extend({
  pack: z.string(),
  /** Severity under the active policy. */
  effectiveSeverity: Severity,
})
export type ListedRule = z.infer<typeof ListedRule>

export const rulesContract = {
  list: oc.output(z.object({ version: z.string(), rules: z.array(ListedRule) })),

  /** All there is to know of one rule, for its page. */
  explain: oc
    .input(z.object({ ruleId: z.string() }))
    .errors({ RULE_NOT_FOUND: { status: 404, data: z.object({ ruleId: z.string() }) } })
    .output(
      z.object({
        rule: ListedRule,
        examples: RuleExamples,
        /** In the reports stored here. */
        seen: z.object({
          findings: z.number().int(),
          reports: z.number().int(),
          judged: z.number().int(),
          falsePositives: z.number().int(),
        }),
      }),
    ),
}
