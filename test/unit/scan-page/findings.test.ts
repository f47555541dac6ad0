import {
  briefLocationOf,
  countByCategory,
  countByFormat,
  countByOutcome,
  countBySeverity,
  filterFindings,
  findingRows,
  locationOf,
  neighbourFile,
  outcomeOf,
  pinOf,
  shownInFrame,
  topRules,
} from '@renderer/scan/report/findings'
import type { Severity } from '@shared/scan-report/report'
import { SEVERITIES } from '@shared/scan-report/scales'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeFile, makeFinding, makeReport } from './make'

const report = makeReport([
  makeFile('a/weights.bin', {
    findings: [makeFinding({ severity: 'low', title: 'Headers disagree', ruleId: 'zip.header' })],
  }),
  makeFile('b/model.pkl', {
    findings: [
      makeFinding({ confidence: 0.5, location: { member: 'archive/data.pkl', offset: 7 } }),
      makeFinding({
        severity: 'medium',
        title: 'Chat template walks attributes',
        ruleId: 't.walk',
      }),
    ],
  }),
  makeFile('c/model.pkl', { findings: [makeFinding({ cve: ['CVE-2025-1716'] })] }),
])
const rows = findingRows(report)
const everything = { severities: new Set<Severity>(), query: '', file: null, state: null }

describe('the findings of a report', () => {
  it('come worst first, and of equal severity the surest first', () => {
    expect(rows.map((row) => row.id)).toEqual(['2-0', '1-0', '1-1', '0-0'])
  })

  it('are all shown without a filter', () => {
    expect(filterFindings(rows, everything)).toEqual(rows)
  })

  it('can be limited to severities', () => {
    const severities = new Set<Severity>(['medium', 'low'])
    const shown = filterFindings(rows, { ...everything, severities })
    expect(shown.map((row) => row.id)).toEqual(['1-1', '0-0'])
  })

  it('are found by words in any order, in title, path, member, rule or advisory', () => {
    const found = (query: string) =>
      filterFindings(rows, { ...everything, query }).map((row) => row.id)
    expect(found('attributes TEMPLATE')).toEqual(['1-1'])
    expect(found('archive/data.pkl')).toEqual(['1-0'])
    expect(found('cve-2025-1716')).toEqual(['2-0'])
    expect(found('model.pkl shell')).toEqual(['2-0', '1-0'])
    expect(found('nothing like it')).toEqual([])
  })

  it('can be limited to one file', () => {
    const shown = filterFindings(rows, { ...everything, file: 1 })
    expect(shown.map((row) => row.file.path)).toEqual(['b/model.pkl', 'b/model.pkl'])
  })

  it('are counted for a severity chip as if no other chip were chosen', () => {
    const severities = new Set<Severity>(['low'])
    const counts = countBySeverity(rows, { ...everything, severities, file: 1 })
    expect(counts).toEqual({ critical: 1, high: 0, medium: 1, low: 0, info: 0 })
  })

  it('say where they are: offset in hex, opcode, line', () => {
    const line = (n: number) => `line ${n}`
    expect(locationOf(makeFinding(), line)).toBe('0x1a4 REDUCE')
    expect(locationOf(makeFinding({ location: { line: 12 } }), line)).toBe('line 12')
    expect(locationOf(makeFinding({ location: {} }), line)).toBe('')
  })

  it('are pinned in a column by their line, or by their offset where there is none', () => {
    const line = (n: number) => `line ${n}`
    const both = makeFinding({ location: { line: 12, offset: 420 } })
    expect([briefLocationOf(makeFinding(), line), pinOf(makeFinding())]).toEqual([
      '0x1a4',
      ' 0x1a4',
    ])
    expect([briefLocationOf(both, line), pinOf(both)]).toEqual(['line 12', ':12'])
    const nowhere = makeFinding({ location: {} })
    expect([briefLocationOf(nowhere, line), pinOf(nowhere)]).toEqual(['', ''])
  })

  it('are never more after a further filter, and keep their order', () => {
    const anyFilter = fc.record({
      severities: fc.subarray([...SEVERITIES]).map((chosen) => new Set(chosen)),
      query: fc.constantFrom('', 'model', 'pkl shell', 'zzz'),
      file: fc.constantFrom(null, 0, 1, 2),
      state: fc.constantFrom(null, 'open' as const, 'aside' as const),
    })
    fc.assert(
      fc.property(anyFilter, (filter) => {
        const shown = filterFindings(rows, filter)
        expect(rows.filter((row) => shown.includes(row))).toEqual(shown)
      }),
    )
  })
})

