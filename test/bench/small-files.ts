// `npm run bench:small [-- --files 2000 --runs 5]`: many small files by the built command line, without
// and with what the cache knows, and after a typical edit. Prints figures; nothing is asserted.
import { appendFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { ScanReport } from '@shared/scan-report/report'
import { writeSmallFiles } from '../fixtures/small-files'
import { type Measured, measure, median } from './measure'

const { values } = parseArgs({
  options: { files: { type: 'string', default: '2000' }, runs: { type: 'string', default: '5' } },
})
const count = Number(values.files)
const runs = Number(values.runs)
const cli = resolve(import.meta.dirname, '../../out/main/cli.js')
const folder = mkdtempSync(join(process.env.BENCH_DIR ?? tmpdir(), 'bench-small-'))
const root = join(folder, 'delivery')
const data = join(folder, 'data')

const row = (...cells: string[]) =>
  console.log(cells.map((cell, i) => (i === 0 ? cell.padEnd(40) : cell.padStart(14))).join(' '))

async function scan(): Promise<Measured & { report: ScanReport }> {
  const flags = ['--format', 'json', '--no-save', '--fail-on', 'malicious', '--data-dir', data]
  const run = await measure(process.execPath, [cli, 'scan', root, ...flags])
  return { ...run, report: JSON.parse(run.stdout) as ScanReport }
}

function show(name: string, all: Awaited<ReturnType<typeof scan>>[], bar: string): void {
  const perFile = median(all.map((one) => (one.seconds * 1000) / count))
  const hits = median(
    all.map(({ report }) => report.files.filter((file) => file.cached).length / count),
  )
  const peak = Math.max(...all.map((one) => one.peakMiB))
  row(
    name,
    `${perFile.toFixed(3)} ms`,
    `${(hits * 100).toFixed(1)} %`,
    `${peak.toFixed(0)} MiB`,
    bar,
  )
}

/** A tenth of the files changes, a tenth is only touched, a tenth moves to another folder. */
function edit(paths: string[], round: number): void {
  const moved = join(root, `moved-${round}`)
  mkdirSync(moved)
  for (const [index, path] of paths.entries()) {
    const turn = (index + round) % 10
    if (turn === 0) appendFileSync(path, ' ')
    if (turn === 3) utimesSync(path, new Date(), new Date())
    if (turn !== 6) continue
    const next = join(moved, basename(path))
    renameSync(path, next)
    paths[index] = next
  }
}

try {
  const paths = writeSmallFiles(root, count)
  console.log(`${count} files, ${runs} runs, median; load ${loadavg()[0]?.toFixed(2)}`)
  row('', 'a file', 'hits', 'peak', 'bar')
  const first = []
  for (let i = 0; i < runs; i++) {
    rmSync(data, { recursive: true, force: true })
    first.push(await scan())
  }
  show('first run', first, '<= 5 ms')
  const second = []
  for (let i = 0; i < runs; i++) second.push(await scan())
  show('second run', second, '<= 1 ms, >= 99 %')
  const edited = []
  for (let i = 0; i < runs; i++) {
    edit(paths, i)
    edited.push(await scan())
  }
  show('10 % changed, 10 % touched, 10 % moved', edited, '>= 80 %')
} finally {
  rmSync(folder, { recursive: true })
}
