// Static checks of the migrations: `npm run db -- lint`.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseOptions } from '../../electron/cli/arguments'
import { connect } from '../../electron/cli/db/connect'
import { migrate } from '../../electron/cli/db/migrate'
import { readMigrations } from '../../electron/cli/db/migrations'
import { DatabaseProblem } from '../../electron/cli/db/problem'
import { chooseTarget } from '../../electron/cli/db/target'
import { EXIT } from '../../electron/cli/usage'
import { postgresPrograms, startCluster } from '../../test/fixtures/database/cluster'
import { emptyProject } from '../../test/fixtures/database/empty-project'
import { text } from './messages'
import { ROOT } from './root'
import { fetchTool } from './tools'

const say = (line: string) => void process.stdout.write(`${line}\n`)

export async function lint(args: string[]): Promise<number> {
  const { values } = parseOptions('db lint', {
    args,
    options: { splinter: { type: 'string' } },
  })
  const results = [squawk(), await onDatabase(values.splinter)]
  return results.every((clean) => clean) ? EXIT.clean : EXIT.found
}

/** From the second migration on: the first makes an empty schema, where nothing can be in the way. */
function squawk(): boolean {
  say(text.heading('squawk'))
  const tool = fetchTool('squawk-cli')
  if ('problem' in tool) {
    say(text.skipped('squawk', tool.problem))
    return true
  }
  const folder = join(ROOT, 'resources/supabase')
  const files = readMigrations(join(ROOT, 'resources'))
    .slice(1)
    .map(({ version, name }) => join(folder, 'migrations', `${version}_${name}.sql`))
  say(text.squawkFirst)
  return run([
    join(tool.folder, 'js/bin/squawk'),
    ...['--config', join(folder, '.squawk.toml'), ...files],
  ])
}

async function onDatabase(splinterFile: string | undefined): Promise<boolean> {
  const programs = postgresPrograms()
  if (programs === null) {
    say(text.skipped('supabase db advisors, db lint', `${text.noPostgres} ${text.noScratch}`))
    return true
  }
  const { url, stop } = await startCluster(programs)
  try {
    const project = await emptyProject(url)
    const connection = await connect(chooseTarget({ url: project, ca: undefined, tls: 'off' }, {}))
    try {
      await migrate(connection, readMigrations(join(ROOT, 'resources')))
    } finally {
      await connection.end()
    }
    const superuser = new URL(url)
    superuser.pathname = new URL(project).pathname
    const clean = [await splinter(superuser.href, splinterFile), await supabase(superuser.href)]
    return clean.every((one) => one)
  } finally {
    stop()
  }
}

async function supabase(url: string): Promise<boolean> {
  say(text.heading('supabase db advisors'))
  const tool = fetchTool('supabase')
  if ('problem' in tool) {
    say(text.skipped('supabase db advisors, db lint', tool.problem))
    return true
  }
  const cli = join(tool.folder, 'dist/supabase.js')
  const remote = `--remote=${url}`
  const advisors = run([cli, 'db', 'advisors', remote, '--level', 'warn', '--fail-on', 'warn'])
  say(text.heading('supabase db lint'))
  const connection = await connect(chooseTarget({ url, ca: undefined, tls: 'off' }, {}))
  try {
    await connection.query('create extension if not exists plpgsql_check')
  } catch {
    say(text.skipped('supabase db lint', text.plpgsqlCheck))
    return advisors
  } finally {
    await connection.end()
  }
  const lint = ['public', 'private'].map((schema) =>
    run([cli, 'db', 'lint', remote, '--schema', schema, '--level', 'error', '--fail-on', 'error']),
  )
  return advisors && lint.every((one) => one)
}

interface Lint {
  name: string
  level: string
  detail: string
}

async function splinter(url: string, file: string | undefined): Promise<boolean> {
  if (file === undefined) {
    say(text.splinterHint)
    return true
  }
  say(text.heading('splinter'))
  const sql = readSplinter(file)
  const connection = await connect(chooseTarget({ url, ca: undefined, tls: 'off' }, {}))
  try {
    // Without it most lints think that nothing is reachable from outside.
    await connection.query("set pgrst.db_schemas = 'public'")
    const { rows } = await connection.query<Lint>(sql)
    const findings = rows.filter(({ level }) => level !== 'INFO')
    for (const { level, name, detail } of findings) say(text.finding(level, name, detail))
    if (findings.length === 0) say(text.clean('splinter'))
    return findings.length === 0
  } finally {
    await connection.end()
  }
}

function readSplinter(file: string): string {
  try {
    // Its first line belongs to the test run of its authors.
    return readFileSync(file, 'utf8').replace(/^\s*set local [^;]*;/i, '')
  } catch {
    throw new DatabaseProblem(text.noSplinter(file))
  }
}

function run(args: string[]): boolean {
  const { status } = spawnSync(process.execPath, args, {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, SUPABASE_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' },
  })
  return status === 0
}
