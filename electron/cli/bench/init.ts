import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { SuiteManifest } from '@shared/benchmark/suite'
import { EXIT, UsageError } from '../usage'
import { text } from './messages'
import type { BenchOptions } from './options'

/** Two classes that a line parts: small enough to read, enough to see every part work. */
const DATA = `x,y,label
${Array.from({ length: 20 }, (_, i) => `${(i / 20).toFixed(2)},${((i * 7) % 20) / 20},${i < 10 ? 0 : 1}`).join('\n')}
`

/** Writes a suite of one's own: a manifest, a small data set, and what to change. */
export function init({ names }: BenchOptions): number {
  const [name] = names
  if (name === undefined || names.length > 1) throw new UsageError(text.initUsage)
  const folder = resolve(name)
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new UsageError(text.initExists(name))
  const id =
    basename(folder)
      .toLowerCase()
      .replace(/[^a-z0-9-]+/g, '-')
      .replace(/^-+|-+$/g, '') || 'suite'
  const manifest = SuiteManifest.parse({
    schemaVersion: 1,
    id,
    version: '1.0.0',
    title: 'My suite',
    description: 'What it measures, and for whom. A change of data or settings is a new version.',
    category: 'classification',
    task: 'classification',
    licence: { name: 'CC0-1.0', source: 'written by bench init' },
    data: {
      format: 'csv',
      file: { path: 'data.csv', sha256: createHash('sha256').update(DATA).digest('hex') },
      features: ['x', 'y'],
      label: 'label',
    },
    inputs: { kind: 'data' },
    scenarios: [{ kind: 'single-stream' }, { kind: 'offline', batchSizes: [1, 4, 16] }],
    metric: 'accuracy',
  })
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'suite.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  writeFileSync(join(folder, 'data.csv'), DATA)
  process.stdout.write(`${text.initDone(name)}\n`)
  return EXIT.clean
}