describe('moving to the next file', () => {
  it('skips the other findings of this file and stops at an end', () => {
    const order = findingRows(makeReport([report.files[1] ?? makeFile(''), makeFile('z')]))
    expect(neighbourFile(rows, 0, 1)).toBe(1)
    expect(neighbourFile(rows, 1, 1)).toBe(3)
    expect(neighbourFile(rows, 3, 1)).toBeNull()
    expect(neighbourFile(rows, 0, -1)).toBeNull()
    expect(neighbourFile(order, 0, 1)).toBeNull()
  })
})

describe('what a file shows for itself', () => {
  it('is its verdict when it was read to its end', () => {
    expect(outcomeOf({ verdict: 'clean', status: 'complete' })).toBe('clean')
    expect(outcomeOf({ verdict: 'unknown', status: 'complete' })).toBe('unknown')
  })

  it('is never clean when it was not', () => {
    expect(outcomeOf({ verdict: 'clean', status: 'inconclusive' })).toBe('inconclusive')
    expect(outcomeOf({ verdict: 'unknown', status: 'error' })).toBe('error')
  })

  it('is what was found, even when it was not read to its end', () => {
    expect(outcomeOf({ verdict: 'malicious', status: 'inconclusive' })).toBe('malicious')
  })

  it('is counted once for each file', () => {
    const counts = countByOutcome([
      makeFile('a', { status: 'inconclusive' }),
      makeFile('b', { findings: [makeFinding()] }),
      makeFile('c'),
    ])
    expect(counts).toEqual({
      malicious: 1,
      suspicious: 0,
      unknown: 0,
      inconclusive: 1,
      error: 0,
      clean: 1,
    })
  })
})

describe('the formats of a report', () => {
  const files = ['gguf', 'onnx', 'gguf', 'json', 'text'].map((format, at) =>
    makeFile(String(at), { format }),
  )

  it('come most frequent first, and what does not fit is summed up', () => {
    expect(countByFormat(files, 3, 'Other')).toEqual([
      { format: 'gguf', files: 2 },
      { format: 'json', files: 1 },
      { format: 'Other', files: 2 },
    ])
  })

  it('are all named where there is room', () => {
    expect(countByFormat(files, 4, 'Other').map(({ format }) => format)).toEqual([
      'gguf',
      'json',
      'onnx',
      'text',
    ])
  })
})

describe('the charts of a report', () => {
  const files = [
    makeFile('a', {
      findings: [
        makeFinding({ ruleId: 'one.rule' }),
        makeFinding({ ruleId: 'two.rule', severity: 'low', category: 'network' }),
      ],
    }),
    makeFile('b', { findings: [makeFinding({ ruleId: 'two.rule', severity: 'high' })] }),
  ]

  it('split each category by severity, the largest first', () => {
    expect(countByCategory(files)).toEqual([
      { category: 'code-execution', values: [1, 1, 0, 0, 0] },
      { category: 'network', values: [0, 0, 0, 1, 0] },
    ])
  })

  it('name the rules with the most findings and say how many rules there are', () => {
    expect(topRules(files, 1)).toEqual({
      rules: [{ ruleId: 'two.rule', severity: 'low', findings: 2 }],
      all: 2,
    })
  })
})

it('evidence that the code frame already shows is not shown twice', () => {
  const frame = { firstLine: 3, lines: ['run(blob)', 'done()'] }
  expect(shownInFrame(makeFinding({ evidence: 'run(blob)', frame }))).toBe(true)
  expect(shownInFrame(makeFinding({ evidence: 'decoded', frame }))).toBe(false)
  expect(shownInFrame(makeFinding({ evidence: 'run(blob)' }))).toBe(false)
})
