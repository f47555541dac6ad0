// `npm run eval:real [-- --python /usr/bin/python3]`: honest files that libraries themselves saved.
// A Python with scikit-learn, joblib, torch, numpy, pandas, h5py or onnx makes them (Debian:
// python3-sklearn python3-torch python3-onnx python3-h5py python3-pandas); what it lacks is named.
// Prints every finding at medium or above; exit 1 below the bar of the project, 0 when skipped.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { ScanReport } from '@shared/scan-report/report'
import { writeSafetensors } from './big-files'

const { values } = parseArgs({ options: { python: { type: 'string', default: 'python3' } } })
const root = resolve(import.meta.dirname, '../..')
const SEVERE = new Set(['critical', 'high'])

const folder = mkdtempSync(join(tmpdir(), 'eval-real-'))
try {
  const models = join(folder, 'models')
  mkdirSync(models)
  const maker = spawnSync(values.python, [join(root, 'test/fixtures/real-models.py'), models], {
    encoding: 'utf8',
  })
  if (maker.error !== undefined) skip(`${values.python} is not here (${maker.error.message})`)
  else if (maker.status !== 0) throw new Error(`real-models.py failed:\n${maker.stderr}`)
  else {
    process.stdout.write(maker.stdout)
    writeSafetensors(join(models, 'weights.safetensors'), 1e6)
    evaluate(scan(models))
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function scan(models: string): ScanReport {
  const options = [
    '--format',
    'json',
    '--no-save',
    '--no-cache',
    '--data-dir',
    join(folder, 'data'),
  ]
  const run = spawnSync(
    process.execPath,
    [join(root, 'out/main/cli.js'), 'scan', models, ...options],
    { encoding: 'utf8', maxBuffer: 1 << 28 },
  )
  try {
    return ScanReport.parse(JSON.parse(run.stdout))
  } catch (error) {
    throw new Error(`The command line printed no report: ${run.stderr}`, { cause: error })
  }
}

function evaluate({ files }: ScanReport): void {
  if (files.length < 2) {
    skip(`${values.python} has none of the libraries`)
    return
  }
  const alarms = files.map(({ path, findings }) => ({
    path,
    found: findings.filter(({ severity }) => SEVERE.has(severity) || severity === 'medium'),
  }))
  for (const { path, found } of alarms)
    for (const { severity, ruleId, evidence } of found)
      console.log(`${severity}: ${path}: ${ruleId} ${evidence}`)
  for (const { path, status } of files)
    if (status !== 'complete') console.log(`not read to the end: ${path}`)

  const severe = alarms.filter(({ found }) => found.some(({ severity }) => SEVERE.has(severity)))
  const medium = alarms.filter(({ found }) => found.length > 0)
  const unread = files.filter(({ status }) => status !== 'complete')
  console.log(
    `${files.length} files: ${severe.length} with a finding at high or above, ` +
      `${medium.length} at medium or above, ${unread.length} not read to the end.`,
  )
  if (severe.length > 0 || medium.length > 0.03 * files.length || unread.length > 0)
    process.exitCode = 1
}

function skip(reason: string): void {
  console.log(`Skipped: ${reason}.`)
}
