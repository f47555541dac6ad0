// `npm run eval:scan [-- --json]`: the built command line, once over all labelled samples. Prints
// what was found, what was not, and false alarms; exit 1 below the bar of the project.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { ScanReport } from '@shared/scan-report/report'
import { evaluationSamples, pathOf } from '../fixtures/scan-evaluation'
import { type EvaluationResult, evaluateSamples, meetsBar } from '../fixtures/scan-evaluation/judge'
import { writeSamples } from '../fixtures/scan-evaluation/write'

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } })
const cli = resolve(import.meta.dirname, '../../out/main/cli.js')
const samples = evaluationSamples()

function scan(folder: string): ScanReport {
  const run = spawnSync(process.execPath, [cli, 'scan', folder, '--format', 'json', '--no-save'], {
    encoding: 'utf8',
    maxBuffer: 512 * 1024 * 1024,
  })
  try {
    return ScanReport.parse(JSON.parse(run.stdout))
  } catch (error) {
    throw new Error(`The command line printed no report (exit ${run.status}): ${run.stderr}`, {
      cause: error,
    })
  }
}

const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`

function print(result: EvaluationResult): void {
  for (const expect of ['malicious', 'benign'] as const) {
    const columns =
      expect === 'malicious' ? ['detected', 'weak', 'missed'] : ['high', 'medium', 'not complete']
    console.log(
      [expect.padEnd(34), 'samples', ...columns].map((text) => text.padStart(9)).join(' '),
    )
    for (const { family, samples: count, names } of result.families.filter(
      (row) => row.expect === expect,
    ))
      console.log(
        [family.padEnd(34), count, ...columns.map((column) => names[column]?.length ?? 0)]
          .map((cell) => String(cell).padStart(9))
          .join(' '),
      )
    console.log()
  }
  const told = ['missed', 'weak', 'high', 'medium', 'not complete']
  for (const kind of told)
    for (const { family, names } of result.families)
      for (const name of names[kind] ?? []) console.log(`${kind}: ${family} / ${name}`)
  const { malicious, benign } = result
  console.log(
    `\n${malicious} malicious: ${percent(result.detected, malicious)} detected, ` +
      `${percent(result.weak, malicious)} weak, ${percent(result.missed, malicious)} missed. ` +
      `${benign} benign: ${result.falseHigh} with a finding at high or above, ` +
      `${result.falseMedium} at medium, ${result.notComplete} not read to the end.`,
  )
}

// Nobody's settings and policies have a part in it.
const data = mkdtempSync(join(tmpdir(), 'eval-data-'))
const folder = mkdtempSync(join(tmpdir(), 'eval-scan-'))
try {
  writeSamples(samples, folder)
  const report = scan(folder)
  const result = evaluateSamples(samples, new Map(report.files.map((f) => [f.path, f])), pathOf)
  if (values.json) console.log(JSON.stringify(result, null, 2))
  else print(result)
  process.exitCode = meetsBar(result) ? 0 : 1
} finally {
  rmSync(folder, { recursive: true })
  rmSync(data, { recursive: true })
}
