import { rawAddress } from '../source/places'
import { below } from './entries'
import type { ConfigReader } from './report'

/** Scripts that npm runs by itself while it installs (docs.npmjs.com, "Life cycle operations"). */
const INSTALL = new Set([
  'preinstall',
  'install',
  'postinstall',
  'prepare',
  'preprepare',
  'postprepare',
  'prepublish',
  'dependencies',
])
const DEPENDENCIES =
  /^(dependencies|devDependencies|peerDependencies|optionalDependencies|resolutions|overrides)$/
/** Commands that tools find in package.json beside the scripts. */
const TOOL_COMMANDS = [['husky', 'hooks'], ['simple-git-hooks'], ['lint-staged'], ['gitHooks']]
/** `npm run a` in a script that starts `a` in turn. */
const MOST_INDIRECTIONS = 20

/** package.json: scripts that an installation starts, and where dependencies come from. */
export function readPackageJson({ entries, command, dependency }: ConfigReader): void {
  const scripts = new Map(below(entries, 'scripts').map((entry) => [entry.path[1] ?? '', entry]))
  const started = new Map<string, string>()
  for (const name of scripts.keys()) if (INSTALL.has(name)) follow(name, name)
  for (const [name, entry] of scripts) {
    const hook = started.get(name)
    if (typeof entry.value === 'string')
      command(entry.value, entry, hook === undefined ? undefined : `hook.npm.${hook}`)
  }
  for (const place of TOOL_COMMANDS)
    for (const entry of below(entries, ...place))
      if (typeof entry.value === 'string') command(entry.value, entry)
  for (const entry of entries) {
    if (typeof entry.value !== 'string') continue
    // A lock file: no registry is a bare address, or without TLS.
    if (
      entry.path[0] === 'packages' &&
      entry.path.at(-1) === 'resolved' &&
      /^http:/.test(entry.value) &&
      rawAddress(entry.value) !== undefined
    )
      dependency(entry.value, entry)
    if (!DEPENDENCIES.test(entry.path[0] ?? '')) continue
    dependency(entry.value, entry)
  }
  /** Marks what `name` starts, with what npm runs before and after it. */
  function follow(name: string, hook: string): void {
    const entry = scripts.get(name)
    if (entry === undefined || started.has(name) || started.size > MOST_INDIRECTIONS) return
    started.set(name, hook)
    for (const near of [`pre${name}`, `post${name}`]) follow(near, hook)
    for (const match of String(entry.value).matchAll(
      /\b(?:npm|pnpm|yarn|bun)\s+(?:run(?:-script)?\s+)?([\w:.-]+)/g,
    ))
      follow(match[1] ?? '', hook)
  }
}
