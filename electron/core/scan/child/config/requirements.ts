import type { Parser } from '../context'
import { isStrangeSource } from '../source/shell/installers'
import { createSourceText } from '../source/source-text'
import { readText } from '../text/read-text'
import { readableToTheEnd } from '../text/text'

const MOST_BYTES = 4 * 1024 * 1024
const INDEX = /^(?:--index-url|--extra-index-url|--find-links|-i|-f)(?:\s+|\s*=\s*)(\S+)/
const DIRECT =
  /^(?:-e\s+|--editable[\s=]+)?(?:[\w.[\],-]+\s*@\s*)?((?:(?:git|hg|svn|bzr)\+)?(?:https?|git|ssh|ftp|file):\/\/\S+|git@\S+)/
const LOCAL =
  /^(?:-e\s+|--editable[\s=]+|-r\s+|--requirement[\s=]+|-c\s+)?(\.\.\/\.\.\/|\/|~\/|file:\/\/\/)\S*/

/** A pip requirements or constraints file (pip.pypa.io/en/stable/reference/requirements-file-format). */
export const parseRequirements: Parser = (source, context) => {
  const text = readText(source, context, MOST_BYTES)
  const lines = createSourceText(text, 'requirements')
  let at = 0
  for (const raw of text.split('\n')) {
    context.checkpoint()
    const start = at
    at += raw.length + 1
    const line = raw.replace(/(^|\s)#.*$/, '').trim()
    const strange = INDEX.exec(line)?.[1] ?? DIRECT.exec(line)?.[1]
    const end = start + raw.length
    if (strange !== undefined && isStrangeSource(strange))
      lines.report(context, { name: 'threat.dependency-source', start, end, evidence: line })
    else if (LOCAL.test(line))
      lines.report(context, { name: 'threat.path-traversal', start, end, evidence: line })
    if (/^--trusted-host\b/.test(line))
      lines.report(context, { name: 'threat.security-off', start, end, evidence: line })
  }
  return readableToTheEnd(source, context)
}
