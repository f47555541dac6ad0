import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { BENCHMARK_RESULT } from '@shared/benchmark/publication'
import { ResultId } from '@shared/benchmark/result-row'
import { counterSign } from '@shared/model/build'
import { firstDifference } from '@shared/model/difference'
import { toPem } from '@shared/model/keys'
import { fromUtf8, toUtf8 } from '@shared/model/utf8'
import { afterEach, describe, expect, test } from 'vitest'
import type { OpenConsole } from '../../fixtures/console'
import { measuringConsole } from '../../fixtures/measuring-console'
import { WITNESS } from '../../fixtures/passports'
import { leavesOf, otherThan } from '../../fixtures/published'
import { runCli } from '../../fixtures/run-cli'

const consoles: OpenConsole[] = []
afterEach(async () => {
  for (const one of consoles.splice(0)) await one.close()
})

function measuring(state: 'ok' | 'bad' = 'ok') {
  const made = measuringConsole(state)
  consoles.push(made.open)
  return made
}

describe('a passport with a benchmark result', () => {
  test('is issued with what is offered, and any verifier recomputes it', async () => {
    const { open, run } = measuring()
    const older = await run()
    const { reportId, resultId } = await run()
    await run('other.onnx', 3)
    const offered = await open.client.model.offered({ reportId })
    expect(offered.map(({ row, chosen }) => [row.id, chosen])).toEqual([
      [resultId, true],
      [older.resultId, false],
    ])
    const made = await open.client.model.create({ reportId, results: [resultId] })
    expect(made).toMatchObject({ measurements: 1, level: 'signed' })
    const { verification, statement } = await open.client.model.show({ id: made.id })
    expect(verification.outcome).toBe('valid')
    const told = verification.checks.find(({ id }) => id === 'measurement')
    expect(told?.sentence).toContain('Recomputed from the raw launches: test-speed 1.0.0')
    expect(told?.sentence).toContain('2 launches, grade A')
    expect(JSON.stringify(statement)).not.toContain(open.folder)
  })
  test.each(['multi-stream', 'offline', 'server'] as const)(
    'of the scenario %s is recomputed as it was measured',
    async (scenario) => {
      const { open, run } = measuring()
      const { reportId, resultId } = await run('tiny.onnx', 2, scenario)
      const { id } = await open.client.model.create({ reportId, results: [resultId] })
      const { verification } = await open.client.model.show({ id })
      expect(verification.sentence).toContain('all that can be recomputed is right')
      expect(verification.measurements[0]?.figures.length).toBeGreaterThan(2)
    },
  )
  test('makes the result signed, as long as the passport is there', async () => {
    const { open, run } = measuring()
    const { reportId, resultId } = await run()
    const evidence = async () =>
      (await open.client.benchmark.results({})).rows.map((row) => row.evidence)
    expect(await evidence()).toEqual(['self-reported'])
    const { id } = await open.client.model.create({ reportId, results: [resultId] })
    expect(await evidence()).toEqual(['signed'])
    await open.client.benchmark.removeResult({ resultId })
    expect((await open.client.model.show({ id })).verification.outcome).toBe('valid')
    await open.client.model.remove({ id })
    expect(await evidence()).toEqual([])
  })
  test('is refused whichever value of it is another', async () => {
    const { open, run } = measuring()
    const { reportId, resultId } = await run()
    const { id } = await open.client.model.create({ reportId, results: [resultId] })
    const { statement } = await open.client.model.show({ id })
    const honest = statement.predicate.measurements[0]?.document
    const missed = leavesOf(honest).filter((_, at) => {
      const document = structuredClone(honest) ?? null
      const leaf = leavesOf(document)[at]
      leaf?.set(otherThan(leaf.value))
      try {
        return firstDifference(document, BENCHMARK_RESULT.recompute(document)) === undefined
      } catch {
        return false
      }
    })
    expect(missed.map(({ path }) => path)).toEqual([])
    expect(leavesOf(honest).length).toBeGreaterThan(200)
  })
  test('is not made of a noisy result, one of another model, or none', async () => {
    const noisy = measuring('bad')
    const { reportId, resultId } = await noisy.run()
    expect(await noisy.open.client.model.offered({ reportId })).toEqual([])
    const create = (id: ResultId) => noisy.open.client.model.create({ reportId, results: [id] })
    await expect(create(resultId)).rejects.toMatchObject({
      code: 'NOT_PASSPORTABLE',
      message: expect.stringContaining('grade C'),
    })
    const other = await noisy.run('other.onnx', 3)
    await expect(create(other.resultId)).rejects.toMatchObject({
      code: 'NOT_PASSPORTABLE',
      message: expect.stringContaining('a file that is not in this scan'),
    })
    const nothing = ResultId.parse('7d444840-9dc0-4d2c-9a3b-0b5a8f1f5c11')
    await expect(create(nothing)).rejects.toMatchObject({ code: 'RESULT_NOT_FOUND' })
  })
  test('that claims to be reproduced is signed by nobody who did not measure it', async () => {
    const [issuer, witness] = [measuring(), measuring()]
    const { reportId, resultId } = await issuer.run()
    const { client } = issuer.open
    const issue = async (level: 'signed' | 'reproduced') => {
      const { id } = await client.model.create({ reportId, results: [resultId], level })
      return toUtf8((await client.model.export({ id })).text)
    }
    const witnessed = witness.open.console.model
    await expect(witnessed.counterSign(await issue('reproduced'))).rejects.toThrow(
      'Measurement 1 (test-speed 1.0.0, single-stream) is not reproduced by what was measured here. Nothing of this suite version was measured here yet: run the benchmark.',
    )
    await expect(witnessed.counterSign(await issue('signed'))).resolves.toBeDefined()
  })
})

