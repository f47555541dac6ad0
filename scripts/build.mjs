// Builds out/ when a source is newer than the last build. Runs under the product's Node.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  accessSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { fail, nodeEnvironment, ROOT, requireNode } from './runtime.mjs'

const SOURCES = [
  'electron',
  'renderer',
  'shared',
  // Part of the twin's child.
  'resources/supabase/functions',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
  'scripts/build.mjs',
  'scripts/verifier.vite.config.mjs',
]
const STAMP = join(ROOT, 'out/build.json')
/** What the template of new workspaces is made of and by; much of the rest of the twin does not matter. */
const TEMPLATE_SOURCES = [
  'resources/supabase/migrations',
  'resources/supabase/local',
  'electron/core/backend/fill-sample.ts',
  'electron/core/backend/local-workspace.ts',
  'electron/core/backend/sample-roles.ts',
  'electron/core/backend/twin/migrate.ts',
  'electron/core/backend/twin/child/accounts.ts',
  'electron/core/backend/twin/child/adopt.ts',
  'electron/core/backend/twin/child/engine.ts',
  'electron/core/backend/twin/child/template.ts',
  'node_modules/@electric-sql/pglite/package.json',
  'scripts/workspace-template.ts',
]
/** Where it is kept from build to build. */
const TEMPLATE = join(ROOT, 'out/workspace-template')
/** Where the product has it: its digest is inside the asar. */
const TEMPLATE_FILES = {
  'workspace-template.tar.gz': 'out/children',
  'workspace-template.json': 'out/main',
}
/** Each becomes one file and its lazy chunks: it runs outside the asar, under a permission model. */
export const CHILDREN = {
  benchmark: 'electron/core/benchmark/child/main.ts',
  scan: 'electron/core/scan/child/main.ts',
  twin: 'electron/core/backend/twin/child/main.ts',
}
const PGLITE = 'node_modules/@electric-sql/pglite/dist'
/** Files a child reads beside its bundle, by the name they get there. */
const CHILD_FILES = {
  'twin-pglite.wasm': `${PGLITE}/pglite.wasm`,
  'twin-pglite.data': `${PGLITE}/pglite.data`,
  'twin-initdb.wasm': `${PGLITE}/initdb.wasm`,
}

/** Names, sizes and times of all sources as one hash: a few milliseconds for a few hundred files. */
function sourceState() {
  const hash = createHash('sha256')
  const visit = (path) => {
    const info = statSync(join(ROOT, path))
    if (!info.isDirectory()) return hash.update(`${path} ${info.size} ${info.mtimeMs}\n`)
    for (const name of readdirSync(join(ROOT, path)).sort()) visit(`${path}/${name}`)
  }
  for (const path of SOURCES) visit(path)
  return hash.digest('hex')
}

export function isBuilt() {
  try {
    return JSON.parse(readFileSync(STAMP, 'utf8')).sources === sourceState()
  } catch {
    return false
  }
}

export function ensureBuilt() {
  if (!isBuilt()) build()
  else if (!hasTemplate()) makeTemplate()
}

export function build() {
  const sources = sourceState()
  process.stderr.write('Building …\n')
  try {
    rmSync(STAMP, { force: true })
    mkdirSync(join(ROOT, 'out'), { recursive: true })
    accessSync(join(ROOT, 'out'), constants.W_OK)
  } catch (error) {
    fail(
      `${join(ROOT, 'out')} is older than its sources and cannot be written (${error.message}).`,
      'Copy the folder to a place of your own and run the same command there.',
    )
  }
  run('node_modules/electron-vite/bin/electron-vite.js', ['build', '--logLevel', 'warn'])
  run('node_modules/vite/bin/vite.js', [
    'build',
    '--config',
    'scripts/verifier.vite.config.mjs',
    '--logLevel',
    'warn',
  ])
  rmSync(join(ROOT, 'out/children'), { recursive: true, force: true })
  for (const [name, entry] of Object.entries(CHILDREN))
    run(
      'node_modules/vite/bin/vite.js',
      ['build', '--config', 'scripts/child.vite.config.mjs', '--logLevel', 'warn'],
      {
        CHILD_NAME: name,
        CHILD_ENTRY: entry,
      },
    )
  for (const [name, source] of Object.entries(CHILD_FILES))
    copyFileSync(join(ROOT, source), join(ROOT, 'out/children', name))
  const files = readdirSync(join(ROOT, 'out/children')).sort()
  const digests = Object.keys(CHILDREN).map((name) => [
    name,
    Object.fromEntries(
      files
        .filter((file) => file === `${name}.js` || file.startsWith(`${name}-`))
        .map((file) => [file, sha256(readFileSync(join(ROOT, 'out/children', file)))]),
    ),
  ])
  writeFileSync(
    join(ROOT, 'out/main/children.json'),
    `${JSON.stringify(Object.fromEntries(digests), null, 2)}\n`,
  )
  writeFileSync(STAMP, JSON.stringify({ sources }))
  if (hasTemplate()) placeTemplate()
  else makeTemplate()
}

/** By content, because making one takes the better part of a minute. */
function templateState() {
  const hash = createHash('sha256')
  const visit = (path) => {
    if (!statSync(join(ROOT, path)).isDirectory())
      return hash.update(`${path} ${sha256(readFileSync(join(ROOT, path)))}\n`)
    for (const name of readdirSync(join(ROOT, path)).sort()) visit(`${path}/${name}`)
  }
  for (const path of TEMPLATE_SOURCES) visit(path)
  return hash.digest('hex')
}

/** Made of these sources, or tried in vain: a migration in the works is not tried at every test. */
function hasTemplate() {
  try {
    return readFileSync(join(TEMPLATE, 'sources'), 'utf8') === templateState()
  } catch {
    return false
  }
}

function makeTemplate() {
  const sources = templateState()
  process.stderr.write('Making the workspace that new data folders start with …\n')
  rmSync(TEMPLATE, { recursive: true, force: true })
  const node = requireNode()
  const { status } = spawnSync(
    node,
    [
      '--import',
      join(ROOT, 'scripts/typescript-hooks.mjs'),
      join(ROOT, 'scripts/workspace-template.ts'),
      TEMPLATE,
    ],
    { cwd: ROOT, stdio: ['ignore', 2, 2], env: nodeEnvironment(node) },
  )
  // The product makes one itself where none is shipped, and its tests say what is wrong with the SQL.
  if (status !== 0)
    process.stderr.write(
      'It could not be made: the message above says why. Without it the first start takes longer.\n',
    )
  mkdirSync(TEMPLATE, { recursive: true })
  writeFileSync(join(TEMPLATE, 'sources'), sources)
  placeTemplate()
}

function placeTemplate() {
  for (const [name, folder] of Object.entries(TEMPLATE_FILES)) {
    rmSync(join(ROOT, folder, name), { force: true })
    if (existsSync(join(TEMPLATE, name)))
      copyFileSync(join(TEMPLATE, name), join(ROOT, folder, name))
  }
}

function sha256(bytes) {
  return createHash('sha256').update(bytes).digest('hex')
}

function run(script, args, environment = {}) {
  const node = requireNode()
  const result = spawnSync(node, [join(ROOT, script), ...args], {
    cwd: ROOT,
    stdio: ['ignore', 2, 2],
    env: { ...nodeEnvironment(node), NODE_ENV: 'production', ...environment },
  })
  if (result.status !== 0)
    fail(
      `The build failed in ${script}.`,
      'The message above says where. `npm run typecheck` often says it better.',
    )
}
