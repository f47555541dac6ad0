import { memorySource } from '../../byte-source'
import type { ParseContext } from '../../context'
import { followShell } from '../shell/sightings'
import type { Value } from '../shell/stream'
import type { SourceText } from '../source-text'

const ENDINGS = { javascript: 'js', python: 'py' }

/**
 * Follows a command that Python or a notebook gives to a shell. `exact` says that it is the text of the
 * source, letter for letter; otherwise everything is reported where it begins. Programs in it are
 * members whose format their name tells: the shell's own report would import this parser again.
 */
export function reportCommand(
  context: ParseContext,
  source: SourceText,
  command: { text: string; start: number; exact: boolean },
  name: string,
  files?: Map<string, Value>,
): void {
  const followed = followShell(command.text, undefined, files)
  for (const { name: what, start, end, evidence } of followed.sightings) {
    const shown = evidence ?? (command.exact ? undefined : command.text.slice(start, end))
    source.report(context, {
      name: what,
      start: command.start + (command.exact ? start : 0),
      end: command.start + (command.exact ? end : 0),
      ...(shown !== undefined && { evidence: shown }),
    })
  }
  for (const { language, text } of followed.code)
    context.scanMember(memorySource(Buffer.from(text)), `${name}.${ENDINGS[language]}`)
}