describe('a passport that is imported', () => {
  const rows = async ({ client }: OpenConsole) =>
    (await client.benchmark.leaderboard({})).tables.flatMap((table) => table.rows)

  test('makes an own result reproduced while a trusted witness has signed it too', async () => {
    const { open, run } = measuring()
    const { reportId, resultId } = await run()
    const { client } = open
    const evidence = async () => (await client.benchmark.results({})).rows[0]?.evidence
    const { id } = await client.model.create({ reportId, results: [resultId], level: 'reproduced' })
    const { text } = await client.model.export({ id })
    await expect(client.benchmark.imports.add({ text })).rejects.toMatchObject({
      code: 'IMPORT_REFUSED',
      message: expect.stringContaining('nobody else has signed it'),
    })
    const copy = fromUtf8(await counterSign(toUtf8(text), WITNESS))
    const added = await client.benchmark.imports.add({ text: copy })
    expect(added).toMatchObject({ ofOwn: true, level: 'signed' })
    expect(await evidence()).toBe('signed')
    await client.model.trustKey({ key: toPem(WITNESS.key), name: 'Witness' })
    expect((await client.benchmark.imports.list())[0]?.level).toBe('reproduced')
    expect(await evidence()).toBe('reproduced')
    expect((await rows(open)).map((row) => row.evidence)).toEqual(['reproduced'])
    await client.benchmark.imports.remove({ importId: added.id })
    expect(await evidence()).toBe('signed')
  })
  test('of somebody else is ranked along as what it is, once its key is trusted, and can be taken out', async () => {
    const [own, other] = [measuring(), measuring()]
    await own.run()
    const { reportId, resultId } = await other.run('theirs.onnx', 3)
    const { id } = await other.open.client.model.create({ reportId, results: [resultId] })
    const { text } = await other.open.client.model.export({ id })
    const { client } = own.open
    const add = (given: string) => client.benchmark.imports.add({ text: given })
    await expect(add(text)).rejects.toMatchObject({
      message: expect.stringContaining('No key that you trust has signed it'),
    })
    const [key] = (await other.open.client.model.keys()).own
    await client.model.trustKey({ key: key?.pem ?? '', name: 'Other' })
    await expect(add(text.replace(/"payload":"..../, '"payload":"AAAA'))).rejects.toMatchObject({
      code: 'IMPORT_REFUSED',
    })
    const added = await add(text)
    expect(added).toMatchObject({ level: 'signed', results: 1, ofOwn: false })
    expect(
      (await rows(own.open))
        .map(({ name, evidence, imported }) => ({ name, evidence, imported }))
        .toSorted((a, b) => a.name.localeCompare(b.name)),
    ).toEqual([
      { name: 'theirs.onnx', evidence: 'signed', imported: true },
      { name: 'tiny.onnx', evidence: 'self-reported', imported: undefined },
    ])
    expect((await client.benchmark.results({})).total).toBe(1)
    await expect(add(text)).rejects.toMatchObject({
      message: expect.stringContaining('imported already'),
    })
    await client.benchmark.imports.remove({ importId: added.id })
    expect((await rows(own.open)).map(({ name }) => name)).toEqual(['tiny.onnx'])
  })
})

describe('on the command line', () => {
  test('a result is exported as a passport, and another console imports it and lists it', async () => {
    const [issuer, buyer] = [measuring(), measuring()]
    const { resultId } = await issuer.run()
    const file = join(issuer.open.folder, 'result.passport.json')
    const cli = ({ folder }: OpenConsole, ...args: string[]) =>
      runCli([...args, '--data-dir', join(folder, 'data')])
    const args = ['bench', 'export', resultId, '--format', 'passport', '--output', file]
    expect(cli(issuer.open, ...args)).toMatchObject({ code: 0, stderr: '' })
    expect(cli(buyer.open, 'bench', 'import', file)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('No key that you trust has signed it'),
    })
    const [key] = (await issuer.open.client.model.keys()).own
    await buyer.open.client.model.trustKey({ key: key?.pem ?? '', name: 'Issuer' })
    expect(cli(buyer.open, 'bench', 'import', file)).toMatchObject({ code: 0, stdout: '' })
    expect(cli(buyer.open, 'bench', 'import').stdout).toContain('tiny.onnx')
    expect(cli(buyer.open, 'bench', 'export', 'leaderboard', '--format', 'csv').stdout).toMatch(
      /tiny\.onnx.*signed/,
    )
  })
  test('a result alone is enough to issue a passport of it, which bench verify recomputes', async () => {
    const { open, run } = measuring()
    const { resultId } = await run()
    const file = join(open.folder, 'tiny.passport.json')
    const cli = (...args: string[]) => runCli([...args, '--data-dir', join(open.folder, 'data')])
    expect(cli('passport', 'create', '--result', resultId, '--output', file).code).toBe(0)
    const found = cli('bench', 'verify', file, join(open.root, 'tiny.onnx'))
    expect(found).toMatchObject({ code: 0, stderr: '' })
    expect(found.stdout).toContain('Recomputed from the raw launches: test-speed 1.0.0')
    expect(cli('passport', 'show', file).stdout).toMatch(
      /^Latency p90: \S+ \S+ \[.*\] \(2 launches, 50\.0 % interval, signed\)$/m,
    )
    const newest = (path: string) => cli('passport', 'create', path, '--result', 'newest')
    expect(newest(join(open.root, 'tiny.onnx')).code).toBe(0)
    const unmeasured = join(open.root, 'notes.txt')
    writeFileSync(unmeasured, 'notes')
    expect(cli('scan', unmeasured).code).toBe(0)
    expect(newest(unmeasured)).toMatchObject({
      code: 64,
      stderr: expect.stringContaining('no result of grade A or B'),
    })
    const wrong = cli('passport', 'create', '--result', open.folder)
    expect(wrong).toMatchObject({ code: 64, stdout: '' })
    expect(wrong.stderr).toContain('bench history lists them')
  })
})
