import { memorySource } from '../../byte-source'
import type { ParseContext } from '../../context'
import type { SourceText } from '../source-text'
import { type FollowedShell, followShell } from './sightings'
import type { Value } from './stream'

/** Their parsers follow commands in turn: they are reached by name, not imported. */
const ENDINGS = { javascript: 'js', python: 'py' }

/**
 * Follows a command that stands in a text at `start` and reports what it does there. `exact` says that the
 * command is the text itself, letter for letter; otherwise everything is reported at its start. Programs of
 * other languages in it are parsed as members called `name`.
 */
export function reportShell(
  context: ParseContext,
  source: SourceText,
  command: { text: string; start: number; exact: boolean; dialect?: 'windows' },
  name: string,
  files?: Map<string, Value>,
): FollowedShell {
  const followed = followShell(command.text, command.dialect, files)
  for (const sighting of followed.sightings) {
    context.checkpoint()
    const { start, end } = command.exact ? sighting : { start: 0, end: 0 }
    const evidence =
      sighting.evidence ??
      (command.exact ? undefined : command.text.slice(sighting.start, sighting.end))
    source.report(context, {
      name: sighting.name,
      start: command.start + start,
      end: command.start + end,
      ...(evidence !== undefined && { evidence }),
    })
  }
  for (const { language, text } of followed.code)
    context.scanMember(memorySource(Buffer.from(text)), `${name}.${ENDINGS[language]}`)
  return followed
}
