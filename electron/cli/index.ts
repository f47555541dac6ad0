import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { logged } from '@shared/scan-report/logged'
import { SettingError } from '../core/settings'
import { text } from './messages'
import { nearest } from './nearest'
import { EXIT, UsageError } from './usage'

/** `bundleFolder` is that of this entry: a command may end up in a chunk somewhere else. */
type Command = (args: string[], bundleFolder: string) => Promise<number>

/** Commands load only what they need: a scan of a small file is mostly start-up. */
const COMMANDS: Record<string, () => Promise<{ run: Command }>> = {
  scan: () => import('./scan'),
  compare: () => import('./compare'),
  rules: () => import('./rules'),
  passport: () => import('./passport'),
  verify: () => import('./verify'),
  bench: () => import('./bench'),
  engines: () => import('./bench/engines'),
  listings: () => import('./listings'),
  events: () => import('./events'),
  db: () => import('./db'),
  doctor: () => import('./doctor'),
}

// Compiled code of the commands, beside the bundle; where that cannot be written, nothing is lost.
enableCompileCache(join(import.meta.dirname, '../compile-cache'))

async function main(): Promise<number> {
  const [name, ...args] = process.argv.slice(2)
  if (name === undefined) {
    process.stdout.write(help())
    return EXIT.usage
  }
  if (['help', '--help', '-h'].includes(name) || args.includes('--help') || args.includes('-h')) {
    process.stdout.write(help(Object.hasOwn(COMMANDS, name) ? name : args[0]))
    return EXIT.clean
  }
  if (name === '--version' || name === '-v') {
    const { version } = await import('../../package.json')
    process.stdout.write(`${version}\n`)
    return EXIT.clean
  }
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (load === undefined) {
    const known = Object.keys(COMMANDS)
    throw new UsageError(text.unknownCommand(name, known, nearest(name, known)))
  }
  return (await load()).run(args, import.meta.dirname)
}

/** Of one command where it is known, else of all. */
function help(name = ''): string {
  const { head, commands, exits } = text.help
  const named = (Object.keys(commands) as (keyof typeof commands)[]).filter((one) => one === name)
  const shown = named.length > 0 ? named : (Object.keys(commands) as (keyof typeof commands)[])
  const codes = named.length > 0 ? named : (['scan', 'compare'] as const)
  return [
    named.length > 0 ? '' : head,
    ...shown.map((one) => commands[one]),
    ...codes.map((one) => exits[one]),
  ]
    .join('')
    .replace(/^\n/, '')
}

// Set, not exit(): output that waits in a pipe is still written.
main().then(
  (code) => {
    process.exitCode = code
  },
  (error: unknown) => {
    const wrongUsage = error instanceof UsageError || error instanceof SettingError
    const message = error instanceof Error ? error.message : String(error)
    // Names of files are part of many messages, and come from strangers.
    process.stderr.write(`${message.split('\n').map(logged).join('\n')}\n`)
    process.exitCode = wrongUsage ? EXIT.usage : EXIT.error
  },
)
// A reader that closed early (`| head`) is not an error; output that is lost on a full disk is one.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return
    if (stream === process.stdout) process.stderr.write(`${text.notWritten(error.message)}\n`)
    process.exit(EXIT.error)
  })
