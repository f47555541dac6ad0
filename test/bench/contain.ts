// `npm run bench:contain [-- --runs 200]`: models that end in every way there is, one after the other.
// Counts what came of each, and the processes that were left behind. Linux.
import { readdirSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { runConfined } from '../fixtures/confined'

const { values } = parseArgs({ options: { runs: { type: 'string', default: '200' } } })
const RUNS = Number(values.runs)

const WAYS: [name: string, code: string, limits?: Parameters<typeof runConfined>[1]][] = [
  ['ends', ''],
  ['loops', 'for (;;);', { wallMs: 300 }],
  ['fills its heap', 'const a = []; for (;;) a.push(new Array(1e5).fill({}))'],
  [
    'takes memory',
    'const a = []; for (;;) a.push(Buffer.alloc(64 << 20, 1))',
    { residentBytes: 4e8 },
  ],
  ['crashes', "process.kill(process.pid, 'SIGSEGV'); setInterval(() => {}, 1000)"],
  ['aborts', 'process.abort()'],
  ['throws', "throw new Error('no')"],
  ['talks for ever', "for (;;) process.stdout.write('x'.repeat(65536))", { wallMs: 300 }],
]

const endings = new Map<string, Map<string, number>>()
const slowest = { name: '', ms: 0 }
const folder = process.env.TMPDIR ?? '/tmp'
for (let run = 0; run < RUNS; run++) {
  const [name, code, limits] = WAYS[run % WAYS.length] ?? ['ends', '']
  const started = performance.now()
  const { ending } = await runConfined(code, limits)
  const ms = performance.now() - started
  if (ms > slowest.ms) Object.assign(slowest, { name, ms })
  const of = endings.get(name) ?? new Map<string, number>()
  const key = `${ending.kind}${ending.signal === null ? '' : ` ${ending.signal}`}`
  endings.set(name, of.set(key, (of.get(key) ?? 0) + 1))
}
for (const [name, of] of endings)
  console.log(name.padEnd(16), [...of].map(([ending, count]) => `${count} × ${ending}`).join(', '))
const orphans = readdirSync('/proc').filter((pid) => {
  try {
    return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('/confined-')
  } catch {
    return false
  }
})
const folders = readdirSync(folder).filter((name) => name.startsWith('prometheus-launch-'))
console.log(`${RUNS} runs, slowest ${slowest.ms.toFixed(0)} ms (${slowest.name})`)
console.log(`left behind: ${orphans.length} processes, ${folders.length} folders`)
process.exitCode = orphans.length === 0 ? 0 : 1
