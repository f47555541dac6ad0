import { changesOf, parseCompareSearch } from '@renderer/compare/compare-search'
import {
  comparedRows,
  filterCompared,
  filterComparedFiles,
  trendOf,
} from '@renderer/compare/compared'
import type { Change, Comparison } from '@shared/scan-report/compare'
import type { Severity, Verdict } from '@shared/scan-report/report'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeFinding } from './make'

const entry = (change: Change, severity: Severity, path = 'model.pkl') => ({
  change,
  path,
  previousPath: null,
  previousSeverity: null,
  finding: makeFinding({ severity }),
})
const compare = (findings: Comparison['findings'], verdicts: [Verdict, Verdict]): Comparison => ({
  counts: { new: 0, fixed: 0, unchanged: 0 },
  previousVerdict: verdicts[0],
  verdict: verdicts[1],
  previousGrade: 'C',
  grade: 'C',
  findings,
  files: [],
  notes: [],
})

describe('the findings of a comparison', () => {
  const mixed = compare(
    [
      entry('unchanged', 'critical'),
      entry('fixed', 'low'),
      entry('new', 'medium', 'src/loader.js'),
      entry('new', 'high'),
    ],
    ['malicious', 'malicious'],
  )
  const rows = comparedRows(mixed)
  const ids = (some: readonly { id: string }[]) => some.map(({ id }) => id)

  it('come new before fixed before unchanged, the worst first', () => {
    expect(ids(rows)).toEqual(['3', '2', '1', '0'])
  })

  it('are limited to the changes asked for, and none asked is all', () => {
    expect(ids(filterCompared(rows, new Set<Change>(['fixed']), ''))).toEqual(['1'])
    expect(filterCompared(rows, new Set(), '')).toEqual(rows)
  })

  it('are found by words of the path or the rule', () => {
    expect(ids(filterCompared(rows, new Set(), 'LOADER command'))).toEqual(['2'])
  })
})

it('files are found under the path they had before', () => {
  const files = [
    {
      path: 'new.pkl',
      previousPath: 'old.pkl',
      change: 'renamed' as const,
      verdict: null,
      previousVerdict: null,
    },
  ]
  expect(filterComparedFiles(files, 'old')).toHaveLength(1)
  expect(filterComparedFiles(files, 'other')).toHaveLength(0)
})

describe('the trend between two scans', () => {
  it('is that of the verdict', () => {
    expect(trendOf(compare([], ['malicious', 'clean']))).toBe('better')
    expect(trendOf(compare([], ['unknown', 'suspicious']))).toBe('worse')
  })

  it('of equal verdicts is worse with a new grave finding, whatever was fixed', () => {
    const both = [entry('fixed', 'critical'), entry('new', 'high')]
    expect(trendOf(compare(both, ['malicious', 'malicious']))).toBe('worse')
    expect(trendOf(compare(both.slice(0, 1), ['malicious', 'malicious']))).toBe('better')
    expect(trendOf(compare([entry('new', 'low')], ['clean', 'clean']))).toBe('same')
  })
})

describe('the address of a comparison', () => {
  it('names the other report and the filters, and takes a wrong value as none', () => {
    const id = '11111111-2222-4333-8444-555555555555'
    expect(parseCompareSearch({ with: id, change: 'fixed,new', tab: 'files', q: 7 })).toEqual({
      with: id,
      change: 'new,fixed',
      tab: 'files',
      q: '7',
    })
    expect(parseCompareSearch({ with: 'x', change: 'gone', tab: 'y', q: '' })).toEqual({})
    expect(changesOf(undefined)).toEqual([])
  })

  it('is the same when it is read again, whatever it was', () => {
    const anySearch = fc.dictionary(fc.constantFrom('with', 'tab', 'change', 'q'), fc.anything())
    fc.assert(
      fc.property(anySearch, (search) => {
        const once = parseCompareSearch(search)
        expect(parseCompareSearch({ ...once })).toEqual(once)
      }),
    )
  })
})
