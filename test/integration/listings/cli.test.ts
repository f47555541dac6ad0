import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCli } from '../../fixtures/run-cli'
import { writeSafetensors } from '../../fixtures/safetensors-writer'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cli-listings-'))
  writeFileSync(
    join(folder, 'model.safetensors'),
    writeSafetensors([{ name: 'w', dtype: 'F32', shape: [8] }]),
  )
  writeFileSync(join(folder, 'card.json'), JSON.stringify({ name: 'From a pipeline' }))
})
afterAll(() => rmSync(folder, { recursive: true }))

const listings = (...args: string[]) =>
  runCli(['listings', ...args, '--format', 'json', '--data-dir', join(folder, 'data')])

describe('prometheus-console listings', () => {
  // One after another in one workspace, which a command starts and ends.
  test('goes from a card to a refusal with reasons', { timeout: 600_000 }, () => {
    const created = listings('create', join(folder, 'card.json'))
    expect([created.code, created.stderr]).toEqual([0, ''])
    const { id } = JSON.parse(created.stdout)

    const model = join(folder, 'model.safetensors')
    const looked = listings('add-version', id, model)
    expect(looked.code).toBe(3)
    expect(looked.stderr).toContain('Nothing was sent')
    expect(looked.stderr).not.toContain(folder)
    const added = listings('add-version', id, model, '--yes', '--unmeasured', 'No engine.')
    expect(added.code).toBe(0)
    const { versionId, number } = JSON.parse(added.stdout)
    expect(number).toBe('1.0.0')

    const checked = listings('check', versionId)
    expect(checked.code).toBe(1)
    const { gates } = JSON.parse(checked.stdout) as { gates: { gate: string; state: string }[] }
    expect(gates.find(({ gate }) => gate === 'scan')?.state).toBe('ok')
    const refused = listings('publish', versionId)
    expect(refused.code).toBe(1)
    expect(refused.stderr).toContain('Choose a licence.')
  })
  test('says what is wrong with how it was called', () => {
    expect(listings('show', 'nothing').code).toBe(64)
    expect(listings('withdraw', '6f1d5a3e-6f0e-4c0e-9a53-2f6b8f4f7c11').stderr).toContain('--reason')
    const source = listings('add-version', 'x', 'y', '--source', 'http://plain.example')
    expect(source.stderr).toContain('is no source')
  })
})
