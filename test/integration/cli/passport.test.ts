import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toPem } from '@shared/model/keys'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ROOT } from '../../fixtures/console'
import {
  forged,
  ISSUER,
  measurement,
  passport,
  series,
  sha256Of,
  WITNESS,
} from '../../fixtures/passports'
import { runCli } from '../../fixtures/run-cli'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cli-passport-'))
  mkdirSync(join(folder, 'model'))
  writeFileSync(at('model/weights.txt'), 'weights')
  writeFileSync(at('model/readme.md'), '# A model')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const at = (name: string) => join(folder, name)
const inData = (...args: string[]) => runCli([...args, '--data-dir', at('data')])
const PASSPORT = 'model.passport.json'

function issued(...more: string[]): string {
  expect(inData('scan', at('model')).code).toBe(0)
  const made = inData('passport', 'create', at('model'), '--output', at(PASSPORT), ...more)
  expect(made.stderr).toContain('SHA-256')
  expect(made.code).toBe(0)
  return at(PASSPORT)
}
/** The console's own public key, as a file. */
function ownKey(): { file: string; keyId: string } {
  const { own } = JSON.parse(inData('passport', 'keys', '--format', 'json').stdout)
  writeFileSync(at('own.pem'), own[0].pem)
  return { file: at('own.pem'), keyId: own[0].keyId }
}
async function foreign(bytes: Promise<Uint8Array> = passport()): Promise<string> {
  writeFileSync(at('foreign.passport.json'), await bytes)
  writeFileSync(at('issuer.pem'), toPem(ISSUER.key))
  return at('foreign.passport.json')
}

describe('passport', () => {
  test('create signs the last scan of a path, and verify accepts it with its model', () => {
    const file = issued('--licence', 'MIT', '--name', 'Tiny')
    const found = inData('verify', file, at('model'))
    expect(found).toMatchObject({ code: 0, stderr: '' })
    expect(found.stdout).toMatch(/^VALID {2}Unchanged/)
    expect(found.stdout).toContain('2 of the 2 files')
    expect(inData('passport', 'list').stdout).toContain('Tiny')
    expect(inData('passport', 'show', file).stdout).toContain('Tiny (MIT)')
  })
  test('create takes measurements, and refuses those that are not true', () => {
    const document = series({ model: sha256Of('weights') })
    writeFileSync(at('m.json'), JSON.stringify(measurement(document)))
    expect(inData('verify', issued('--measurement', at('m.json'))).stdout).toContain(
      'Recomputed from the raw launches',
    )
    document.statistics.p50Ns -= 1
    writeFileSync(at('m.json'), JSON.stringify(measurement(document)))
    const lying = inData('passport', 'create', at('model'), '--measurement', at('m.json'))
    expect(lying).toMatchObject({ code: 2, stdout: '' })
    expect(lying.stderr).toContain('$.statistics.p50Ns')
  })
  test('export writes the same bytes again, and the one-file verifier', () => {
    const file = issued()
    const { passports } = JSON.parse(inData('passport', 'list', '--format', 'json').stdout)
    const written = inData('passport', 'export', passports[0].id, at('b.json'), at('v.html'))
    expect(written.code).toBe(0)
    expect(readFileSync(at('b.json'))).toEqual(readFileSync(file))
    expect(readFileSync(at('v.html'), 'utf8')).toContain('Content-Security-Policy')
    expect(written.stderr).toMatch(/v\.html: \d+ bytes, SHA-256 [0-9a-f]{64}/)
  })
  test('keys rotate keeps what the old key signed valid, here and nowhere else', () => {
    const file = issued()
    const old = ownKey()
    expect(inData('passport', 'keys', 'rotate').code).toBe(0)
    expect(inData('verify', file).code).toBe(0)
    const fresh = ownKey()
    expect(fresh.keyId).not.toBe(old.keyId)
    expect(inData('verify', file, '--key', fresh.file).code).toBe(1)
  })
  test('countersign makes a claim of another one that two keys carry', async () => {
    const file = await foreign(passport({ level: 'reproduced' }))
    expect(inData('passport', 'countersign', file, at('two.json'))).toMatchObject({ code: 0 })
    const found = inData('verify', at('two.json'), '--format', 'json')
    expect(JSON.parse(found.stdout).verification).toMatchObject({
      outcome: 'valid',
      level: 'reproduced',
    })
    await foreign(forged('predicate.scan.summary.grade', () => 'A+'))
    const refused = inData('passport', 'countersign', file, at('three.json'))
    expect(refused.code).toBe(2)
    expect(refused.stderr).toContain('$.predicate.scan.summary.grade')
  })
  test.each([
    [[]],
    [['destroy']],
    [['create']],
    [['create', 'nowhere']],
    [['show']],
    [['export', 'x']],
    [['countersign', 'x']],
    [['keys', 'steal']],
    [['create', 'x', '--valid-until', 'soon']],
    [['create', 'x', '--level', 'divine']],
  ])('%j is wrong usage', (args) => {
    expect(inData('passport', ...args)).toMatchObject({ code: 64, stdout: '' })
  })
})

