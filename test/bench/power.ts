// `npm run bench:power [-- --same 200 --twins 40 --blocks 10 --load both]`: how often a model is called
// different from itself, and how often a twin that does 5 % more work is called slower; on the machine
// as it is, and while two more processes want both cores. Equal models in short launches, twins in those of the
// profile "quick"; gate and repetitions are the product's. Ends with an error when a bar is missed.
// `--out FILE` adds a line of JSON for each comparison.
import { type ChildProcess, spawn } from 'node:child_process'
import { appendFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { median } from '@shared/statistics/quantile'
import { BASE_WORK, openPower, type PowerFinding, TWIN_WORK } from '../fixtures/power'

const { values } = parseArgs({
  options: {
    same: { type: 'string', default: '200' },
    twins: { type: 'string', default: '40' },
    blocks: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    load: { type: 'string', default: 'both' },
    out: { type: 'string' },
  },
})
const [same, twins, blocks, seed] = [values.same, values.twins, values.blocks, values.seed].map(
  Number,
) as [number, number, number, number]

const SIGNIFICANT = 0.05
/** Bars of the issue: shares of the comparisons. */
const MOST_CALLED = 0.08
const LEAST_FOUND = { quiet: 0.95, loaded: 0.8 }
/** Points around the 5 % that the twin does more. */
const ESTIMATE = 0.015

const power = openPower()
let missed = false

function loaded(): ChildProcess[] {
  return [0, 1].map(() => spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }))
}

async function many(count: number, work: number, label: string): Promise<PowerFinding[]> {
  const all: PowerFinding[] = []
  for (let i = 0; i < count; i++) {
    const profile = work === BASE_WORK ? 'short' : 'quick'
    const found = await power.compare(work, blocks, seed * 1000 + i, profile)
    all.push(found)
    if (values.out !== undefined)
      appendFileSync(values.out, `${JSON.stringify({ label, load: loadavg()[0], ...found })}\n`)
    process.stderr.write(`\r${label}: ${i + 1} of ${count} `)
  }
  process.stderr.write('\n')
  return all
}

function say(ok: boolean, sentence: string): void {
  if (!ok) missed = true
  console.log(`${ok ? 'ok    ' : 'MISSED'} ${sentence}`)
}

async function round(kind: 'quiet' | 'loaded'): Promise<void> {
  console.log(
    `${kind}: load ${loadavg()
      .map((one) => one.toFixed(1))
      .join(' ')}`,
  )
  if (same > 0) await equals(kind)
  if (twins > 0) await unequals(kind)
}

async function equals(kind: 'quiet' | 'loaded'): Promise<void> {
  const equal = await many(same, BASE_WORK, `A/A, ${kind}`)
  const called = equal.filter(({ p }) => p <= SIGNIFICANT).length
  const beyond = equal.filter(({ verdict }) => verdict === 'faster' || verdict === 'slower').length
  say(called <= MOST_CALLED * same, `${kind}: ${called} of ${same} A/A comparisons have p <= .05`)
  say(beyond === 0, `${kind}: ${beyond} of ${same} are called faster or slower`)
}

async function unequals(kind: 'quiet' | 'loaded'): Promise<void> {
  const other = await many(twins, TWIN_WORK, `5 % more work, ${kind}`)
  const found = other.filter(({ verdict }) => verdict === 'slower').length
  const effects = other.map(({ effect }) => effect)
  const near = effects.filter((effect) => Math.abs(effect - 0.05) <= ESTIMATE).length
  say(
    found >= LEAST_FOUND[kind] * twins,
    `${kind}: ${found} of ${twins} twins with 5 % more work are called slower`,
  )
  const sum = (of: (one: PowerFinding) => number) => other.reduce((all, one) => all + of(one), 0)
  console.log(
    `       load ${loadavg()[0]?.toFixed(1)}; of ${2 * twins * blocks} launches ${sum(({ noisy }) => noisy)} were disturbed, ${sum(({ repeated }) => repeated)} repeated`,
  )
  const points = (effect: number) => `${(effect * 100).toFixed(2)} %`
  say(
    Math.abs(median(effects) - 0.05) <= ESTIMATE,
    `${kind}: estimates ${points(Math.min(...effects))} to ${points(Math.max(...effects))}, median ${points(median(effects))}; ${near} of ${twins} within 1.5 points`,
  )
}

try {
  if (values.load !== 'loaded') await round('quiet')
  if (values.load !== 'quiet') {
    const processes = loaded()
    try {
      await round('loaded')
    } finally {
      for (const one of processes) one.kill('SIGKILL')
    }
  }
} finally {
  power.close()
}
process.exitCode = missed ? 1 : 0
