import type { RuleExample, RuleExamples } from '@shared/contract/rules'
import { printable } from '@shared/scan-report/printable'
import type { Rule } from '@shared/scan-report/rule'
import { ignoreByPolicy, rulePatterns } from '@shared/scan-report/rule-page'
import { wrap } from './wrap'

/** What a finding puts into the sentence of its rule. */
const PLACEHOLDER = /\{[a-z]+\}/g

/** A rule for a person at a terminal: all its fields, both examples, and how to set it aside. */
export function explainRule(
  rule: Rule & { pack: string },
  examples: RuleExamples | undefined,
  width: number,
): string {
  const sentence = (text: string) => wrap(text, width, 0)
  const imported =
    rule.importedOnly === undefined ? '' : `, ${rule.importedOnly} when it is only imported`
  return [
    `${rule.id}  ${rule.severity}  ${rule.title}`,
    `${rule.category}, confidence ${Math.round(rule.confidence * 100)} %, pack ${rule.pack}${imported}`,
    ...(rule.cwe.length + rule.cve.length === 0 ? [] : [[...rule.cwe, ...rule.cve].join(' ')]),
    `\n${sentence(rule.message.replace(PLACEHOLDER, '…'))}`,
    `\n${sentence(`Why: ${rule.why}`)}`,
    sentence(`What to do: ${rule.fix}`),
    `\nMatches (${rule.match.kinds.join(', ')}):`,
    ...rulePatterns(rule).map((pattern) => `  ${pattern}`),
    ...(examples === undefined
      ? []
      : [...example('Fires', examples.fires), ...example('Does not fire', examples.silent)]),
    '\nTo set it aside, name a policy with --policy FILE:',
    ...indent(ignoreByPolicy(rule)),
    ...(rule.references.length === 0
      ? []
      : ['\nReferences:', ...rule.references.map((link) => `  ${link}`)]),
    '',
  ].join('\n')
}

function example(label: string, { file, note, shown }: RuleExample): string[] {
  return [`\n${label} (${file}): ${note}`, ...indent(shown)]
}

/** Some examples show characters that a terminal obeys, or that turn text around. */
function indent(shown: string): string[] {
  return shown
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => `  ${printable(line.replaceAll('\t', '  '))}`)
}
