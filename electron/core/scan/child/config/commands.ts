import type { ConfigEntry } from './entries'
import type { ConfigReader } from './report'

/** Lists that are the words of one command: compose, Kubernetes, MCP, cloud-init. */
const WORD_LISTS = /^(command|args|entrypoint|cmd)$/
/** Keys whose text a CI service or Ansible hands to a shell. */
const SCRIPTS =
  /^(run|script|before_script|after_script|bash|powershell|pwsh|shell|ansible\.builtin\.(shell|command)|runcmd|bootcmd|user_data|initCommand|command)$/
/** Commands of one file that are followed. */
const MOST_COMMANDS = 2000

/** Commands in workflow, pipeline, compose, Kubernetes and playbook files. */
export function readCommands({ entries, command }: ConfigReader): void {
  if (!isPipeline(entries)) return
  let left = MOST_COMMANDS
  const lists = new Map<string, ConfigEntry[]>()
  for (const entry of entries) {
    const key = entry.path.at(-1) ?? ''
    const parent = entry.path.at(-2) ?? ''
    if (typeof entry.value !== 'string') continue
    if (/^\d+$/.test(key) && WORD_LISTS.test(parent)) {
      const name = entry.path.slice(0, -1).join('\0')
      lists.set(name, [...(lists.get(name) ?? []).slice(0, 100), entry])
    } else if ((SCRIPTS.test(key) || (/^\d+$/.test(key) && SCRIPTS.test(parent))) && left-- > 0)
      // Expressions of GitHub and GitLab are filled in before a shell sees them.
      command(
        entry.value.replace(/\$\{\{[^}]*\}\}/g, (text) => '_'.repeat(text.length)),
        entry,
      )
  }
  for (const words of lists.values()) {
    const [first] = words
    if (first === undefined || left-- <= 0) continue
    command(words.map(({ value }) => quoted(String(value))).join(' '), first)
  }
}

/** Whether the file is one whose commands something runs. */
function isPipeline(entries: readonly ConfigEntry[]): boolean {
  return entries.some(
    ({ path: [top = '', second = '', third = '', fourth = ''] }) =>
      top === 'jobs' ||
      top === 'steps' ||
      top === 'services' ||
      top === 'stages' ||
      top === 'runcmd' ||
      top === 'bootcmd' ||
      top === 'runs' ||
      (top === 'spec' && /^(containers|template|initContainers|jobTemplate)$/.test(second)) ||
      /^(script|before_script|after_script)$/.test(second) ||
      (/^\d+$/.test(top) &&
        /^(tasks|handlers|hosts|shell|command|ansible\.builtin)/.test(second)) ||
      (top === 'tasks' && (/^\d+$/.test(second) || /^(cmds|script)$/.test(third))) ||
      (/^((pre|post)-[a-z]+|commit-msg)$/.test(top) && /^(commands|scripts|jobs)$/.test(second)) ||
      (top === 'repos' && /^hooks$/.test(third) && fourth !== ''),
  )
}

export const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
