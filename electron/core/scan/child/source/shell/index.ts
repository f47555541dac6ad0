import { inconclusive, type Parser } from '../../context'
import { readText } from '../../text/read-text'
import { readableToTheEnd } from '../../text/text'
import { createSourceText } from '../source-text'
import { reportShell } from './report-shell'

export { parseDockerfile } from './dockerfile'
export { parseMakefile } from './makefile'

/** Installers of some hundred kilobytes exist; what is longer carries data. */
const MOST_BYTES = 8 * 1024 * 1024
/** Names of Git's hooks (githooks(5)), as Git and Husky start them. */
const GIT_HOOK =
  /(^|\/)(hooks|\.husky|\.githooks)\/((?:pre|post)-[a-z-]+|commit-msg|prepare-commit-msg|update|reference-transaction|fsmonitor-watchman)$/

/** A script for a POSIX shell, PowerShell or cmd.exe. */
export const parseShell: Parser = (source, context) => {
  const text = readText(source, context, MOST_BYTES)
  const lines = createSourceText(text, 'shell')
  const isWindows = /\.(bat|cmd|ps1|psm1)$/i.test(context.name)
  const followed = reportShell(
    context,
    lines,
    { text, start: 0, exact: true, ...(isWindows && { dialect: 'windows' as const }) },
    'inline',
  )
  // No finding by itself: a hook that starts this script starts these files as well.
  for (const target of followed.files.slice(0, 20))
    context.add({
      kind: 'content',
      name: 'starts.file',
      location: {},
      evidence: target,
      detail: { target },
    })
  const hook = GIT_HOOK.exec(context.name)?.[3]
  if (hook !== undefined)
    lines.reportAs(context, 'hook', {
      name: `hook.git.${hook}`,
      start: 0,
      end: 0,
      evidence: `Git's ${hook}`,
    })
  if (!followed.whole) return inconclusive('It is too complex to be followed to its end.')
  return readableToTheEnd(source, context)
}
