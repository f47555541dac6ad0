// Writes what is derived from a schema or a script: .env.template, the sample models, the sample
// marketplace, the examples of rules and their page.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadRules } from '../electron/core/scan/rules'
import { environmentTemplate } from '../electron/core/settings/env-template'
import { expectedCatalogue } from './expected-catalogue'
import { RULE_EXAMPLES } from './rule-examples/index'
import { rulesPage } from './rules-page'
import { sampleMarketplace } from './sample-marketplace'
import { sampleFiles } from './sample-models'

const root = join(import.meta.dirname, '..')
writeFileSync(join(root, '.env.template'), environmentTemplate())
for (const { fileName, bytes } of sampleFiles())
  writeFileSync(join(root, 'resources/samples', fileName), bytes)
writeFileSync(join(root, 'resources/supabase/local/sample.json'), sampleMarketplace())
mkdirSync(join(root, 'resources/rules/examples'), { recursive: true })
for (const [pack, examples] of Object.entries(RULE_EXAMPLES))
  writeFileSync(
    join(root, 'resources/rules/examples', `${pack}.json`),
    `${visibleJson(examples)}\n`,
  )
writeFileSync(
  join(root, 'resources/supabase/expected.json'),
  `${JSON.stringify(await expectedCatalogue(root), null, 2)}\n`,
)
mkdirSync(join(root, 'docs'), { recursive: true })
writeFileSync(
  join(root, 'docs/rules.md'),
  rulesPage(
    loadRules(join(root, 'resources/rules')).rules,
    Object.assign({}, ...Object.values(RULE_EXAMPLES)),
  ),
)

/** Marks that turn text around or show nothing are escaped: whoever reviews the file sees them. */
function visibleJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(/\p{Cf}/gu, (character) =>
    Array.from({ length: character.length }, (_, index) => {
      const unit = character.charCodeAt(index)
      return `\\u${unit.toString(16).padStart(4, '0')}`
    }).join(''),
  )
}
