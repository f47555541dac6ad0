import type { ParseContext } from '../context'
import type { SourceText } from '../source/source-text'
import { analyseTemplate } from '../template'
import { readCommands } from './commands'
import type { ConfigEntry } from './entries'
import { readPackageJson } from './package-json'
import { readPythonProject } from './python-project'
import { type ConfigReader, createConfigReader } from './report'
import { readTools } from './tools'

/** What the values of a configuration make tools do. JSON's model files are read in text/json-file.ts. */
export function analyseConfig(
  entries: readonly ConfigEntry[],
  lines: SourceText,
  context: ParseContext,
): void {
  const reader = createConfigReader(entries, lines, context)
  readModelConfig(reader)
  readTools(reader)
  readCommands(reader)
  readPythonProject(reader)
}

/** The same for JSON whose model parts were read already. */
export function analyseJsonEntries(
  entries: readonly ConfigEntry[],
  lines: SourceText,
  context: ParseContext,
): void {
  const reader = createConfigReader(entries, lines, context)
  readPackageJson(reader)
  readTools(reader)
  readCommands(reader)
}

/** What transformers, Hydra and chat front ends take from a configuration. */
function readModelConfig({ entries, content, context }: ConfigReader): void {
  for (const entry of entries) {
    const key = entry.path.at(-1) ?? ''
    if (key === 'trust_remote_code' && entry.value === true) content('remote-code.trusted', entry)
    if (typeof entry.value !== 'string') continue
    if (key === '_target_') content(`instantiation.${entry.value}`, entry)
    if (entry.path.at(-2) === 'auto_map' || entry.path.at(-3) === 'auto_map')
      content('remote-code.auto-map', entry)
    if (key === 'chat_template')
      analyseTemplate(entry.value, context, { name: entry.path.join('.'), offset: entry.start })
  }
}
