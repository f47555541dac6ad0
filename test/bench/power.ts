// `npm run bench:power [-- --same 200 --twins 40 --blocks 10 --load both]`: how often a model is called
// different from itself, and how often a twin that does 5 % more work is called slower; on the machine
// as it is, and while two more processes want both cores. Ends with an error when a bar is missed.
import { type ChildProcess, spawn } from 'node:child_process'
import { parseArgs } from 'node:util'
import type { ComparedMeasure } from '@shared/benchmark/comparison'
import { median } from '@shared/statistics/quantile'
import { BASE_WORK, openPower } from '../fixtures/power'

const { values } = parseArgs({
  options: {
    same: { type: 'string', default: '200' },
    twins: { type: 'string', default: '40' },
    blocks: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    load: { type: 'string', default: 'both' },
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

async function many(count: number, work: number, label: string): Promise<ComparedMeasure[]> {
  const all: ComparedMeasure[] = []
  for (let i = 0; i < count; i++) {
    all.push(await power.compare(work, blocks, seed * 1000 + i))
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
  const equal = await many(same, BASE_WORK, `A/A, ${kind}`)
  const called = equal.filter(({ p }) => p <= SIGNIFICANT).length
  const beyond = equal.filter(({ verdict }) => verdict === 'faster' || verdict === 'slower').length
  say(called <= MOST_CALLED * same, `${kind}: ${called} of ${same} A/A comparisons have p <= .05`)
  say(beyond === 0, `${kind}: ${beyond} of ${same} are called faster or slower`)
  const other = await many(twins, BASE_WORK + 1, `5 % more work, ${kind}`)
  const found = other.filter(({ verdict }) => verdict === 'slower').length
  const effects = other.map(({ effect }) => effect)
  const near = effects.filter((effect) => Math.abs(effect - 0.05) <= ESTIMATE).length
  say(
    found >= LEAST_FOUND[kind] * twins,
    `${kind}: ${found} of ${twins} twins with 5 % more work are called slower`,
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
