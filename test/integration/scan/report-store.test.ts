import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type OpenConsole, openConsole } from '../../fixtures/console'
import { november, saveReport } from '../../fixtures/saved-report'
import { makeFile, makeFinding, makeReport } from '../../unit/scan-page/make'

let open: OpenConsole
beforeEach(() => {
  open = openConsole()
})
afterEach(() => open.close())

/** Enough for several parts of a stored document. */
const many = () =>
  Array.from({ length: 400 }, (_, index) =>
    makeFile(`${index}.py`, {
      findings: Array.from({ length: 5 }, (__, at) =>
        makeFinding({ fingerprint: `${index}-${at}`, why: 'w'.repeat(500) }),
      ),
    }),
  )

describe('a stored report', () => {
  test('is read back as it was, however long', async () => {
    const id = await saveReport(open, many())
    const parts = open.console.db.prepare('SELECT count(*) FROM report_document').pluck().get()
    expect(parts).toBeGreaterThan(3)
    // From the disk, not from what the store has in memory.
    const { report } = await open.client.scan.report({ reportId: id })
    expect(report).toEqual({ ...makeReport(many()), roots: ['/models'] })
  })

  test('of one file with many findings is, too', async () => {
    const findings = many().flatMap((file) => file.findings)
    const reportId = await saveReport(open, [makeFile('a', { findings }), makeFile('b')])
    const { report } = await open.client.scan.report({ reportId })
    expect(report.files).toEqual([makeFile('a', { findings }), makeFile('b')])
  })

  test('that lost a part is not shown as a whole one', async () => {
    const reportId = await saveReport(open, many())
    open.console.db.exec('DELETE FROM report_document WHERE part = 2')
    await expect(open.client.scan.report({ reportId })).rejects.toMatchObject({
      code: 'INTERNAL_SERVER_ERROR',
    })
    expect(open.log.join()).toContain('is not whole; scan again')
  })

  test('that something else changed is refused', async () => {
    const reportId = await saveReport(open, [makeFile('a', { findings: [makeFinding()] })])
    open.console.db.exec(`UPDATE report_document SET body = replace(body, 'critical', 'harmless')`)
    await expect(open.client.scan.report({ reportId })).rejects.toMatchObject({
      code: 'INTERNAL_SERVER_ERROR',
    })
  })

  test('that is removed while it is read is gone', async () => {
    const id = await saveReport(open, many())
    const reading = open.console.reports.find(id)
    await open.client.scan.remove({ reportId: id })
    expect(await reading).toBeUndefined()
  })

  test('is not in the history before it is on the disk', async () => {
    const saving = saveReport(open, many())
    const seen = new Set<number>()
    let done = false
    void saving.finally(() => {
      done = true
    })
    while (!done) {
      seen.add((await open.client.scan.history({})).total)
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect([...seen]).not.toContain(1)
    expect((await open.client.scan.history({})).total).toBe(1)
  })

  test('takes all its rows along when it is removed', async () => {
    const reportId = await saveReport(open, many())
    await open.client.scan.remove({ reportId })
    const count = (table: string) =>
      open.console.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()
    const tables = ['report', 'report_document', 'report_rule', 'finding', 'fact']
    expect(tables.map(count)).toEqual([0, 0, 0, 0, 0])
  })
})

test('the newest scans of each delivery are listed without those they replace', async () => {
  const bad = [makeFile('a', { verdict: 'malicious', findings: [makeFinding()] })]
  await saveReport(open, bad, { startedAt: november(1) })
  const newer = await saveReport(open, bad, { startedAt: november(2) })
  await saveReport(open, bad, { startedAt: november(3), folder: '/mended' })
  await saveReport(open, [makeFile('a')], { startedAt: november(4), folder: '/mended' })
  const listed = async (latest: boolean) =>
    (await open.client.scan.history({ verdict: 'malicious', latest })).rows.map(({ id }) => id)
  expect(await listed(true)).toEqual([newer])
  expect(await listed(false)).toHaveLength(3)
})
