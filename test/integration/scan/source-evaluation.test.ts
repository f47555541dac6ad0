import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ScanReport } from '@shared/scan-report/report'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCli } from '../../fixtures/run-cli'
import { sourceSamples } from '../../fixtures/source-evaluation'
import {
  judgeSources,
  type SourceVerdict,
  writeSources,
} from '../../fixtures/source-evaluation/judge'

let folder: string
let report: ScanReport
let verdicts: SourceVerdict[]
const of = (expected: 'malicious' | 'benign') =>
  verdicts.filter(({ sample }) => sample.expect === expected)
const name = ({ sample }: SourceVerdict) => `${sample.family} / ${sample.name}`

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'source-evaluation-'))
  const samples = sourceSamples()
  writeSources(samples, folder)
  const run = runCli(['scan', folder, '--format', 'json', '--no-save', '--no-hash'])
  report = ScanReport.parse(JSON.parse(run.stdout))
  verdicts = judgeSources(samples, report.files)
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the labelled deliveries', () => {
  test('are at least 120 malicious and 60 honest ones', () => {
    expect(of('malicious').length).toBeGreaterThanOrEqual(120)
    expect(of('benign').length).toBeGreaterThanOrEqual(60)
  })
  test('at least 90 of 100 malicious ones are found', () => {
    const missed = of('malicious').filter((verdict) => !verdict.flagged)
    expect(missed.length, missed.map(name).join('\n')).toBeLessThan(of('malicious').length / 10)
  })
  test('at most 3 of 100 honest ones are called suspicious', () => {
    const alarms = of('benign').filter((verdict) => verdict.flagged)
    expect(alarms.length, alarms.map(name).join('\n')).toBeLessThanOrEqual(
      of('benign').length * 0.03,
    )
  })
  test('honest ones are read to their end', () => {
    expect(of('benign').flatMap((verdict) => verdict.unread)).toEqual([])
  })
})
