// `npm run bench:scan [-- --gigabytes 1 --runs 5]`: speed and memory of the built command line on
// large files, beside what the machine does with the same bytes. Prints a table; nothing is asserted.
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import {
  writeDensePickle,
  writeNpy,
  writePickleOfArrays,
  writeSafetensors,
  writeTorchZip,
} from './big-files'
import { measureCancel } from './cancel'
import { type Measured, measure, median } from './measure'

const { values } = parseArgs({
  options: { gigabytes: { type: 'string', default: '1' }, runs: { type: 'string', default: '5' } },
})
const bytes = Number(values.gigabytes) * 1e9
const runs = Number(values.runs)
const cli = resolve(import.meta.dirname, '../../out/main/cli.js')

const FILES: [name: string, write: (path: string) => void, bar: string][] = [
  ['torch.pt', (path) => writeTorchZip(path, bytes), '<= 0.30 s, <= 160 MiB'],
  ['model.safetensors', (path) => writeSafetensors(path, bytes), '<= 0.30 s, <= 160 MiB'],
  ['array.npy', (path) => writeNpy(path, bytes), '<= 0.30 s, <= 160 MiB'],
  ['arrays.pkl', (path) => writePickleOfArrays(path, bytes), '<= 0.30 s'],
  [
    'dense.pkl',
    (path) => writeDensePickle(path, Math.round(10e6 * Number(values.gigabytes))),
    '<= 1.00 s, <= 350 MiB',
  ],
]

/** Node's own SHA-256 of the file, in a process of its own, with the same reused buffer. */
const HASH = `
  const fs = require('node:fs'), file = fs.openSync(process.argv[1]), buffer = Buffer.allocUnsafe(4 << 20)
  const hash = require('node:crypto').createHash('sha256')
  for (let n; (n = fs.readSync(file, buffer)) > 0; ) hash.update(buffer.subarray(0, n))
  hash.digest('hex')`

const folder = mkdtempSync(join(process.env.BENCH_DIR ?? tmpdir(), 'bench-scan-'))

const row = (...cells: string[]) =>
  console.log(cells.map((cell, i) => (i === 0 ? cell.padEnd(34) : cell.padStart(12))).join(' '))

async function several(command: string, args: string[]): Promise<Measured[]> {
  await measure(command, args)
  const all: Measured[] = []
  for (let i = 0; i < runs; i++) all.push(await measure(command, args))
  return all
}
const seconds = (all: Measured[]) => median(all.map((one) => one.seconds))
const scanArguments = (path: string, ...flags: string[]) => [
  cli,
  'scan',
  path,
  '--format',
  'json',
  '--no-save',
  // Settings and cache of whoever measures have no part in it.
  '--data-dir',
  join(folder, 'data'),
  ...flags,
]

/** Own hashing against Node's own, in turn, so that a busy machine slows both. */
async function hashRatio(path: string): Promise<{ own: number; ratio: number }> {
  const own: number[] = []
  const ratios: number[] = []
  for (let i = 0; i < runs; i++) {
    const plain = (await measure(process.execPath, scanArguments(path, '--no-hash'))).seconds
    const hashed = (await measure(process.execPath, scanArguments(path, '--no-cache'))).seconds
    const empty = (await measure(process.execPath, ['-e', '0'])).seconds
    const peer = (await measure(process.execPath, ['-e', HASH, path])).seconds
    own.push(hashed - plain)
    ratios.push((hashed - plain) / (peer - empty))
  }
  return { own: median(own), ratio: median(ratios) }
}

try {
  console.log(
    `Load ${loadavg()
      .map((n) => n.toFixed(2))
      .join(' ')}, Node ${process.versions.node}, ${runs} runs, median`,
  )
  row('', 'seconds', 'peak MiB', 'verdict', 'bar')
  const start = await several(process.execPath, ['-e', '0'])
  row('node -e 0', seconds(start).toFixed(3))
  for (const [name, write, bar] of FILES) {
    const path = join(folder, name)
    write(path)
    const all = await several(process.execPath, scanArguments(path, '--no-hash'))
    const file = JSON.parse(all[0]?.stdout ?? '{}').files?.[0]
    const peak = Math.max(...all.map((one) => one.peakMiB))
    row(
      `${name} --no-hash (${(statSync(path).size / 1e9).toFixed(2)} GB)`,
      seconds(all).toFixed(3),
      peak.toFixed(0),
      `${file?.format} ${file?.status} ${file?.verdict}`,
      bar,
    )
    if (name === 'torch.pt') {
      row('  cat', seconds(await several('sh', ['-c', `cat '${path}' > /dev/null`])).toFixed(3))
      const { own, ratio } = await hashRatio(path)
      row(
        '  SHA-256, beyond start-up',
        own.toFixed(3),
        '',
        `${ratio.toFixed(2)} x Node`,
        '<= 1.30 x',
      )
    }
    rmSync(path)
  }
  const { milliseconds, left } = await measureCancel(20)
  row(
    'cancel, answered',
    `${(Math.max(...milliseconds) / 1000).toFixed(3)}`,
    '',
    `${left} workers left`,
    '<= 0.10 s, 0 left',
  )
} finally {
  rmSync(folder, { recursive: true })
}
