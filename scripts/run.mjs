// One developer task under the product's Node: `node scripts/run.mjs <task> [arguments]`.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { continueUnderProductNode, fail, nodeEnvironment, ROOT, requireNode } from './runtime.mjs'
import { ensureInstalled } from './setup.mjs'

ensureInstalled()
await continueUnderProductNode()
const { build, ensureBuilt } = await import('./build.mjs')

const bin = (path) => join(ROOT, 'node_modules', path)

/** Each returns an exit code; `built` tasks get an up-to-date out/ first. */
const TASKS = {
  typecheck: {
    run: (args) =>
      ['shared', 'electron', 'renderer', 'test', 'scripts']
        .map((part) => node(bin('typescript/bin/tsc'), ['-p', part, ...args]))
        .find((code) => code !== 0) ?? 0,
  },
  lint: {
    run: (args) => node(bin('@biomejs/biome/bin/biome'), ['check', '--error-on-warnings', ...args]),
  },
  'lint:fix': {
    run: (args) => node(bin('@biomejs/biome/bin/biome'), ['check', '--write', ...args]),
  },
  'test:unit': { built: true, run: (args) => node(bin('vitest/vitest.mjs'), ['run', ...args]) },
  'test:e2e': {
    built: true,
    run: (args) => node(bin('@playwright/test/cli.js'), ['test', '-c', 'test/e2e', ...args]),
  },
  'eval:scan': { built: true, run: (args) => typescript('test/bench/eval-scan.ts', args) },
  'eval:source': { built: true, run: (args) => typescript('test/bench/eval-source.ts', args) },
  'eval:real': { built: true, run: (args) => typescript('test/bench/eval-real.ts', args) },
  'fuzz:scan': { built: true, run: (args) => typescript('test/bench/fuzz-scan.ts', args) },
  'bench:scan': { built: true, run: (args) => typescript('test/bench/bench-scan.ts', args) },
  'bench:small': { built: true, run: (args) => typescript('test/bench/small-files.ts', args) },
  'bench:contain': { built: true, run: (args) => typescript('test/bench/contain.ts', args) },
  'bench:overhead': { built: true, run: (args) => typescript('test/bench/overhead.ts', args) },
  'bench:loop': { built: true, run: (args) => typescript('test/bench/event-loop.ts', args) },
  'sim:statistics': { run: (args) => typescript('test/bench/statistics.ts', args) },
  'bench:findings': {
    built: true,
    run: (args) => typescript('test/bench/findings-page.ts', args),
  },
  'bench:scale': { run: (args) => typescript('test/bench/scale.ts', args) },
  'bench:policies': { run: (args) => typescript('test/bench/policies.ts', args) },
  'storm:kill': { built: true, run: (args) => typescript('test/bench/kill.ts', args) },
  'storm:benchmark': {
    built: true,
    run: (args) => typescript('test/bench/kill.ts', ['benchmark', ...args]),
  },
  'storm:twin': { built: true, run: (args) => typescript('test/bench/kill-twin.ts', args) },
  'bench:rpc': { built: true, run: (args) => typescript('test/bench/rpc.ts', args) },
  'bench:stop': { built: true, run: (args) => typescript('test/bench/stop-run.ts', args) },
  'bench:power': { built: true, run: (args) => typescript('test/bench/power.ts', args) },
  screenshots: { built: true, run: (args) => typescript('scripts/screenshots.ts', args) },
  suites: {
    run: (args) =>
      typescript('scripts/benchmark-suites/index.ts', args) ||
      node(bin('@biomejs/biome/bin/biome'), ['check', '--write', 'resources/suites']),
  },
  db: { run: (args) => typescript('scripts/db/index.ts', args) },
  generate: { run: (args) => typescript('scripts/generate.ts', args) },
}

function node(script, args) {
  const binary = requireNode()
  const run = spawnSync(binary, [script, ...args], {
    cwd: ROOT,
    stdio: 'inherit',
    env: nodeEnvironment(binary),
  })
  return run.status ?? 1
}

/** Runs a TypeScript file of the repository without building it. */
function typescript(script, args) {
  return node('--import', [join(ROOT, 'scripts/typescript-hooks.mjs'), join(ROOT, script), ...args])
}

const [name, ...args] = process.argv.slice(2)
if (name === 'build') {
  build()
} else {
  const task = TASKS[name]
  if (task === undefined)
    fail(`There is no task "${name}".`, `Tasks: build, ${Object.keys(TASKS).join(', ')}.`)
  if (task.built) ensureBuilt()
  process.exitCode = task.run(args)
}
