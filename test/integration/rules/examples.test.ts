import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RuleExample } from '@shared/contract/rules'
import { joinFiles } from '@shared/scan-report/join'
import { evaluate } from '@shared/scan-report/match'
import { describe, expect, test } from 'vitest'
import { loadRuleExamples } from '../../../electron/core/scan/rule-examples'
import { loadRules, sha256Hex } from '../../../electron/core/scan/rules'
import { RULE_EXAMPLES } from '../../../scripts/rule-examples/index'
import { ROOT } from '../../fixtures/console'
import { scanBytes } from '../../fixtures/scan-bytes'

const folder = join(ROOT, 'resources/rules')
const rules = loadRules(folder)
const examples = loadRuleExamples(join(folder, 'examples'))

function scanned(path: string, bytes: Buffer, limits: RuleExample['limits']) {
  return { path, ...scanBytes(bytes, { name: path, ...limits }), bytes: bytes.length }
}

/** Rules that fire on the example, with what the files beside it say about it. */
function rulesOf({ file, shown, base64, limits, beside = [] }: RuleExample): string[] {
  const bytes = base64 === undefined ? Buffer.from(shown) : Buffer.from(base64, 'base64')
  const own = scanned(file, bytes, limits)
  const others = beside.map((one) => scanned(one.file, Buffer.from(one.shown), limits))
  const joining = joinFiles([own, ...others])
  let step = joining.next()
  while (step.done !== true) step = joining.next()
  const facts = step.value.get(file)?.facts ?? own.facts
  return evaluate(rules, facts, sha256Hex).map(({ ruleId }) => ruleId)
}

describe('every rule', () => {
  test('has examples, and no example is of a rule that is gone', () => {
    expect([...examples.keys()].sort()).toEqual(rules.rules.map(({ id }) => id).sort())
  })
  test.each([...examples])('%s fires on its example', (ruleId, { fires }) => {
    expect(rulesOf(fires)).toContain(ruleId)
  })
  test.each([...examples])('%s does not fire on the other', (ruleId, { silent }) => {
    expect(rulesOf(silent)).not.toContain(ruleId)
  })
})

test.each(Object.entries(RULE_EXAMPLES))(
  'the examples of %s are what `npm run generate` writes',
  (pack, drafts) => {
    const written: unknown = JSON.parse(
      readFileSync(join(folder, 'examples', `${pack}.json`), 'utf8'),
    )
    expect(written).toEqual(drafts)
  },
)
