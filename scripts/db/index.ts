// `npm run db -- COMMAND`: what `prometheus-console db` does, and what only maintainers need.
import { join } from 'node:path'
import { runDb } from '../../electron/cli/db/index'
import { text } from '../../electron/cli/db/messages'
import { EXIT, UsageError } from '../../electron/cli/usage'
import { functions } from './functions'
import { lint } from './lint'
import { text as own } from './messages'
import { ROOT } from './root'
import { test } from './test'
import { types } from './types'

const MAINTAINERS: Record<string, (args: string[]) => number | Promise<number>> = {
  functions,
  lint,
  test,
  types,
}

try {
  const [name = '', ...rest] = process.argv.slice(2)
  if (['', 'help', '--help'].includes(name)) {
    process.stdout.write(`${text.help}${own.help}${text.exits}`)
    process.exitCode = name === '' ? EXIT.usage : EXIT.clean
  } else {
    const task = Object.hasOwn(MAINTAINERS, name) ? MAINTAINERS[name] : undefined
    process.exitCode = task
      ? await task(rest)
      : await runDb([name, ...rest], join(ROOT, 'resources'))
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = error instanceof UsageError ? EXIT.usage : EXIT.error
}
