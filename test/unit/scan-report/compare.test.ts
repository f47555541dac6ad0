import { compareReports } from '@shared/scan-report/compare'
import type { FileReport, ScanReport } from '@shared/scan-report/report'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createBudget } from '../../../electron/core/scan/budget'
import { makeFile, makeFinding, makeReport } from '../scan-page/make'

const one = makeFinding({ fingerprint: 'one' })
const two = makeFinding({ fingerprint: 'two', severity: 'medium' })
const hash = (content: string) => ({ sha256: content.padEnd(64, '0') })
const changes = (before: FileReport[], after: FileReport[]) =>
  compareReports(makeReport(before), makeReport(after))

describe('comparing two reports', () => {
  test('tells new, fixed and unchanged findings apart by path and fingerprint', () => {
    const { counts, findings } = changes(
      [makeFile('a.py', { findings: [one] }), makeFile('b.py', { findings: [one] })],
      [makeFile('a.py', { findings: [one, two] }), makeFile('b.py')],
    )
    expect(counts).toEqual({ new: 1, fixed: 1, unchanged: 1 })
    expect(
      findings.map(({ change, path, finding }) => [change, path, finding.fingerprint]),
    ).toEqual([
      ['new', 'a.py', 'two'],
      ['fixed', 'b.py', 'one'],
      ['unchanged', 'a.py', 'one'],
    ])
  })

  test('a finding that occurs once more is new once', () => {
    const { counts } = changes(
      [makeFile('a.py', { findings: [one, one] })],
      [makeFile('a.py', { findings: [one, one, one] })],
    )
    expect(counts).toEqual({ new: 1, fixed: 0, unchanged: 2 })
  })

  test('another severity of the same finding is shown with the one before', () => {
    const { findings } = changes(
      [makeFile('a.py', { findings: [one] })],
      [makeFile('a.py', { findings: [{ ...one, severity: 'high' }] })],
    )
    expect(findings).toMatchObject([{ change: 'unchanged', previousSeverity: 'critical' }])
  })

  test('a file that was moved into another folder keeps its findings', () => {
    const { counts, files, findings } = changes(
      [makeFile('old/a.py', { ...hash('a'), findings: [one] })],
      [makeFile('new/b.py', { ...hash('a'), findings: [one] })],
    )
    expect(counts).toEqual({ new: 0, fixed: 0, unchanged: 1 })
    expect(files).toMatchObject([{ change: 'renamed', path: 'new/b.py', previousPath: 'old/a.py' }])
    expect(findings).toMatchObject([{ path: 'new/b.py', previousPath: 'old/a.py' }])
  })

  test('a file that was moved and edited is known by its name and findings', () => {
    const { counts, files } = changes(
      [makeFile('old/a.py', { ...hash('a'), findings: [one] })],
      [makeFile('new/a.py', { ...hash('b'), findings: [one] })],
    )
    expect([counts.unchanged, files[0]?.previousPath]).toEqual([1, 'old/a.py'])
  })

  test('of two files that could be meant, none is', () => {
    const { counts } = changes(
      [makeFile('x/a.py', { findings: [one] })],
      [makeFile('y/a.py', { findings: [one] }), makeFile('z/a.py', { findings: [one] })],
    )
    expect(counts).toEqual({ new: 2, fixed: 1, unchanged: 0 })
  })

  test('empty files do not pass for one another', () => {
    const empty = { ...hash('e'), bytes: 0 }
    const { files } = changes([makeFile('a/x', empty)], [makeFile('b/y', empty)])
    expect(files.map(({ change }) => change)).toEqual(['removed', 'added'])
  })

  test('equal paths of two roots are compared root by root, in whatever order they are listed', () => {
    const first = { ...makeFile('a.py', { findings: [one] }), root: 0 }
    const second = { ...makeFile('a.py', { findings: [two] }), root: 1 }
    const before = { ...makeReport([first, second]), roots: ['/x', '/y'] }
    const after = {
      ...makeReport([
        { ...second, root: 0 },
        { ...first, root: 1 },
      ]),
      roots: ['/y', '/x'],
    }
    expect(compareReports(before, after).counts).toEqual({ new: 0, fixed: 0, unchanged: 2 })
  })

  test('lists files that were added, removed, changed or judged anew, and no other', () => {
    const { files } = changes(
      [
        makeFile('same', hash('s')),
        makeFile('edited', hash('1')),
        makeFile('gone', hash('g')),
        makeFile('unread', { ...hash('u'), status: 'inconclusive' }),
      ],
      [
        makeFile('same', hash('s')),
        makeFile('edited', hash('2')),
        makeFile('fresh', hash('f')),
        makeFile('unread', hash('u')),
      ],
    )
    expect(files.map(({ path, change }) => [path, change])).toEqual([
      ['edited', 'changed'],
      ['fresh', 'added'],
      ['gone', 'removed'],
      ['unread', 'unchanged'],
    ])
  })
})

