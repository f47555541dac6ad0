// The Edge Functions in Deno: `npm run db -- functions`.
import { spawnSync } from 'node:child_process'
import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { parseOptions } from '../../electron/cli/arguments'
import { DatabaseProblem } from '../../electron/cli/db/problem'
import { text } from './messages'
import { ROOT } from './root'
import { fetchTool, type Tool } from './tools'

export function functions(args: string[]): number {
  parseOptions('db functions', { args, options: {} })
  const { status } = spawnSync(
    process.execPath,
    [
      join(ROOT, 'node_modules/vitest/vitest.mjs'),
      ...['run', '--project', 'integration', 'edge-functions'],
    ],
    { cwd: ROOT, stdio: 'inherit', env: { ...process.env, DENO: denoProgram() } },
  )
  return status ?? 2
}

function denoProgram(): string {
  const name = `@deno/${process.platform}-${process.arch}${process.platform === 'linux' ? '-glibc' : ''}`
  const known: readonly Tool[] = [
    '@deno/linux-x64-glibc',
    '@deno/linux-arm64-glibc',
    '@deno/darwin-x64',
    '@deno/darwin-arm64',
    '@deno/win32-x64',
  ]
  const tool = known.find((one) => one === name)
  if (tool === undefined) throw new DatabaseProblem(text.noDeno(name))
  const fetched = fetchTool(tool)
  if ('problem' in fetched) throw new DatabaseProblem(fetched.problem)
  const program = join(fetched.folder, process.platform === 'win32' ? 'deno.exe' : 'deno')
  chmodSync(program, 0o755)
  return program
}
