import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ScanReport } from '@shared/scan-report/report'
import { describe, expect, test } from 'vitest'
import { SAMPLE_MODELS, sampleFiles } from '../../../scripts/sample-models'
import { ROOT } from '../../fixtures/console'
import { runCli } from '../../fixtures/run-cli'

const FOLDER = join(ROOT, 'resources/samples')

describe('the sample models', () => {
  test('are what npm run generate writes, byte for byte, and nothing else', () => {
    const written = sampleFiles().map(({ fileName, bytes }) => [fileName, bytes.toString('base64')])
    const shipped = readdirSync(FOLDER).map((name) => [
      name,
      readFileSync(join(FOLDER, name)).toString('base64'),
    ])
    expect(Object.fromEntries(shipped)).toEqual(Object.fromEntries(written))
  })
  test('are together smaller than 300 kB', () => {
    const bytes = sampleFiles().reduce((sum, file) => sum + file.bytes.length, 0)
    expect(bytes).toBeLessThan(300_000)
  })
  test('get the verdict that their README states', () => {
    const run = runCli(['scan', FOLDER, '--format', 'json', '--no-save'])
    const { files } = ScanReport.parse(JSON.parse(run.stdout))
    const verdicts = Object.fromEntries(files.map(({ path, verdict }) => [path, verdict]))
    expect(verdicts).toEqual({
      'README.md': 'clean',
      ...Object.fromEntries(SAMPLE_MODELS.map((model) => [model.fileName, model.verdict])),
    })
  })
})
