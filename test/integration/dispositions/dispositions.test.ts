import type { ReportId } from '@shared/contract/scan'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type OpenConsole, openConsole } from '../../fixtures/console'
import { november, saveReport } from '../../fixtures/saved-report'
import { makeFile, makeFinding } from '../../unit/scan-page/make'

let open: OpenConsole
let today: string
beforeEach(() => {
  today = november(20)
  open = openConsole({ user: 'ada', now: () => new Date(today) })
})
afterEach(() => open.close())

const critical = makeFinding({ fingerprint: 'c', title: 'Runs a command' })
const medium = makeFinding({ fingerprint: 'm', severity: 'medium', ruleId: 'code.network' })
const delivery = () => [
  makeFile('a.py', { findings: [critical, medium] }),
  makeFile('b.py', { findings: [medium] }),
]
const decision = (part: { expires?: string; reason?: string } = {}) => ({
  kind: 'false-positive' as const,
  reason: 'an echo in a test',
  expires: null,
  ...part,
})
const list = (reportId: ReportId) => open.client.dispositions.list({ reportId })
const apply = (
  reportId: ReportId,
  filter: Parameters<typeof open.client.dispositions.apply>[0]['filter'] = {},
  decided: ReturnType<typeof decision> | null = decision(),
) => open.client.dispositions.apply({ reportId, filter, decision: decided })

describe('a disposition', () => {
  test('takes its finding out of the verdict, and leaves the report as it is', async () => {
    const id = await saveReport(open, delivery())
    expect((await list(id)).effective).toEqual({ verdict: 'malicious', grade: 'F', open: 3 })
    await apply(id, { severities: ['critical'] })
    const { dispositions, effective } = await list(id)
    expect(dispositions).toEqual([
      {
        ...decision(),
        path: 'a.py',
        fingerprint: 'c',
        by: 'ada',
        at: new Date(today),
      },
    ])
    expect(effective).toEqual({ verdict: 'suspicious', grade: 'C', open: 2 })
    const { report } = await open.client.scan.report({ reportId: id })
    expect([report.summary.verdict, report.files[0]?.findings.length]).toEqual(['malicious', 2])
  })

  test('holds for the next scan of the same folder, and for no other folder', async () => {
    await apply(await saveReport(open, delivery(), { startedAt: november(18) }))
    const again = await saveReport(open, delivery(), { startedAt: november(19) })
    const other = await saveReport(open, delivery(), { folder: '/elsewhere' })
    expect((await list(again)).effective.open).toBe(0)
    expect((await list(other)).effective.open).toBe(3)
  })

  test('holds for the path it was made for only', async () => {
    const id = await saveReport(open, delivery())
    await apply(id, { findings: [{ path: 'b.py', fingerprint: 'm' }] })
    const { dispositions } = await list(id)
    expect(dispositions.map(({ path }) => path)).toEqual(['b.py'])
  })

  test('ends on its day', async () => {
    const id = await saveReport(open, delivery())
    await apply(id, {}, decision({ expires: '2026-11-22' }))
    today = november(21)
    expect((await list(id)).effective.open).toBe(0)
    today = november(22)
    expect(await list(id)).toMatchObject({ dispositions: [], effective: { open: 3 } })
  })

  test('about evidence that is cut ends when the file changes, and no sooner', async () => {
    const long = makeFinding({ fingerprint: 'l', evidence: "exec('import os…')" })
    const scanned = (content: string | null, day: number) =>
      saveReport(open, [makeFile('a.pkl', { sha256: content, findings: [long] })], {
        startedAt: november(day),
      })
    await apply(await scanned('a'.repeat(64), 1))
    const counts = async (id: ReportId) => [
      (await list(id)).effective.open,
      open.console.reports.row(id)?.setAside,
      (await open.client.app.overview()).openCritical,
    ]
    expect(await counts(await scanned('a'.repeat(64), 2))).toEqual([0, 1, 0])
    expect(await counts(await scanned('b'.repeat(64), 3))).toEqual([1, 0, 1])
    const unhashed = await scanned(null, 4)
    await apply(unhashed)
    expect(await counts(unhashed)).toEqual([0, 1, 0])
    expect(await counts(await scanned(null, 5))).toEqual([1, 0, 1])
  })

  test('is taken away again', async () => {
    const id = await saveReport(open, delivery())
    await apply(id)
    expect(await apply(id, { ruleIds: ['code.network'] }, null)).toMatchObject({ changed: 2 })
    expect((await list(id)).effective).toMatchObject({ verdict: 'suspicious', open: 2 })
  })

  test('of a report that is not there is refused', async () => {
    const reportId = open.console.platform.randomId() as ReportId
    await expect(list(reportId)).rejects.toMatchObject({ code: 'REPORT_NOT_FOUND' })
    await expect(apply(reportId)).rejects.toMatchObject({ code: 'REPORT_NOT_FOUND' })
  })
})