describe('the notes of a comparison', () => {
  const notes = (before: Partial<ScanReport>, after: Partial<ScanReport>) => {
    const whole = makeReport([makeFile('a', hash('a'))])
    return compareReports({ ...whole, ...before }, { ...whole, ...after }).notes
  }
  const unread = makeReport([makeFile('a', { ...hash('a'), status: 'inconclusive' })])

  test('are none where both scans saw everything under the same rules', () => {
    expect(notes({}, {})).toEqual([])
  })
  test('name other rules and another policy', () => {
    const policy = { name: 'Strict', profile: 'strict', digest: 'abcdef0123456789' } as const
    expect(notes({}, { rulesVersion: '2027.1.1', policy })).toEqual([
      expect.stringContaining('2026.11.1 before, 2027.1.1 now'),
      expect.stringContaining('none before, Strict abcdef01 now'),
    ])
  })
  test('say that what is fixed may not have been read', () => {
    expect(notes({}, unread)).toEqual([expect.stringContaining('fixed there may be unread')])
    expect(notes(unread, {})).toEqual([expect.stringContaining('new there may be older')])
  })
  test('say that a report which was full may hide findings', () => {
    const budget = createBudget()
    budget.findings(Array.from({ length: 80 }, () => makeFinding({ evidence: 'x'.repeat(1e6) })))
    expect(notes({}, { notes: budget.notes() })).toEqual([
      expect.stringContaining('did not hold all findings now'),
    ])
  })
  test('say which findings a policy only hides', () => {
    const before = makeReport([makeFile('a', { ...hash('a'), findings: [one] })])
    const ignored = [{ finding: one, reason: 'known', expires: null }]
    expect(notes(before, makeReport([makeFile('a', { ...hash('a'), ignored })]))).toEqual([
      expect.stringContaining('1 finding counts as fixed only because the policy'),
    ])
  })
  test('say that more can have changed than evidence shows', () => {
    const cut = (content: string, evidence: string) =>
      makeReport([makeFile('a', { ...hash(content), findings: [makeFinding({ evidence })] })])
    expect(notes(cut('1', "exec('x…')"), cut('2', "exec('x…')"))).toEqual([
      expect.stringContaining('the rest can be another'),
    ])
    expect(notes(cut('1', "exec('x…')"), cut('1', "exec('x…')"))).toEqual([])
    expect(notes(cut('1', "exec('x')"), cut('2', "exec('x')"))).toEqual([])
  })
  test('say that moved files are harder to find without hashes', () => {
    expect(notes({}, makeReport([makeFile('a')]))).toEqual([expect.stringContaining('SHA-256')])
  })
})

/** Small alphabets, so that paths, contents and fingerprints meet often. */
const someFinding = fc
  .record({
    fingerprint: fc.constantFrom('f1', 'f2', 'f3'),
    severity: fc.constantFrom('critical' as const, 'medium' as const, 'low' as const),
    line: fc.integer({ min: 1, max: 99 }),
  })
  .map(({ fingerprint, severity, line }) =>
    makeFinding({ fingerprint, severity, location: { line } }),
  )
const someFile = fc
  .record({
    path: fc.constantFrom('a', 'b', 'x/a', 'y/a', 'y/b'),
    sha256: fc.option(fc.constantFrom('1', '2')),
    bytes: fc.constantFrom(0, 10),
    findings: fc.array(someFinding, { maxLength: 4 }),
    status: fc.constantFrom('complete' as const, 'inconclusive' as const),
  })
  .map(({ path, ...part }) => makeFile(path, part))
const someReport = fc
  .uniqueArray(someFile, { selector: (file) => file.path, maxLength: 5 })
  .map(makeReport)
const named = (report: ReturnType<typeof compareReports>, change: string) =>
  report.findings
    .filter((finding) => finding.change === change)
    .map(({ path, finding }) => `${path} ${finding.fingerprint}`)
    .sort()

describe('the laws of comparing', () => {
  test('a report against itself has nothing new and nothing fixed', () => {
    fc.assert(
      fc.property(someReport, (report) => {
        const { counts, files } = compareReports(report, report)
        expect([counts.new, counts.fixed, files]).toEqual([0, 0, []])
      }),
    )
  })
  test('what is new one way is fixed the other way', () => {
    fc.assert(
      fc.property(someReport, someReport, (a, b) => {
        const there = compareReports(a, b)
        const back = compareReports(b, a)
        expect(named(there, 'new')).toEqual(named(back, 'fixed'))
        expect(named(there, 'fixed')).toEqual(named(back, 'new'))
        expect(there.counts.unchanged).toBe(back.counts.unchanged)
      }),
    )
  })
  test('every finding of both reports is counted once', () => {
    const total = (report: ScanReport) => report.files.flatMap((file) => file.findings).length
    fc.assert(
      fc.property(someReport, someReport, (a, b) => {
        const { counts, findings } = compareReports(a, b)
        expect(counts.new + counts.unchanged).toBe(total(b))
        expect(counts.fixed + counts.unchanged).toBe(total(a))
        expect(findings).toHaveLength(counts.new + counts.fixed + counts.unchanged)
      }),
    )
  })
  test('lines and offsets that moved change nothing', () => {
    fc.assert(
      fc.property(someReport, fc.integer({ min: 1, max: 50 }), (report, by) => {
        const moved = structuredClone(report)
        for (const { findings } of moved.files)
          for (const finding of findings) finding.location = { line: by, offset: by }
        const { counts } = compareReports(report, moved)
        expect([counts.new, counts.fixed]).toEqual([0, 0])
      }),
    )
  })
})
