import { join } from 'node:path'
import type { RuleExamples } from '@shared/contract/rules'
import type { RuleSet } from '@shared/scan-report/match'
import { SEVERITIES } from '@shared/scan-report/report'
import { ruleMarkdown } from '@shared/scan-report/rule-page'
import { loadRuleExamples } from '../core/scan/rule-examples'
import { loadRules } from '../core/scan/rules'
import { parseOptions } from './arguments'
import { text } from './messages'
import { nearest } from './nearest'
import { explainRule } from './output/rule-text'
import { widthOf } from './output/wrap'
import { choice, EXIT, UsageError } from './usage'

const FORMATS = ['text', 'json', 'markdown'] as const
type ListedRule = RuleSet['rules'][number]

/** `rules`, `rules list`, `rules ID` and `rules explain ID`. */
export async function run(args: string[], bundleFolder: string): Promise<number> {
  const { values, positionals } = parse(args)
  const folder = join(bundleFolder, '../../resources/rules')
  const { version, rules } = loadRules(folder)
  const format = choice('--format', values.format, FORMATS)
  const [word, id] = positionals
  if (word === undefined || word === 'list') {
    const packs = [...new Set(rules.map((rule) => rule.pack))]
    if (values.pack !== undefined && !packs.includes(values.pack))
      throw new UsageError(text.noPack(values.pack, packs))
    const severity = values.severity && choice('--severity', values.severity, SEVERITIES)
    const shown = rules.filter(
      (rule) =>
        (values.pack === undefined || rule.pack === values.pack) &&
        (severity === undefined || rule.severity === severity) &&
        (values.search === undefined || speaksOf(rule, values.search.toLowerCase())),
    )
    if (shown.length === 0) throw new UsageError(text.noRuleFound)
    printList(shown, version, format)
    return EXIT.clean
  }
  if (word === 'explain' && id === undefined) throw new UsageError(text.explainUsage)
  const asked = word === 'explain' ? (id ?? '') : word
  const rule = rules.find((one) => one.id === asked)
  if (rule === undefined)
    throw new UsageError(
      text.noRule(
        asked,
        nearest(
          asked,
          rules.map((one) => one.id),
        ),
      ),
    )
  const examples = loadRuleExamples(join(folder, 'examples')).get(rule.id)
  printOne(rule, examples, version, format)
  return EXIT.clean
}

function parse(args: string[]) {
  return parseOptions('rules', {
    args,
    allowPositionals: true,
    options: {
      format: { type: 'string', default: 'text' },
      pack: { type: 'string' },
      severity: { type: 'string' },
      search: { type: 'string' },
    },
  })
}

function speaksOf(rule: ListedRule, words: string): boolean {
  const { id, title, message, why, fix, cwe, cve } = rule
  return [id, title, message, why, fix, ...cwe, ...cve].join(' ').toLowerCase().includes(words)
}

function printList(rules: readonly ListedRule[], version: string, format: string): void {
  if (format === 'json') {
    printJson({ version, rules })
    return
  }
  if (format === 'markdown') {
    const rows = rules.map(({ id, severity, title }) => `| ${id} | ${severity} | ${title} |`)
    process.stdout.write(`| Rule | Severity | Title |\n|---|---|---|\n${rows.join('\n')}\n`)
    return
  }
  const width = Math.max(...rules.map((rule) => rule.id.length))
  for (const { id, severity, title } of rules)
    process.stdout.write(`${id.padEnd(width)}  ${severity.padEnd(8)}  ${title}\n`)
}

function printOne(
  rule: ListedRule,
  examples: RuleExamples | undefined,
  version: string,
  format: string,
): void {
  if (format === 'json')
    printJson({ version, rules: [rule], ...(examples !== undefined && { examples }) })
  else if (format === 'markdown') process.stdout.write(ruleMarkdown(rule, examples))
  else process.stdout.write(explainRule(rule, examples, widthOf(process.stdout)))
}

function printJson(value: object): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`)
}
