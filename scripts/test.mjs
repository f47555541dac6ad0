// `npm test`: everything, from nothing. The last line is `N passed, N failed, N skipped`.
import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { continueUnderProductNode, nodeEnvironment, ROOT, requireNode } from './runtime.mjs'
import { ensureInstalled } from './setup.mjs'

ensureInstalled()
await continueUnderProductNode()
const { ensureBuilt } = await import('./build.mjs')
const { findOrInstallChromium } = await import('./chromium.mjs')

const total = { passed: 0, failed: 0, skipped: 0 }
const add = (counts) => {
  for (const key of Object.keys(total)) total[key] += counts[key]
}
rmSync(join(ROOT, 'test-results'), { recursive: true, force: true })

step('Type check', () => task('typecheck'))
step('Lint', () => task('lint'))
ensureBuilt()
suite('Unit and integration tests', 'test:unit', 'test-results/vitest.json', vitestCounts)

const chromium = await findOrInstallChromium()
if (chromium === undefined) {
  total.failed += 1
  process.stderr.write(
    'End-to-end tests did not run: no Chromium was found and none could be installed.\n' +
      'Install Chromium or Google Chrome, or set CHROMIUM_PATH to one, and run npm test again.\n',
  )
} else {
  process.env.CHROMIUM_PATH = chromium
  suite('End-to-end tests', 'test:e2e', 'test-results/playwright.json', playwrightCounts)
}

process.stdout.write(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`)
process.exitCode = total.failed === 0 ? 0 : 1

/** A step without tests of its own counts as one. */
function step(title, run) {
  process.stdout.write(`\n== ${title}\n`)
  const ok = run() === 0
  add({ passed: Number(ok), failed: Number(!ok), skipped: 0 })
}

/** A runner that fails without naming a failed test (a crash, no test found) counts as one failure. */
function suite(title, name, resultFile, countsOf) {
  process.stdout.write(`\n== ${title}\n`)
  const code = task(name)
  let counts
  try {
    counts = countsOf(JSON.parse(readFileSync(join(ROOT, resultFile), 'utf8')))
  } catch {
    counts = { passed: 0, failed: 0, skipped: 0 }
  }
  if (counts.failed === 0 && (code !== 0 || counts.passed === 0)) counts.failed = 1
  add(counts)
}

function vitestCounts(result) {
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests,
    skipped: result.numPendingTests + result.numTodoTests,
  }
}

function playwrightCounts({ stats, suites }) {
  const reasons = new Set(suites.flatMap(skipReasons))
  for (const reason of reasons) process.stdout.write(`Skipped: ${reason}\n`)
  for (const title of suites.flatMap(flaky))
    process.stdout.write(`Passed only on its second try: ${title}\n`)
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped }
}

function flaky({ specs = [], suites = [] }) {
  const own = specs.filter(({ tests }) => tests.some(({ status }) => status === 'flaky'))
  return [...own.map(({ file, title }) => `${file}: ${title}`), ...suites.flatMap(flaky)]
}

function skipReasons({ specs = [], suites = [] }) {
  const annotations = specs.flatMap(({ tests }) => tests.flatMap((test) => test.annotations))
  const own = annotations
    .filter(({ type }) => type === 'skip')
    .map(({ description }) => description)
  return [...own, ...suites.flatMap(skipReasons)]
}

function task(name) {
  const node = requireNode()
  const run = spawnSync(node, [join(ROOT, 'scripts/run.mjs'), name], {
    cwd: ROOT,
    stdio: 'inherit',
    env: nodeEnvironment(node),
  })
  return run.status ?? 1
}
