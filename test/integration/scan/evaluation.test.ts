import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ScanReport } from '@shared/scan-report/report'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCli } from '../../fixtures/run-cli'
import { evaluationSamples, pathOf } from '../../fixtures/scan-evaluation'
import { type EvaluationResult, evaluateSamples } from '../../fixtures/scan-evaluation/judge'
import { writeSamples } from '../../fixtures/scan-evaluation/write'

let folder: string
let report: ScanReport
let result: EvaluationResult
const samples = evaluationSamples()

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'evaluation-'))
  writeSamples(samples, folder)
  const run = runCli(['scan', folder, '--format', 'json', '--no-save', '--no-hash'])
  report = ScanReport.parse(JSON.parse(run.stdout))
  result = evaluateSamples(samples, new Map(report.files.map((f) => [f.path, f])), pathOf)
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the labelled samples', () => {
  test('are at least 200 malicious and 100 benign ones', () => {
    expect(result.malicious).toBeGreaterThanOrEqual(200)
    expect(result.benign).toBeGreaterThanOrEqual(100)
  })
  test('at least 95 of 100 malicious ones are found', () => {
    expect(result.detected / result.malicious).toBeGreaterThanOrEqual(0.95)
  })
  test('no benign one has a finding of high severity', () => {
    const alarms = result.families.flatMap(({ names }) => names.high ?? [])
    expect(alarms).toEqual([])
  })
  test('none is clean without having been read to its end', () => {
    const wrong = report.files.filter((f) => f.verdict === 'clean' && f.status !== 'complete')
    expect(wrong).toEqual([])
  })
})
