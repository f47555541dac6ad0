import { spawnSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../../fixtures/console'

test('packages are never installed through a link, which would empty what it leads to', () => {
  const folder = mkdtempSync(join(tmpdir(), 'setup-'))
  try {
    const checkout = join(folder, 'checkout')
    const elsewhere = join(folder, 'elsewhere')
    for (const name of ['scripts', 'package.json', 'package-lock.json'])
      cpSync(join(ROOT, name), join(checkout, name), { recursive: true })
    mkdirSync(elsewhere)
    writeFileSync(join(elsewhere, 'kept'), '')
    symlinkSync(elsewhere, join(checkout, 'node_modules'), 'junction')
    const run = spawnSync(process.execPath, [join(checkout, 'scripts/run.mjs'), 'typecheck'], {
      encoding: 'utf8',
    })
    expect(run.status).toBe(1)
    expect(run.stderr).toContain('is a link to')
    expect(readdirSync(elsewhere)).toEqual(['kept'])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
