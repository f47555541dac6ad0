import type { ParseContext } from '../context'
import { isStrangeSource } from '../source/shell/installers'
import { reportShell } from '../source/shell/report-shell'
import type { SourceText } from '../source/source-text'
import { type ConfigEntry, shownPath } from './entries'

/** The parts of an analysis of one configuration. */
export interface ConfigReader {
  readonly entries: readonly ConfigEntry[]
  readonly lines: SourceText
  readonly context: ParseContext
  /** A command that something starts; `hook` names who, when nobody is asked before. */
  command(text: string, at: ConfigEntry, hook?: string): void
  /** Where a dependency comes from. */
  dependency(url: string, at: ConfigEntry): void
  content(name: string, at: ConfigEntry, evidence?: string): void
}

export function createConfigReader(
  entries: readonly ConfigEntry[],
  lines: SourceText,
  context: ParseContext,
): ConfigReader {
  const place = ({ start, end }: ConfigEntry) => ({ start, end })
  return {
    entries,
    lines,
    context,
    command(text, at, hook) {
      const exact = at.exact && at.value === text
      const { files } = reportShell(
        context,
        lines,
        { text, start: at.start, exact },
        shownPath(at.path),
      )
      if (hook === undefined) return
      // A hook may start several files: each is a fact, so that each can be joined.
      for (const target of files.length === 0 ? [undefined] : files.slice(0, 20))
        lines.reportAs(context, 'hook', {
          name: hook,
          ...place(at),
          evidence: `${at.path.at(-1) ?? ''}: ${text}`.slice(0, 300),
          detail: { command: text.slice(0, 1000), ...(target !== undefined && { target }) },
        })
    },
    dependency(url, at) {
      if (isStrangeSource(url))
        lines.report(context, {
          name: 'threat.dependency-source',
          ...place(at),
          evidence: `${shownPath(at.path)}: ${url}`,
        })
      else if (/^(file|link|portal):(\.\.\/\.\.\/|\/|~)/.test(url))
        lines.report(context, {
          name: 'threat.path-traversal',
          ...place(at),
          evidence: `${shownPath(at.path)}: ${url}`,
        })
    },
    content(name, at, evidence) {
      lines.reportAs(context, 'content', {
        name,
        ...place(at),
        evidence: evidence ?? `${shownPath(at.path)}: ${String(at.value)}`.slice(0, 300),
      })
    },
  }
}
