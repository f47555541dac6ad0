// docs/rules.md: every rule with its examples, as `rules explain ID --format markdown` prints one.
import type { RuleExamples } from '@shared/contract/rules'
import type { RuleSet } from '@shared/scan-report/match'
import { ruleMarkdown } from '@shared/scan-report/rule-page'

/** Lines of an example that the page shows; `rules explain` shows all. */
const MOST_LINES = 24

export function rulesPage(
  rules: RuleSet['rules'],
  examples: Readonly<Record<string, RuleExamples>>,
): string {
  const packs = [...new Set(rules.map(({ pack }) => pack))]
  return [
    '# Rules',
    '',
    'Written by `npm run generate` from resources/rules and its examples; `prometheus-console rules',
    'explain ID` prints the same of one rule. Examples are harmless and are never run.',
    '',
    ...packs.flatMap((pack) => [
      `- [${pack}](#${pack}): ${rules.filter((rule) => rule.pack === pack).length} rules`,
    ]),
    '',
    ...packs.flatMap((pack) => [
      `## ${pack}`,
      '',
      ...rules
        .filter((rule) => rule.pack === pack)
        .map((rule) => ruleMarkdown(rule, shortened(examples[rule.id]), 3)),
    ]),
  ].join('\n')
}

function shortened(examples: RuleExamples | undefined): RuleExamples | undefined {
  const short = (shown: string) => {
    const lines = shown.split('\n')
    return lines.length > MOST_LINES ? `${lines.slice(0, MOST_LINES).join('\n')}\n…\n` : shown
  }
  return (
    examples && {
      fires: { ...examples.fires, shown: short(examples.fires.shown) },
      silent: { ...examples.silent, shown: short(examples.silent.shown) },
    }
  )
}
