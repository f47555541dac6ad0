// Installs what package-lock.json says, if it is not installed yet. Plain Node >= 20, no dependencies.
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, lstatSync, readFileSync, readlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fail, ROOT } from './runtime.mjs'

/** True when node_modules holds every package of the lock file that this platform needs. */
export function isInstalled() {
  const read = (path) => JSON.parse(readFileSync(join(ROOT, path), 'utf8')).packages
  try {
    const wanted = read('package-lock.json')
    const present = read('node_modules/.package-lock.json')
    return Object.entries(wanted).every(
      ([path, entry]) =>
        path === '' ||
        entry.optional ||
        entry.devOptional ||
        entry.peer ||
        present[path]?.version === entry.version,
    )
  } catch {
    return false
  }
}

export function ensureInstalled() {
  if (isInstalled()) return
  const [majorVersion, minor] = process.versions.node.split('.').map(Number)
  if (majorVersion < 20 || (majorVersion === 20 && minor < 19))
    fail(
      `This is Node ${process.versions.node}; installing needs 20.19 or newer.`,
      'Update Node (https://nodejs.org) and run the same command again.',
    )
  try {
    accessSync(ROOT, constants.W_OK)
  } catch {
    fail(
      `${ROOT} cannot be written to, so nothing can be installed there.`,
      'Copy the folder to a place of your own and run the same command there.',
    )
  }
  // npm empties the folder first, and through a link that would be somebody else's.
  const modules = join(ROOT, 'node_modules')
  if (lstatSync(modules, { throwIfNoEntry: false })?.isSymbolicLink())
    fail(
      `${modules} is a link to ${readlinkSync(modules)}, whose packages are not those of package-lock.json.`,
      'Remove the link, so that the packages are installed here, or install them where it leads.',
    )
  process.stderr.write('Installing packages (about half a minute, once) …\n')
  const npm = npmCommand()
  const started = Date.now()
  const run = spawnSync(
    npm.command,
    // The build needs everything, whatever NODE_ENV or omit= in the user's npmrc would leave out.
    [
      ...npm.args,
      'ci',
      ...['dev', 'optional', 'peer'].map((kind) => `--include=${kind}`),
      ...['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    ],
    {
      cwd: ROOT,
      // stdout of the command that asked for the installation stays clean.
      stdio: ['ignore', 2, 2],
      shell: npm.shell,
    },
  )
  if (run.error || run.status !== 0)
    fail(
      `The packages could not be installed (npm ${run.error ? run.error.message : `ended with ${run.status}`}).`,
      'Check that the npm registry can be reached and the disk has 1 GB free, then run the same command again.',
    )
  process.stderr.write(`Installed in ${Math.round((Date.now() - started) / 1000)} s.\n`)
}

/** npm as it was called, or the one that came with this Node, or the one on PATH. */
export function npmCommand() {
  const beside = join(dirname(process.execPath), 'node_modules/npm/bin/npm-cli.js')
  const script = [process.env.npm_execpath, beside].find(
    (path) => path?.endsWith('npm-cli.js') && existsSync(path),
  )
  if (script) return { command: process.execPath, args: [script], shell: false }
  return { command: 'npm', args: [], shell: process.platform === 'win32' }
}
