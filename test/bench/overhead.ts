// `npm run bench:overhead [-- --blocks 3000]`: what the timing loop adds to an inference, against a bare
// loop around the same engine, in one process and in turns. Prints ratios; the bar is 1.03.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { PROFILE } from '@shared/benchmark/profile'
import { median, quantile } from '@shared/statistics/quantile'
import { createRandom } from '@shared/statistics/random'
import { loadOnnxRuntimeNode } from '../../electron/core/benchmark/child/engines/onnxruntime-node'
import { randomItems } from '../../electron/core/benchmark/child/inputs/items'
import { prepareQueries } from '../../electron/core/benchmark/child/inputs/queries'
import { inputShapes } from '../../electron/core/benchmark/child/inputs/shapes'
import { createRecorder } from '../../electron/core/benchmark/child/loop/recorder'
import { createRunner } from '../../electron/core/benchmark/child/loop/runner'
import { createOutputWatch } from '../../electron/core/benchmark/child/output-watch'
import { openLaunches } from '../fixtures/launch-plan'
import { matMulChain } from '../fixtures/onnx-model'

const { values } = parseArgs({ options: { blocks: { type: 'string', default: '3000' } } })
const BLOCKS = Number(values.blocks)
/** Shorter than a slice of the scheduler, so that most blocks have the core to themselves. */
const BLOCK_MS = 1
/** Of the blocks of each kind: others on the machine only ever make one slower. */
const QUIET = 0.25
const BAR = 1.03

/** Models of about 8, 68 and 480 µs where this was written; the figures say what they take here. */
const MODELS = [
  { name: 'about 8 µs', bytes: matMulChain(8, 64) },
  { name: 'about 68 µs', bytes: matMulChain(40, 192) },
  { name: 'about 480 µs', bytes: matMulChain(72, 448) },
]

const launches = openLaunches()
const folder = mkdtempSync(join(tmpdir(), 'overhead-'))
const row = (...cells: string[]) =>
  console.log(cells.map((cell, i) => (i === 0 ? cell.padEnd(14) : cell.padStart(14))).join(' '))

async function measured(name: string, bytes: Buffer): Promise<boolean> {
  const path = join(folder, 'model.onnx')
  writeFileSync(path, bytes)
  const plan = { ...launches.plan(bytes), profile: PROFILE.quick }
  const model = await loadOnnxRuntimeNode(plan)
  const shapes = inputShapes(model.inputs, model.inputs[0], () => undefined)
  const inputs = { kind: 'random', shapes: {}, items: 64, low: 0, high: 1 } as const
  const items = randomItems(inputs, shapes, 1, {}, 1_000_000)
  const queries = prepareQueries(model, shapes, items, 1, createRandom(1))
  const runner = createRunner(model, queries)
  const watch = createOutputWatch(model, 1_000_000)
  await watch.takeReferences(queries, model.run)
  const feeds = queries.feeds as Parameters<typeof model.run>[0][]

  const bare = (count: number) => {
    const started = performance.now()
    for (let i = 0; i < count; i++) void model.run(feeds[i % feeds.length] ?? {})
    return (performance.now() - started) / count
  }
  const warm = bare(2000)
  const count = Math.max(2, Math.round(BLOCK_MS / warm))
  const durations = new Float64Array(count)
  const recorder = createRecorder(PROFILE.quick.samples)
  const timed = async () => {
    const output = await runner.time(recorder.queries(), count, durations)
    recorder.add(durations, count)
    watch.compare(feeds[runner.feedOf(recorder.queries() - 1)], output)
    return durations.reduce((sum, one) => sum + one, 0) / count
  }
  const times = { bare: [] as number[], reported: [] as number[] }
  for (let block = 0; block < BLOCKS; block++) {
    if (block % 2 === 0) times.bare.push(bare(count))
    times.reported.push(await timed())
    if (block % 2 === 1) times.bare.push(bare(count))
  }
  const quiet = (of: number[]) => quantile(of, QUIET)
  const ratio = quiet(times.reported) / quiet(times.bare)
  row(
    name,
    `${(quiet(times.bare) * 1000).toFixed(1)} µs`,
    ratio.toFixed(4),
    (median(times.reported) / median(times.bare)).toFixed(4),
    ratio <= BAR ? 'ok' : 'OVER',
  )
  return ratio <= BAR
}

try {
  row('model', 'bare loop', 'reported', 'of medians', `<= ${BAR}`)
  const results = []
  for (const { name, bytes } of MODELS) results.push(await measured(name, bytes))
  process.exitCode = results.every(Boolean) ? 0 : 1
} finally {
  rmSync(folder, { recursive: true })
  launches.close()
}