describe('a bulk decision', () => {
  test('is shown beforehand with what it would make of the verdict, and changes nothing', async () => {
    const id = await saveReport(open, delivery())
    await apply(id, { severities: ['critical'] })
    const preview = await open.client.dispositions.preview({
      reportId: id,
      filter: { search: 'A.PY' },
    })
    expect(preview).toEqual({
      findings: 2,
      replaced: 1,
      byRule: [
        { ruleId: 'pickle.command-execution', title: 'Runs a command', findings: 1 },
        { ruleId: 'code.network', title: medium.title, findings: 1 },
      ],
      effective: { verdict: 'suspicious', grade: 'B', open: 1 },
    })
    expect((await list(id)).effective.open).toBe(2)
  })

  test('means what all parts of its filter name', async () => {
    const id = await saveReport(open, delivery())
    const count = async (filter: Parameters<typeof apply>[1]) =>
      (await open.client.dispositions.preview({ reportId: id, filter: filter ?? {} })).findings
    expect(await count({})).toBe(3)
    expect(await count({ ruleIds: ['code.network'], search: 'b.py' })).toBe(1)
    expect(await count({ severities: ['critical'], search: 'b.py' })).toBe(0)
    expect(await count({ findings: [] })).toBe(0)
    expect(await count({ search: "posix.system('ECHO" })).toBe(3)
  })

  test('counts equal findings of one file each, as the page shows them', async () => {
    const id = await saveReport(open, [makeFile('a', { findings: [critical, critical] })])
    expect(await apply(id)).toMatchObject({ changed: 2 })
    expect((await list(id)).effective.open).toBe(0)
  })

  test('of ten thousand findings is one decision, and one undo', async () => {
    const findings = Array.from({ length: 10_000 }, (_, index) =>
      makeFinding({ fingerprint: `f${index}` }),
    )
    const id = await saveReport(open, [makeFile('a', { findings })])
    const { operationId, changed } = await apply(id)
    expect([changed, (await list(id)).effective.open]).toEqual([10_000, 0])
    await open.client.dispositions.undo({ operationId })
    expect((await list(id)).effective.open).toBe(10_000)
  })
})

describe('undoing a decision', () => {
  test('puts back what was decided before', async () => {
    const id = await saveReport(open, delivery())
    await apply(id, { severities: ['critical'] }, decision({ reason: 'the first' }))
    const { operationId } = await apply(id, {}, decision({ reason: 'the second' }))
    expect(await open.client.dispositions.undo({ operationId })).toEqual({ changed: 3 })
    const { dispositions } = await list(id)
    expect(dispositions.map(({ reason }) => reason)).toEqual(['the first'])
  })

  test('goes back step by step, newest first', async () => {
    const id = await saveReport(open, delivery())
    const first = await apply(id)
    const second = await apply(id, {}, null)
    await open.client.dispositions.undo({ operationId: second.operationId })
    expect((await list(id)).effective.open).toBe(0)
    await open.client.dispositions.undo({ operationId: first.operationId })
    expect((await list(id)).effective.open).toBe(3)
  })

  test.each([
    ['another decision', decision({ reason: 'later' })],
    ['a decision that took it away', null],
  ])('is refused under %s, and changes nothing', async (_, later) => {
    const id = await saveReport(open, delivery())
    const { operationId } = await apply(id)
    await apply(id, { severities: ['critical'] }, later)
    const before = await list(id)
    await expect(open.client.dispositions.undo({ operationId })).rejects.toMatchObject({
      code: 'CHANGED_SINCE',
      data: { findings: 1 },
    })
    expect(await list(id)).toEqual(before)
  })

  test('is refused a second time, and for what never happened', async () => {
    const id = await saveReport(open, delivery())
    const { operationId } = await apply(id)
    await open.client.dispositions.undo({ operationId })
    await expect(open.client.dispositions.undo({ operationId })).rejects.toMatchObject({
      code: 'CHANGED_SINCE',
    })
    const unknown = open.console.platform.randomId()
    await expect(open.client.dispositions.undo({ operationId: unknown })).rejects.toMatchObject({
      code: 'OPERATION_NOT_FOUND',
    })
  })
})

describe('counts of open findings', () => {
  const counts = async () => {
    const { openCritical, openHigh } = await open.client.app.overview()
    return [openCritical, openHigh]
  }
  test('are those of the newest report of each delivery', async () => {
    await saveReport(open, delivery(), { startedAt: november(1) })
    await saveReport(open, delivery(), { startedAt: november(2) })
    await saveReport(open, delivery(), { folder: '/elsewhere' })
    expect(await counts()).toEqual([2, 0])
    await saveReport(open, [], { startedAt: november(3) })
    expect(await counts()).toEqual([1, 0])
  })
  test('leave out what is set aside, until that ends', async () => {
    const id = await saveReport(open, delivery())
    await apply(id, { search: 'a.py' }, decision({ expires: '2026-11-22' }))
    expect(await counts()).toEqual([0, 0])
    const aside = async () => (await open.client.scan.history({})).rows[0]?.setAside
    expect(await aside()).toBe(2)
    today = november(22)
    expect([await counts(), await aside()]).toEqual([[1, 0], 0])
  })
})
