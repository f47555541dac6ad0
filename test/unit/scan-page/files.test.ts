import { countForFilter, fileRows, filterFiles } from '@renderer/scan/report/files'
import { expect, it } from 'vitest'
import { makeFile, makeFinding, makeReport } from './make'

const rows = fileRows(
  makeReport([
    makeFile('clean.gguf', { format: 'gguf', sha256: 'ab12' }),
    makeFile('half.bin', { status: 'inconclusive', findings: [makeFinding()] }),
    makeFile('broken.zip', { status: 'error' }),
  ]),
)

it('lists files worst first', () => {
  expect(rows.map(({ outcome }) => outcome)).toEqual(['malicious', 'error', 'clean'])
})

it('finds a malicious file that was read in part under both of its chips', () => {
  const paths = (outcome: 'malicious' | 'inconclusive') =>
    filterFiles(rows, '', new Set([outcome])).map(({ file }) => file.path)
  expect(paths('malicious')).toEqual(['half.bin'])
  expect(paths('inconclusive')).toEqual(['half.bin'])
})

it('finds files by path, format or hash', () => {
  const found = (query: string) => filterFiles(rows, query, new Set()).map(({ file }) => file.path)
  expect(found('GGUF')).toEqual(['clean.gguf'])
  expect(found('ab12')).toEqual(['clean.gguf'])
  expect(found('bin half')).toEqual(['half.bin'])
})

it('counts for each chip what it would show', () => {
  expect(countForFilter(rows)).toEqual({
    malicious: 1,
    suspicious: 0,
    unknown: 0,
    inconclusive: 1,
    error: 1,
    clean: 1,
  })
})
