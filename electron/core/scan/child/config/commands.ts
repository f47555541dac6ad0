import { memorySource } from '../byte-source'
import { type ConfigEntry, valueAt } from './entries'
import type { ConfigReader } from './report'

/** Lists that are the words of one command: compose, Kubernetes, MCP, cloud-init. */
const WORD_LISTS = /^(command|args|entrypoint|cmd|test)$/
/** Keys whose text a CI service or Ansible hands to a shell. */
const SCRIPTS =
  /^(run|script|before_script|after_script|before_install|after_success|after_failure|before_deploy|install|build_script|test_script|install_script|\w+_script|commands|cmds|bash|powershell|pwsh|shell|ansible\.builtin\.(shell|command)|runcmd|bootcmd|user_data|initCommand|command|cmd|entry|source|inlineScript)$/
/** Commands of one file that are followed. */
const MOST_COMMANDS = 2000

/** Commands in workflow, pipeline, compose, Kubernetes and playbook files. */
export function readCommands({ entries, context, command }: ConfigReader): void {
  if (!isPipeline(entries)) return
  let left = MOST_COMMANDS
  const secrets = secretNames(entries)
  const lists = new Map<string, ConfigEntry[]>()
  for (const entry of entries) {
    const key = entry.path.at(-1) ?? ''
    const parent = entry.path.at(-2) ?? ''
    if (typeof entry.value !== 'string') continue
    if (/^\d+$/.test(key) && WORD_LISTS.test(parent)) {
      const name = entry.path.slice(0, -1).join('\0')
      lists.set(name, [...(lists.get(name) ?? []).slice(0, 100), entry])
    } else if (key === 'script' && parent === 'with')
      // actions/github-script runs it as JavaScript.
      context.scanMember(memorySource(Buffer.from(entry.value)), `${entry.path.join('.')}.js`)
    else if ((SCRIPTS.test(key) || (/^\d+$/.test(key) && SCRIPTS.test(parent))) && left-- > 0)
      // Expressions of GitHub and GitLab are filled in before a shell sees them.
      command(withSecrets(entry.value, secrets), entry)
  }
  // Of one container: the program that starts, and its words.
  const started = new Map<string, ConfigEntry[]>()
  for (const [name, words] of [...lists].sort(([a], [b]) => order(a) - order(b))) {
    const owner = name.slice(0, Math.max(0, name.lastIndexOf('\0')))
    const isTest = name.endsWith('\0test')
    const key = isTest ? name : owner
    started.set(key, [...(started.get(key) ?? []), ...words])
  }
  for (const words of started.values()) {
    const [first] = words
    if (first === undefined || left-- <= 0) continue
    const texts = words.map(({ value }) => String(value))
    // `entrypoint: bash` and `args: [-c, …]`.
    const owner = first.path.slice(0, -2)
    const program = ['entrypoint', 'command']
      .map((key) => valueAt(entries, ...owner, key)?.value)
      .find((value) => typeof value === 'string')
    if (texts[0]?.startsWith('-')) texts.unshift(String(program ?? 'sh'))
    // A health check says first how its words are read.
    if (texts[0] === 'CMD-SHELL') command(texts.slice(1).join(' '), first)
    else command((texts[0] === 'CMD' ? texts.slice(1) : texts).map(quoted).join(' '), first)
  }
}

const ORDER = ['entrypoint', 'command', 'cmd', 'args']
const order = (name: string): number => ORDER.indexOf(name.slice(name.lastIndexOf('\0') + 1))

/** Variables of a workflow that hold a secret: `env: { T: ${{ secrets.PYPI_TOKEN }} }`. */
function secretNames(entries: readonly ConfigEntry[]): string[] {
  return entries
    .filter(
      ({ path, value }) =>
        path.at(-2) === 'env' &&
        typeof value === 'string' &&
        /\$\{\{\s*(secrets\.|toJSON\(secrets)/i.test(value) &&
        /^\w+$/.test(path.at(-1) ?? ''),
    )
    .map(({ path }) => path.at(-1) ?? '')
    .slice(0, 50)
}

/**
 * A command with its expressions as variables of a shell, as long as they were: one secret is a
 * variable whose name says so, all of them are one of their own (shell/resolve.ts).
 */
function withSecrets(text: string, names: readonly string[]): string {
  const filled = text.replace(/\$\{\{([^}]*)\}\}/g, (whole, inner: string) => {
    const name = /tojson\(\s*secrets\s*\)/i.test(inner)
      ? 'secrets__all'
      : /^\s*secrets\.(\w+)\s*$/.exec(inner)?.[1]?.replace(/^/, 'secrets_')
    return name === undefined || name.length > whole.length - 3
      ? '_'.repeat(whole.length)
      : `\${${name.padEnd(whole.length - 3, '_')}}`
  })
  return names.length === 0
    ? filled
    : filled.replace(/\$\{?(\w+)\b\}?/g, (whole, name: string) =>
        names.includes(name) ? `\${secrets_${name}}` : whole,
      )
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
      /^(runs|pipelines|phases|tasks|pipeline|entry_points)$/.test(top) ||
      /^(script|before_script|after_script|install|before_install|after_success|build_script|test_script)$/.test(
        top,
      ) ||
      (top === 'spec' &&
        /^(containers|template|templates|initContainers|jobTemplate|steps|tasks|workflowSpec)$/.test(
          second,
        )) ||
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
