import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { findOnPath } from '../core/app/executables'
import { type Console, createConsole } from '../core/console'
import { requireWritable } from '../core/data-folder'
import { type InstanceLock, takeInstanceLock } from '../core/instance-lock'
import { createNodePlatform } from '../core/node-platform'
import { createSettings } from '../core/settings'
import { parseHostOptions } from './options'
import { type LoopbackServer, serveLoopback } from './server'

const bundleFolder = import.meta.dirname

async function main(): Promise<void> {
  const options = parseHostOptions(process.argv.slice(2), process.env)
  requireWritable(options.dataFolder)
  const lock = takeInstanceLock(options.dataFolder)
  if ('owner' in lock) return showOwner(lock.owner, options.dataFolder, options.open)

  const settings = createSettings({
    file: join(options.dataFolder, 'settings.json'),
    environment: process.env,
    flags: options.flags,
  })
  const platform = createNodePlatform({
    host: 'loopback',
    dataFolder: options.dataFolder,
    roots: options.roots,
    node: process.execPath,
    bundleFolder,
    resources: join(bundleFolder, '../../resources'),
  })
  const console = createConsole(platform, settings)
  const server = await serveLoopback({
    console,
    // 256 bits, new for every run.
    token: randomBytes(32).toString('base64url'),
    pageFolder: join(bundleFolder, '../renderer'),
    port: options.port,
  }).catch(async (error: NodeJS.ErrnoException) => {
    await console.close()
    throw error.code === 'EADDRINUSE' ? new PortTakenError(options.port) : error
  })
  endWithSignals({ server, console, lock })
  lock.announce(server.url)
  process.stdout.write(`Prometheus Console is ready: ${server.url}\n`)
  if (options.open) openBrowser(server.url)
}

class PortTakenError extends Error {
  constructor(port: number) {
    super(
      `Port ${port} is taken by another program. Choose another with --port, or leave it out to get a free one.`,
    )
  }
}

function showOwner(owner: string | null, folder: string, open: boolean): void {
  process.stdout.write(
    owner === null
      ? `Another console already uses ${folder}. Close it, or choose another folder with --data-dir.\n`
      : `A console is already running for this data folder: ${owner}\n`,
  )
  if (owner === null) process.exitCode = 1
  else if (open) openBrowser(owner)
}

/** Opens the default browser; the printed link is there where none can be opened. */
function openBrowser(url: string): void {
  const [command, ...args] =
    process.platform === 'win32'
      ? ['explorer.exe']
      : process.platform === 'darwin'
        ? ['open']
        : ['xdg-open']
  const found = process.platform === 'linux' ? findOnPath([command ?? '']) : command
  if (found === undefined) {
    process.stderr.write('No browser could be opened here; open the link above in one.\n')
    return
  }
  spawn(found, [...args, url], { stdio: 'ignore', detached: true })
    .on('error', () =>
      process.stderr.write('The browser did not start; open the link above in one.\n'),
    )
    .unref()
}

function endWithSignals(running: {
  server: LoopbackServer
  console: Console
  lock: InstanceLock
}): void {
  const end = once(async () => {
    await running.server.close()
    await running.console.close()
    running.lock.release()
    process.exit(0)
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end)
  // The launcher is gone, even by SIGKILL: nobody is left to stop this process.
  if (process.channel) process.on('disconnect', end)
}

function once(run: () => Promise<void>): () => void {
  let started = false
  return () => {
    if (!started) void run()
    started = true
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
