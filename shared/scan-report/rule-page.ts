import type { RuleExample, RuleExamples } from '../contract/rules'
import { advisoryUrl } from './advisory'
import { printable } from './printable'
import type { Rule } from './rule'

/** What a rule looks at, one line a pattern. */
export function rulePatterns({ match }: Rule): string[] {
  return (
    match.names ?? (match.unlessListed ?? []).map((list) => `everything that is not in ${list}`)
  )
}

/** A policy that sets the rule aside for one folder: what to write, and where. */
export function ignoreByPolicy({ id }: Rule): string {
  const policy = {
    name: 'My policy',
    profile: 'balanced',
    ignores: [{ rule: id, path: 'tests/**', reason: 'Only test data', expires: '2027-12-31' }],
  }
  return JSON.stringify(policy, null, 2)
}

/** All there is to know of a rule as Markdown; `level` is that of its heading. */
export function ruleMarkdown(
  rule: Rule & { pack: string },
  examples: RuleExamples | undefined,
  level = 1,
): string {
  const heading = '#'.repeat(level)
  const numbers = [...rule.cwe, ...rule.cve].map((id) => {
    const url = advisoryUrl(id)
    return url === null ? id : `[${id}](${url})`
  })
  const patterns = rulePatterns(rule)
  return [
    `${heading} ${rule.id}`,
    '',
    `**${rule.title}.** ${rule.severity}${rule.importedOnly === undefined ? '' : ` (${rule.importedOnly} when only imported)`}, ${rule.category}, confidence ${Math.round(rule.confidence * 100)} %, pack ${rule.pack}.${numbers.length === 0 ? '' : ` ${numbers.join(', ')}.`}`,
    '',
    `> ${rule.message}`,
    '',
    rule.why,
    '',
    `What to do: ${rule.fix}`,
    '',
    `Looks at ${rule.match.kinds.join(', ')}: ${patterns
      .slice(0, MOST_PATTERNS)
      .map((pattern) => `\`${pattern}\``)
      .join(
        ', ',
      )}${patterns.length > MOST_PATTERNS ? `, and ${patterns.length - MOST_PATTERNS} more` : ''}`,
    ...(examples === undefined
      ? []
      : [
          '',
          ...example('Fires', examples.fires),
          '',
          ...example('Does not fire', examples.silent),
        ]),
    ...(rule.references.length === 0
      ? []
      : ['', 'References:', '', ...rule.references.map((link) => `- <${link}>`)]),
    '',
  ].join('\n')
}

const MOST_PATTERNS = 12

function example(label: string, { file, note, shown }: RuleExample): string[] {
  const longest = Math.max(2, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  // Some examples are about characters that nobody sees.
  const lines = shown.replace(/\n$/, '').split('\n')
  const visible = lines.map((line) => printable(line.replaceAll('\t', '  ')))
  return [`${label} (\`${file}\`): ${note}`, '', fence, ...visible, fence]
}
