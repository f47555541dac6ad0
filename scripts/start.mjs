// `npm start`: installs and builds if needed, then opens the console in Electron or in a browser.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { continueUnderProductNode, fail, ROOT } from './runtime.mjs'
import { ensureInstalled } from './setup.mjs'

const FLAGS = ['electron', 'loopback', 'open', 'no-open', 'port', 'data-dir', 'root', 'set', 'help']
const VALUED = ['port', 'data-dir', 'root', 'set']

const options = readFlags([...process.argv.slice(2), ...flagsThatNpmTook()])
if (options.help) {
  process.stdout.write(`npm start -- [--electron | --loopback] [--port N] [--data-dir FOLDER]
             [--root FOLDER] [--open | --no-open] [--set KEY=VALUE]

Without --electron or --loopback the console opens in Electron when there is a display and its
binary is here or can be downloaded, otherwise in a browser. The address is always printed.
`)
  process.exit(0)
}

ensureInstalled()
await continueUnderProductNode()
const { ensureBuilt } = await import('./build.mjs')
ensureBuilt()

const choice = chooseHost()
process.stderr.write(`${choice.reason}\n`)
if (choice.host === 'electron') runElectron(choice.binary)
else await runLoopback()

/** Options behind `npm start` without `--` end up in npm's own configuration, as environment. */
function flagsThatNpmTook() {
  return FLAGS.flatMap((flag) => {
    const value = process.env[`npm_config_${flag.replaceAll('-', '_')}`]
    if (value === undefined) return []
    if (VALUED.includes(flag)) {
      // `--port=5000` arrives whole; `--port 5000` as "true" with 5000 left over on some versions.
      if (value !== 'true' && value !== '') return [`--${flag}`, value]
      return fail(
        `npm kept the value of --${flag} to itself.`,
        `Write it behind two dashes: npm start -- --${flag} VALUE`,
      )
    }
    if (flag === 'open') return [value === 'true' ? '--open' : '--no-open']
    return value === 'true' ? [`--${flag}`] : []
  })
}

function readFlags(args) {
  const found = { rest: [] }
  for (let i = 0; i < args.length; i++) {
    const [, name, inline] = /^--([a-z-]+)(?:=(.*))?$/s.exec(args[i]) ?? []
    if (!FLAGS.includes(name))
      fail(
        `npm start does not know "${args[i]}".`,
        `Options: ${FLAGS.map((flag) => `--${flag}`).join(' ')}`,
      )
    if (!VALUED.includes(name)) {
      if (inline !== undefined)
        fail(`--${name} takes no value.`, `Write --${name} alone, or leave it out.`)
      found[name] = true
      continue
    }
    const value = inline ?? args[++i]
    if (value === undefined) fail(`--${name} needs a value.`, `Write npm start -- --${name} VALUE`)
    found.rest.push(`--${name}`, value)
  }
  if (found.electron && found.loopback)
    fail('--electron and --loopback exclude each other.', 'Leave one of them out.')
  return found
}

function chooseHost() {
  if (options.loopback)
    return { host: 'loopback', reason: 'Using a browser, because of --loopback.' }
  if (!hasDisplay()) {
    if (options.electron)
      fail(
        '--electron needs a display, and there is none here (DISPLAY and WAYLAND_DISPLAY are empty).',
        'Leave --electron out to use a browser.',
      )
    return {
      host: 'loopback',
      reason: 'Using a browser, because there is no display for Electron.',
    }
  }
  const binary = electronBinary() ?? downloadElectron()
  if (binary) return { host: 'electron', binary, reason: 'Opening in Electron.' }
  if (options.electron)
    fail(
      "Electron's binary is not here and could not be downloaded.",
      'Check the network (github.com), or leave --electron out to use a browser.',
    )
  return {
    host: 'loopback',
    reason: "Using a browser, because Electron's binary is not here and could not be downloaded.",
  }
}

function hasDisplay() {
  if (process.platform === 'win32' || process.platform === 'darwin') return true
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}

/** Looks without importing the package: importing it would start a download. */
function electronBinary() {
  const folder = join(ROOT, 'node_modules/electron')
  try {
    const name = readFileSync(join(folder, 'path.txt'), 'utf8')
    const binary = join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist'), name)
    return existsSync(binary) ? binary : undefined
  } catch {
    return undefined
  }
}

/** Fails within a second where there is no way out of this network. */
function downloadElectron() {
  const installer = join(ROOT, 'node_modules/electron/install.js')
  if (!existsSync(installer)) return undefined
  process.stderr.write("Downloading Electron's binary (about 110 MB, once) …\n")
  const run = spawnSync(process.execPath, [installer], {
    cwd: ROOT,
    stdio: 'ignore',
    timeout: 300_000,
  })
  return run.status === 0 ? electronBinary() : undefined
}

function runElectron(binary) {
  const { ELECTRON_RUN_AS_NODE: _, ...environment } = process.env
  const child = spawn(binary, [ROOT, ...options.rest], { stdio: 'inherit', env: environment })
  child.on('error', (error) =>
    fail(`Electron did not start: ${error.message}`, 'Try npm start -- --loopback'),
  )
  child.on('exit', (code) => process.exit(code ?? 1))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
}

/** In this very process: one process less to start, to signal and to lose. */
async function runLoopback() {
  const open = options.open ?? !options['no-open']
  process.argv = [
    process.argv[0],
    join(ROOT, 'out/main/loopback.js'),
    ...options.rest,
    open ? '--open' : '--no-open',
  ]
  await import(new URL('../out/main/loopback.js', import.meta.url).href)
}
