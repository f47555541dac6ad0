import type { Parser } from '../context'
import { isStrangeSource } from '../source/shell/installers'
import { reportShell } from '../source/shell/report-shell'
import { createSourceText, type SourceText } from '../source/source-text'
import { readText } from '../text/read-text'
import { readableToTheEnd } from '../text/text'

const MOST_BYTES = 4 * 1024 * 1024
/** Of longer lines the beginning is read, characters. */
const MOST_LINE = 4096
/** Settings of npm, Yarn and pip that say where packages come from. */
const SOURCE_KEYS =
  /^(registry|@[\w-]+:registry|npmRegistryServer|index-url|index_url|extra-index-url|extra_index_url|find-links|find_links|disturl)$/
/** Settings that name a program or code that the tool starts by itself. */
const PROGRAM_KEYS =
  /^(script-shell|node-options|NODE_OPTIONS|git|onload-script|yarn-path|yarnPath|init-module|core\.(fsmonitor|hookspath|sshcommand|pager|editor|askpass|gitproxy)|diff\.external|sequence\.editor|credential\.helper|BASH_ENV|PYTHONSTARTUP|LD_PRELOAD|PROMPT_COMMAND)$/
/** Commands of tox, systemd, desktop entries and supervisors. */
const COMMAND_KEYS =
  /^(commands(_pre|_post)?|install_command|list_dependencies_command|Exec(Start|StartPre|StartPost|Stop|StopPost|Reload|Condition)?|command|entry|script|cmd|update|credential\.helper|filter\.\S+)$/
const LINE = /^\s*(?:export\s+)?["']?([@\w./:-]+?)["']?\s*(?:=|:\s|\s(?=["']?https?:))/

/** Settings in lines: .npmrc, .yarnrc, pip.conf, setup.cfg, .env and other INI files. */
export const parseSettings: Parser = (source, context) => {
  const text = readText(source, context, MOST_BYTES)
  const lines = createSourceText(text, 'settings')
  let at = 0
  let section = ''
  let key = ''
  for (const line of text.split('\n')) {
    context.checkpoint()
    const start = at
    at += line.length + 1
    const raw = line.slice(0, MOST_LINE)
    if (/^\s*[#;]/.test(raw) || raw.trim() === '') continue
    section = /^\s*\[([^\]]+)\]/.exec(raw)?.[1]?.toLowerCase() ?? section
    const pair = LINE.exec(raw)
    // Further lines of a value are indented (configparser).
    if (/^\s/.test(raw) && section !== '' && pair === null) judge(raw.trim())
    else if (pair !== null) {
      key = pair[1] ?? ''
      judge(raw.slice(pair[0].length).trim())
    }

    function judge(value: string): void {
      const bare = value.replace(/^["']|["'],?$/g, '')
      judgeSetting(lines, section, key, bare, start, start + raw.length)
    }
  }
  return readableToTheEnd(source, context)

  function judgeSetting(
    source: SourceText,
    part: string,
    name: string,
    value: string,
    start: number,
    end: number,
  ): void {
    const place = { start, end }
    const isSource = SOURCE_KEYS.test(name)
    if (isSource && isStrangeSource(value))
      source.report(context, { name: 'threat.dependency-source', ...place })
    if (/^(strict-ssl|enableStrictSsl|sslverify)$/i.test(name) && /^(false|0)$/.test(value))
      source.report(context, { name: 'threat.security-off', ...place })
    if (name === 'trusted-host' || name === 'NODE_TLS_REJECT_UNAUTHORIZED')
      source.report(context, { name: 'threat.security-off', ...place })
    const full = `${part.split(/\s/, 1)[0] ?? ''}.${name.toLowerCase()}`
    if (COMMAND_KEYS.test(name) && value !== '')
      reportShell(
        context,
        source,
        { text: value.replace(/^[-@+!:]+/, ''), start, exact: false },
        name,
      )
    if ((PROGRAM_KEYS.test(name) || PROGRAM_KEYS.test(full)) && value !== '') {
      source.reportAs(context, 'hook', {
        name: `hook.setting.${(PROGRAM_KEYS.test(name) ? name : full).toLowerCase().replaceAll('.', '-')}`,
        ...place,
        detail: { command: value },
      })
      reportShell(context, source, { text: value, start, exact: false }, name)
    }
    if (
      part === 'options' &&
      /^(install_requires|setup_requires|tests_require|dependency_links)$/.test(name)
    ) {
      const url = /(?:^|@\s*)((?:git\+|hg\+)?(?:https?|git|ftp):\/\/\S+)/.exec(value)?.[1]
      if (url !== undefined && isStrangeSource(url))
        source.report(context, { name: 'threat.dependency-source', ...place })
    }
  }
}
