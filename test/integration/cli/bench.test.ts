import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { benchmarkFolder } from '../../fixtures/benchmarks'
import { runCli } from '../../fixtures/run-cli'

let folder: string
let fast: string
let slow: string
const cli = (...args: string[]) => runCli([...args, '--data-dir', join(folder, 'data')])
const bench = (...args: string[]) => cli('bench', ...args)
const suite = () => ['--suite', join(folder, 'suite')]

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bench-'))
  const { model } = benchmarkFolder(folder)
  fast = model('fast.onnx', 2, 64).path
  slow = model('slow.onnx', 200, 64).path
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** One run whose results several tests read. */
let first: { results: { id: string; result: unknown }[] }

describe('bench run', () => {
  test('prints a result as JSON and keeps it', () => {
    const { code, stdout, stderr } = bench(
      'run',
      fast,
      ...suite(),
      '--launches',
      '2',
      '--format',
      'json',
    )
    expect([code, stderr]).toEqual([0, ''])
    first = JSON.parse(stdout)
    expect(first.results).toHaveLength(1)
    const history = bench('history', '--format', 'csv')
    expect(history.stdout).toContain(first.results[0]?.id)
    expect(bench('history', fast).stdout).toContain('History of Latency p90')
  })
  test('ends with 1 when a model is slower than the baseline that is measured along', () => {
    const { code, stdout, stderr } = bench(
      'run',
      slow,
      '--baseline',
      fast,
      ...suite(),
      '--launches',
      '8',
    )
    expect(stdout).toContain('slow.onnx against fast.onnx')
    expect([code, stderr]).toEqual([1, 'Slower than the baseline by more than the threshold.\n'])
  })
  test('ends with 0 when it is faster than a stored baseline, in a file', () => {
    const file = join(folder, 'out/compared.csv')
    const { rows } = results()
    const id = rows.find(({ name }) => name === 'slow.onnx')?.id ?? ''
    const { code, stderr } = bench(
      'run',
      fast,
      '--baseline',
      id,
      ...suite(),
      '--launches',
      '4',
      '--format',
      'csv',
      '--output',
      file,
    )
    expect([code, stderr]).toEqual([0, 'Faster than the baseline.\n'])
    expect(readFileSync(file, 'utf8')).toContain('fast.onnx,slow.onnx,latency-p90')
  })
  test('ends with 2 and a sentence for a model that is not clean', () => {
    const path = join(folder, 'unclean')
    mkdirSync(path)
    copyFileSync(fast, join(path, 'fast.onnx'))
    writeFileSync(join(path, 'evil.pkl'), "cos\nsystem\n(S'echo harmless'\ntR.")
    const { code, stderr } = bench('run', path, ...suite())
    expect(code).toBe(2)
    expect(stderr).toMatch(/^The scan of unclean says malicious; .* Report: [0-9a-f-]{36}\.\n$/)
  })
  test('ends with 2 and the way out for what no engine runs', () => {
    const { code, stderr } = bench('run', join(folder, 'unclean/evil.pkl'), ...suite())
    expect([code, stderr]).toEqual([2, expect.stringMatching(/pickle.*Export it to ONNX/)])
  })
  test.each([
    [['run'], /at least one MODEL/],
    [['run', 'x.onnx', '--launches', 'many'], /--launches many/],
    [['run', 'x.onnx', '--profile', 'slow'], /quick, standard, certified/],
    [['compare', 'a'], /two to five/],
    [['export', 'nothing'], /neither/],
    [['jump'], /run, compare, history/],
  ])('%j is wrong usage', (args, sentence) => {
    const { code, stderr } = bench(...args)
    expect(code).toBe(64)
    expect(stderr).toMatch(sentence)
  })
})

const results = (): { rows: { id: string; name: string }[] } => ({
  rows: JSON.parse(bench('history', '--format', 'json').stdout),
})

test('bench compare takes stored results and files of them', () => {
  const ids = ['fast.onnx', 'slow.onnx'].map(
    (wanted) => results().rows.find(({ name }) => name === wanted)?.id ?? '',
  )
  const stored = bench('compare', ...ids, '--format', 'markdown')
  expect([stored.code, stored.stdout.split('\n')[0]]).toEqual([1, '## slow.onnx against fast.onnx'])
  const files = ids.map((id) => {
    const file = join(folder, `${id}.json`)
    expect(bench('export', id, '--format', 'json', '--output', file).code).toBe(0)
    return file
  })
  expect(bench('compare', ...files).code).toBe(1)
})
test('bench init writes a suite that runs, and nothing over what is there', () => {
  const own = join(folder, 'own')
  expect(cli('bench', 'init', own).code).toBe(0)
  mkdirSync(join(folder, 'full/x'), { recursive: true })
  expect(cli('bench', 'init', join(folder, 'full')).code).toBe(64)
  expect(JSON.parse(readFileSync(join(own, 'suite.json'), 'utf8'))).toMatchObject({ id: 'own' })
})
test('engines says what is here and what would have to be fetched', () => {
  const { code, stdout } = cli('engines', '--format', 'json')
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toContainEqual(
    expect.objectContaining({ name: 'onnxruntime-node', state: 'bundled' }),
  )
  const wrong = join(folder, 'wrong.tgz')
  writeFileSync(wrong, 'no package')
  const { code: failed, stderr } = cli('engines', 'install', 'llama-cpp', '--from', wrong)
  expect(failed).toBe(2)
  expect(stderr).toContain('SHA-512')
})
test('suites of the console are listed', () => {
  expect(bench('suites').stdout).toMatch(/iris .*classification|iris/)
})
