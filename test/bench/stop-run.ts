// `npm run bench:stop [-- --pauses 60 --cancels 20 --seed 1]`: milliseconds from the call that pauses or cancels a
// benchmark to its answer, as a page sees it, at random moments of a run. Ends with an error over 100 ms.
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import type { Contract } from '@shared/contract'
import { quantile } from '@shared/statistics/quantile'
import { createRandom } from '@shared/statistics/random'
import { WebSocket } from 'ws'
import { startConsole, stopConsole } from '../e2e/fixtures/console'
import { benchmarkFolder } from '../fixtures/benchmarks'

const { values } = parseArgs({
  options: {
    pauses: { type: 'string', default: '60' },
    cancels: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
  },
})
const BAR_MS = 100
/** Moments are drawn from so long after the start: scan, looks at the machine, two or three launches. */
const WITHIN_MS = 2500

const random = createRandom(Number(values.seed))
const folder = mkdtempSync(join(tmpdir(), 'bench-stop-'))
const running = await startConsole(folder)
const socket = new WebSocket(
  `${running.origin.replace('http', 'ws')}/rpc`,
  ['orpc', `token.${running.token}`],
  { origin: running.origin },
)
const client: ContractRouterClient<Contract> = createORPCClient(
  new RPCLink({ websocket: socket as never }),
)
const { suite, model } = benchmarkFolder(running.root)
const models = [model('a.onnx', 20, 256), model('b.onnx', 21, 256)]

const start = async () =>
  (await client.benchmark.start({ models, suite, profile: 'standard', references: false })).jobId

/** What the run was about when it was stopped. */
const phases = new Map<string, string>()
function follow(jobId: string): void {
  void (async () => {
    for await (const event of await client.benchmark.watch({ jobId }))
      if (event.type === 'progress') phases.set(jobId, event.launch?.phase ?? event.job.stage)
  })().catch(() => {})
}

interface Stop {
  ms: number
  phase: string
}

async function timed(jobId: string, stop: () => Promise<boolean>): Promise<Stop | undefined> {
  await sleep(random.uniform() * WITHIN_MS)
  const phase = phases.get(jobId) ?? 'starting'
  const began = performance.now()
  const stopped = await stop()
  return stopped ? { ms: performance.now() - began, phase } : undefined
}

function say(name: string, stops: readonly Stop[]): void {
  const times = stops.map(({ ms }) => ms)
  const at = (share: number) => quantile(times, share).toFixed(0)
  const over = stops.filter(({ ms }) => ms > BAR_MS)
  console.log(
    `${over.length === 0 ? 'ok    ' : 'MISSED'} ${times.length} ${name}: median ${at(0.5)} ms, p90 ${at(0.9)} ms, longest ${at(1)} ms; ${over.length} over ${BAR_MS} ms`,
  )
  for (const [phase, some] of Map.groupBy(stops, (one) => one.phase))
    console.log(
      `         ${phase.padEnd(16)} ${String(some.length).padStart(3)} times, longest ${Math.max(...some.map(({ ms }) => ms)).toFixed(0)} ms`,
    )
  if (over.length > 0) process.exitCode = 1
}

try {
  console.log(`Load ${loadavg().map((one) => one.toFixed(1))}`)
  const pauses: Stop[] = []
  let jobId = await start()
  follow(jobId)
  while (pauses.length < Number(values.pauses)) {
    const stop = await timed(jobId, async () => (await client.jobs.pause({ jobId })).paused)
    if (stop === undefined || !(await client.jobs.resume({ jobId })).resumed) {
      jobId = await start()
      follow(jobId)
    }
    if (stop !== undefined) pauses.push(stop)
  }
  await client.jobs.cancel({ jobId })
  say('pauses', pauses)
  const cancels: Stop[] = []
  while (cancels.length < Number(values.cancels)) {
    const id = await start()
    follow(id)
    const stop = await timed(id, async () => (await client.jobs.cancel({ jobId: id })).cancelled)
    if (stop !== undefined) cancels.push(stop)
  }
  say('cancels', cancels)
  console.log(`Load ${loadavg().map((one) => one.toFixed(1))}`)
} finally {
  socket.close()
  await stopConsole(running)
  rmSync(folder, { recursive: true, force: true })
}
