import type { ParseContext } from '../context'
import type { SourceText } from '../source/source-text'
import { analyseTemplate } from '../template'
import { readCommands } from './commands'
import type { ConfigEntry } from './entries'
import { readPackageJson } from './package-json'
import { readProjectTasks, readPythonProject } from './python-project'
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
  readProjectTasks(reader)
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

/** Functions of Hydra that give whatever their `path` names. */
const LOOK_UPS =
  /^hydra\.(utils|_internal\.utils)\.(get_method|get_static_method|get_class|get_object|_locate)$/

/** What transformers, Hydra and chat front ends take from a configuration. */
function readModelConfig({ entries, content, context }: ConfigReader): void {
  for (const entry of entries) {
    const key = entry.path.at(-1) ?? ''
    if (key === 'trust_remote_code' && entry.value === true) content('remote-code.trusted', entry)
    if (typeof entry.value !== 'string') continue
    // Python's logging calls what a handler or formatter names so (logging.config, user-defined objects).
    if (key === '()') content(`instantiation.${entry.value}`, entry)
    if (key === '_target_') content(`instantiation.${entry.value}`, entry)
    if (key === '_target_' && LOOK_UPS.test(entry.value)) {
      const named = entries.find(
        ({ path, value }) =>
          path.length === entry.path.length &&
          path.at(-1) === 'path' &&
          typeof value === 'string' &&
          path.slice(0, -1).every((part, index) => part === entry.path[index]),
      )
      if (named !== undefined) content(`instantiation.${String(named.value)}`, named)
    }
    if (entry.path.at(-2) === 'auto_map' || entry.path.at(-3) === 'auto_map')
      content('remote-code.auto-map', entry)
    if (key === 'chat_template')
      analyseTemplate(entry.value, context, { name: entry.path.join('.'), offset: entry.start })
  }
}
