import type { ReportId } from '@shared/contract/scan'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type OpenConsole, openConsole } from '../../fixtures/console'
import { november, saveReport } from '../../fixtures/saved-report'
import { makeFile, makeFinding } from '../../unit/scan-page/make'

let open: OpenConsole
beforeEach(() => {
  open = openConsole()
})
afterEach(() => open.close())

const bad = [makeFile('a.py', { findings: [makeFinding()] })]
const good = [makeFile('a.py')]

describe('comparing stored scans', () => {
  test('takes the scan before of the same folder', async () => {
    const oldest = await saveReport(open, good, { startedAt: november(1) })
    const before = await saveReport(open, bad, { startedAt: november(2) })
    const latest = await saveReport(open, good, { startedAt: november(3) })
    await saveReport(open, bad, { startedAt: november(2), folder: '/elsewhere' })
    const { baseline, current, comparison } = await open.client.scan.compare({ reportId: latest })
    expect([baseline.id, current.id]).toEqual([before, latest])
    expect(comparison).toMatchObject({
      counts: { new: 0, fixed: 1, unchanged: 0 },
      previousVerdict: 'malicious',
      verdict: 'clean',
    })
    const named = await open.client.scan.compare({ reportId: latest, baselineId: oldest })
    expect(named.comparison.counts).toEqual({ new: 0, fixed: 0, unchanged: 0 })
  })

  test('knows the folder whether the page or the command line scanned it', async () => {
    await saveReport(open, bad, { startedAt: november(1), source: 'command-line' })
    const reportId = await saveReport(open, good, { startedAt: november(2) })
    const { comparison } = await open.client.scan.compare({ reportId })
    expect(comparison.counts.fixed).toBe(1)
  })

  test('goes through scans that started at once in the order of the history', async () => {
    for (let scan = 0; scan < 3; scan++) await saveReport(open, good, { startedAt: november(1) })
    const { rows } = await open.client.scan.history({})
    const [newest, middle, oldest] = rows.map(({ id }) => id)
    const earlier = async (reportId: ReportId | undefined) =>
      (await open.client.scan.compare({ reportId: reportId as ReportId })).baseline.id
    expect([await earlier(newest), await earlier(middle)]).toEqual([middle, oldest])
  })

  test('is refused for the first scan, and for reports that are gone', async () => {
    const reportId = await saveReport(open, good)
    const gone = open.console.platform.randomId() as ReportId
    await expect(open.client.scan.compare({ reportId })).rejects.toMatchObject({
      code: 'NO_EARLIER_SCAN',
    })
    await expect(open.client.scan.compare({ reportId, baselineId: gone })).rejects.toMatchObject({
      code: 'REPORT_NOT_FOUND',
      data: { reportId: gone },
    })
  })
})

describe('the series of a delivery', () => {
  test('lists its scans in the history', async () => {
    const first = await saveReport(open, bad, { startedAt: november(1) })
    const second = await saveReport(open, good, { startedAt: november(2) })
    await saveReport(open, good, { folder: '/elsewhere' })
    const { rows } = await open.client.scan.history({
      series: open.console.reports.row(first)?.series,
    })
    expect(rows.map(({ id }) => id)).toEqual([second, first])
    expect(rows[0]?.roots).toEqual(['/models'])
  })
  test('is not the same for a folder and an upload of that name', async () => {
    const folder = await saveReport(open, good, { folder: 'models' })
    const upload = await saveReport(open, good, { folder: 'models', source: 'upload' })
    const series = [folder, upload].map((id) => open.console.reports.row(id)?.series)
    expect(new Set(series).size).toBe(2)
  })
})