const runs = (program: string, word: string) => spawnSync(program, [word]).status === 0
describe.runIf(
  process.platform === 'linux' && runs('jq', '--version') && runs('openssl', 'version'),
)('the check by hand of docs/passport.md', () => {
  const page = readFileSync(join(ROOT, 'docs/passport.md'), 'utf8')
  const steps = /```sh\n([\s\S]*?)```/.exec(page)?.[1] ?? ''
  const byHand = () =>
    spawnSync('bash', ['-euo', 'pipefail', '-c', steps], { cwd: folder, encoding: 'utf8' })

  test('accepts a passport as it is written there', () => {
    issued()
    const { status, stdout } = byHand()
    expect(stdout).toContain('Signature Verified Successfully')
    expect(stdout).toContain('weights.txt: OK')
    expect(status).toBe(0)
  })
  test('finds a changed passport, another form and a changed file', () => {
    const honest = readFileSync(issued(), 'utf8')
    const payload = Buffer.from(JSON.parse(honest).payload, 'base64').toString()
    const better = Buffer.from(payload.replace('"A+"', '"A-"')).toString('base64')
    for (const changed of [honest.replace(JSON.parse(honest).payload, better), `${honest}\n`]) {
      writeFileSync(at(PASSPORT), changed)
      expect(byHand().status).not.toBe(0)
    }
    writeFileSync(at(PASSPORT), honest)
    writeFileSync(at('model/weights.txt'), 'weighty')
    expect(byHand().stdout).toContain('weights.txt: FAILED')
  })
})

describe('verify', () => {
  test('without a key that is trusted is not decided, and says which key it is', async () => {
    const found = inData('verify', await foreign())
    expect(found).toMatchObject({ code: 2 })
    expect(found.stdout).toContain(ISSUER.key.keyId)
    expect(found.stdout).toContain('Evidence: self-reported.')
  })
  test('with the key, or its fingerprint in any spelling, is valid', async () => {
    const file = await foreign()
    const groups = ISSUER.key.keyId.toUpperCase().replace(/(.{4})/g, '$1 ')
    expect(inData('verify', file, '--key', at('issuer.pem')).code).toBe(0)
    expect(inData('verify', file, '--trust', ISSUER.key.keyId).code).toBe(0)
    expect(inData('verify', file, '--trust', groups).code).toBe(0)
    expect(inData('verify', file, '--trust', WITNESS.key.keyId)).toMatchObject({ code: 1 })
  })
  test('trusts a key from then on', async () => {
    const file = await foreign()
    expect(inData('passport', 'keys', 'trust', at('issuer.pem'), 'Acme').stdout).toContain('Acme')
    expect(inData('verify', file).code).toBe(0)
    expect(inData('passport', 'keys', 'distrust', ISSUER.key.keyId).code).toBe(0)
    expect(inData('verify', file).code).toBe(2)
  })
  test.each([
    ['another form of the same JSON', (text: string) => JSON.stringify(JSON.parse(text), null, 1)],
    ['a line end after it', (text: string) => `${text}\n`],
    ['one character less', (text: string) => text.slice(0, -1)],
    ['one digit changed', (text: string) => text.replace(/"sig":"./, '"sig":"+')],
    ['nothing', () => ''],
  ])('refuses %s', async (_, change) => {
    const file = await foreign()
    writeFileSync(file, change(readFileSync(file, 'utf8')))
    expect(inData('verify', file, '--key', at('issuer.pem'))).toMatchObject({ code: 1 })
  })
  test('names the first difference and its path', async () => {
    const file = await foreign(forged('predicate.scan.summary.grade', () => 'A+'))
    const found = inData('verify', file, '--key', at('issuer.pem'), '--format', 'json')
    expect(found.code).toBe(1)
    expect(JSON.parse(found.stdout).verification).toMatchObject({
      outcome: 'invalid',
      sentence: '$.predicate.scan.summary.grade says "A+"; its own findings give "B".',
    })
  })
  test('finds a changed file of the model', () => {
    const file = issued()
    writeFileSync(at('model/weights.txt'), 'weighty')
    expect(inData('verify', file, at('model'))).toMatchObject({ code: 1 })
    expect(inData('verify', file, at('model/readme.md'))).toMatchObject({ code: 2 })
  })
  test('leaves out the passport itself, where it lies in the folder of its model', () => {
    const file = issued()
    const inside = at('model/delivery.passport.json')
    writeFileSync(inside, readFileSync(file))
    expect(inData('verify', inside, at('model')).code).toBe(0)
    expect(inData('verify', file, at('model')).code).toBe(1)
  })
  test('makes no data folder, and says what it cannot read', async () => {
    const file = await foreign()
    inData('verify', file)
    expect(() => readFileSync(at('data/console.db'))).toThrow()
    expect(inData('verify', at('gone.json'))).toMatchObject({ code: 2, stdout: '' })
  })
  test.each([[[]], [['a', 'b', 'c']], [['a', '--key', 'none.pem']], [['a', '--trust', 'abc']]])(
    '%j is wrong usage',
    (args) => {
      expect(inData('verify', ...args)).toMatchObject({ code: 64, stdout: '' })
    },
  )
})
