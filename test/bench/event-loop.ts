// `npm run bench:loop [-- --files 10000]`: how long the host's event loop is held up while a real
// console scans many files, some of them with thousands of findings. Prints figures.
import { mkdirSync, writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { openConsole } from '../fixtures/console'
import { pickle } from '../fixtures/pickle-writer'
import { writeSmallFiles } from '../fixtures/small-files'

const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '10000' },
    'heavy-files': { type: 'string', default: '20' },
  },
})
const RESOLUTION_MS = 1

/** Processor time of this thread in each turn of the loop: what other programs take is not in it. */
function watchTurns() {
  const turns: number[] = []
  let running = true
  let last = process.threadCpuUsage()
  const turn = () => {
    const now = process.threadCpuUsage()
    turns.push((now.user + now.system - last.user - last.system) / 1000)
    last = now
    if (running) setTimeout(turn, RESOLUTION_MS)
  }
  turn()
  return () => {
    running = false
    turns.sort((a, b) => a - b)
    return { p99: turns[Math.floor(turns.length * 0.99)] ?? 0, max: turns.at(-1) ?? 0 }
  }
}

const open = openConsole()
writeSmallFiles(join(open.root, 'delivery'), Number(values.files))
mkdirSync(join(open.root, 'delivery/heavy'))
for (let i = 0; i < Number(values['heavy-files']); i++)
  writeFileSync(join(open.root, `delivery/heavy/${i}.pkl`), manyCalls(2000))

/** Calls that no rule knows, each another one: facts and findings by the thousand. */
function manyCalls(count: number): Buffer {
  const writer = pickle(2)
  for (let i = 0; i < count; i++)
    writer.raw(`cpackage_${i}\nfunction_${i}\n`).raw('(').binUnicode(`argument ${i}`).raw('tR0')
  return writer.raw('N.').bytes()
}

const row = (...cells: string[]) =>
  console.log(cells.map((cell, i) => (i === 0 ? cell.padEnd(28) : cell.padStart(12))).join(' '))

async function measured(name: string): Promise<void> {
  const paths = [join(open.root, 'delivery')]
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  const started = performance.now()
  delay.enable()
  const endTurns = watchTurns()
  const { jobId } = await open.client.scan.start({ target: { kind: 'paths', paths } })
  let findings = 0
  for await (const event of await open.client.scan.watch({ jobId })) {
    if (event.type === 'progress') {
      findings = Object.values(event.job.bySeverity).reduce((sum, n) => sum + n, 0)
    }
    if (event.type === 'failed') throw new Error(event.message)
  }
  delay.disable()
  const turns = endTurns()
  const ms = (nanoseconds: number) => `${(nanoseconds / 1e6 - RESOLUTION_MS).toFixed(1)} ms`
  row(
    name,
    `${((performance.now() - started) / 1000).toFixed(1)} s`,
    ms(delay.percentile(50)),
    ms(delay.percentile(99)),
    ms(delay.max),
    `${turns.p99.toFixed(1)} ms`,
    `${turns.max.toFixed(1)} ms`,
    `${findings}`,
  )
}

try {
  console.log(`${values.files} files, load ${loadavg()[0]?.toFixed(2)}; bar: p99 <= 50 ms`)
  row('', 'in all', 'p50', 'p99', 'max', 'p99 CPU', 'max CPU', 'findings')
  await measured('first scan')
  await measured('second scan, from the cache')
  await measured('third scan, from the cache')
} finally {
  await open.close()
}
