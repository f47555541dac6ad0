import { quoted } from './commands'
import { below, type ConfigEntry, valueAt } from './entries'
import type { ConfigReader } from './report'

/** Commands of a development container (containers.dev, "Lifecycle scripts"). */
const CONTAINER_COMMANDS =
  /^(initialize|onCreate|updateContent|postCreate|postStart|postAttach)Command$/
/** Commands of one kind that are followed in a file. */
const MOST_COMMANDS = 100

/** Files in which editors, agents, containers and CI services find what to start. */
export function readTools(reader: ConfigReader): void {
  readEditorTasks(reader)
  readEditorSettings(reader)
  readAgents(reader)
  readContainers(reader)
  readWorkflow(reader)
  readTerminals(reader)
}

/** .vscode/settings.json, nodemon.json: what a terminal or a restart begins with. */
function readTerminals({ entries, command }: ConfigReader): void {
  const terminals = new Map<string, ConfigEntry[]>()
  for (const entry of entries) {
    const [key = '', name = '', third = ''] = entry.path
    if (typeof entry.value !== 'string') continue
    if (
      /^terminal\.integrated\.(automationP|p)rofiles?\./.test(key) &&
      /^(path|args)$/.test(third)
    ) {
      const terminal = `${key}\0${name}`
      terminals.set(terminal, [...(terminals.get(terminal) ?? []).slice(0, 50), entry])
    } else if (/^\*\./.test(key) && entry.path.length <= 2) {
      // .lintstagedrc.json: commands by pattern.
      command(entry.value, entry)
    } else if (/^(events|nodemonConfig)$/.test(key) && entry.path.length <= 3)
      command(entry.value, entry)
  }
  for (const words of terminals.values()) {
    const [first, ...rest] = words
    if (first === undefined || rest.length === 0) continue
    const text = [String(first.value), ...rest.map(({ value }) => quoted(String(value)))].join(' ')
    command(text, first, 'hook.vscode.terminal')
  }
}

/** .vscode/tasks.json, .devcontainer/devcontainer.json. */
function readEditorTasks({ entries, command }: ConfigReader): void {
  for (const entry of below(entries, 'tasks', '*', 'runOptions').slice(0, MOST_COMMANDS)) {
    if (entry.path[3] !== 'runOn' || entry.value !== 'folderOpen') continue
    const task = entry.path[1] ?? ''
    const words = [
      valueAt(entries, 'tasks', task, 'command'),
      ...below(entries, 'tasks', task, 'args'),
    ]
    run(words, 'hook.vscode.folder-open')
  }
  for (const entry of entries)
    if (
      CONTAINER_COMMANDS.test(entry.path[0] ?? '') &&
      typeof entry.value === 'string' &&
      entry.path.length <= 2
    ) {
      const isList = /^\d+$/.test(entry.path[1] ?? '')
      if (isList && entry.path[1] !== '0') continue
      const words = isList ? below(entries, entry.path[0] ?? '') : [entry]
      run(words, `hook.devcontainer.${entry.path[0] ?? ''}`)
    }

  function run(words: readonly (ConfigEntry | undefined)[], hook: string): void {
    const [first, ...rest] = words.filter((word) => word !== undefined)
    if (first === undefined) return
    const text = [String(first.value), ...rest.map(({ value }) => quoted(String(value)))].join(' ')
    command(text, first, hook)
  }
}

/** .vscode/settings.json: what every terminal of the folder starts with. */
function readEditorSettings({ entries, command }: ConfigReader): void {
  const terminals = new Map<string, ConfigEntry[]>()
  for (const entry of entries) {
    const { path, value } = entry
    if (
      !/^terminal\.integrated\.(profiles|automationProfile|shell|shellArgs)\b/.test(path[0] ?? '')
    )
      continue
    const key = path.slice(0, path.includes('args') ? path.indexOf('args') : -1).join('\0')
    if (typeof value === 'string') terminals.set(key, [...(terminals.get(key) ?? []), entry])
  }
  for (const words of terminals.values()) {
    const [first] = words
    if (first === undefined || words.length > MOST_COMMANDS) continue
    const text = words.map(({ value }) => quoted(String(value))).join(' ')
    command(text, first, words.length > 1 ? 'hook.vscode.terminal' : undefined)
  }
}

/** Servers and hooks that a coding agent starts: .mcp.json, .cursor/mcp.json, .claude/settings.json. */
function readAgents({ entries, command, lines, context }: ConfigReader): void {
  let left = MOST_COMMANDS
  for (const entry of entries) {
    const { path, value } = entry
    if (path.at(-1) !== 'command' || typeof value !== 'string' || left === 0) continue
    const isServer = /^(mcpServers|servers|context_servers)$/.test(path.at(-3) ?? '')
    const isHook = path[0] === 'hooks' && path.length >= 4
    if (!isServer && !isHook) continue
    left--
    // What is typed to an agent comes in on stdin, and leaves.
    if (isHook && /\b(?:curl|wget)\b[^|;&]*\s(?:@-|-T\s*-)/.test(value))
      lines.report(context, { name: 'flow.host.network', start: entry.start, end: entry.end })
    const args = below(entries, ...path.slice(0, -1), 'args').map((arg) =>
      quoted(String(arg.value)),
    )
    command([value, ...args].join(' '), entry, isServer ? 'hook.agent.server' : 'hook.agent.hook')
  }
}

/** docker-compose.yml and Kubernetes manifests: what takes the walls of a container down. */
function readContainers({ entries, content }: ConfigReader): void {
  for (const entry of entries) {
    const { path, value } = entry
    const key = path.at(-1) ?? ''
    const inServices = path[0] === 'services'
    if (key === 'privileged' && value === true && (inServices || path.includes('securityContext')))
      content('container.privileged', entry)
    if (typeof value !== 'string') continue
    if (
      inServices &&
      path.includes('volumes') &&
      /^\/(var\/run|run)\/docker\.sock(:|$)/.test(value)
    )
      content('container.docker-socket', entry)
    if (inServices && path.includes('volumes') && /^\/:\//.test(value) && !/:ro$/.test(value))
      content('container.host-root', entry)
    if (
      path.includes('hostPath') &&
      key === 'path' &&
      (value === '/' || /docker\.sock$/.test(value))
    )
      content(value === '/' ? 'container.host-root' : 'container.docker-socket', entry)
  }
}

/** .github/workflows: code of strangers that runs with the repository's secrets. */
function readWorkflow({ entries, content }: ConfigReader): void {
  const isTarget = entries.some(
    ({ path, value }) =>
      path[0] === 'on' && (path.includes('pull_request_target') || value === 'pull_request_target'),
  )
  for (const entry of entries) {
    if (entry.path[0] !== 'jobs' || typeof entry.value !== 'string') continue
    if (
      isTarget &&
      entry.path.at(-1) === 'ref' &&
      /github\.(event\.pull_request\.head|head_ref)/.test(entry.value)
    )
      content('workflow.untrusted-checkout', entry)
    if (
      entry.path.at(-1) === 'run' &&
      /\$\{\{[^}]*github\.(event\.(issue|pull_request|comment|review|head_commit)\.(title|body|message|name|head\.ref)|head_ref)/.test(
        entry.value,
      )
    )
      content('workflow.script-injection', entry, entry.value.slice(0, 300))
  }
}
