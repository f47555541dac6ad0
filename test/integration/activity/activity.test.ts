import { closeSync, ftruncateSync, openSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type OpenConsole, openConsole } from '../../fixtures/console'
import { saveReport } from '../../fixtures/saved-report'
import { makeFile, makeFinding } from '../../unit/scan-page/make'

let open: OpenConsole
const at = new Date('2026-11-20T10:00:00.000Z')
beforeEach(() => {
  open = openConsole({ user: 'ada', now: () => at })
})
afterEach(() => open.close())

const files = [makeFile('a', { findings: [makeFinding()] })]
const kinds = async () => (await open.client.activity.list({})).events.map(({ kind }) => kind)
const start = () =>
  open.client.scan.start({ target: { kind: 'paths', paths: [open.root] }, useCache: false })
async function ended(jobId: string) {
  let last: string | undefined
  for await (const { type } of await open.client.scan.watch({ jobId })) last = type
  return last
}

describe('the record of what was done', () => {
  test('says who did what, when, and in which host', async () => {
    const reportId = await saveReport(open, files)
    const { operationId } = await open.client.dispositions.apply({
      reportId,
      filter: {},
      decision: { kind: 'accepted-risk', reason: 'only in a sandbox', expires: null },
    })
    const { events, total } = await open.client.activity.list({})
    expect(total).toBe(2)
    expect(events[0]).toEqual({
      sequence: 2,
      operationId,
      at,
      actor: 'ada',
      host: 'loopback',
      kind: 'disposition.set',
      subject: reportId,
      summary: 'Marked 1 finding of models as accepted risk: only in a sandbox',
      body: {
        series: expect.stringMatching(/^[0-9a-f]{32}$/),
        findings: 1,
        kind: 'accepted-risk',
        reason: 'only in a sandbox',
        expires: null,
      },
    })
  })

  test('has every deed, newest first', async () => {
    const reportId = await saveReport(open, files)
    const apply = (decision: { kind: 'used-in-tests'; reason: string; expires: null } | null) =>
      open.client.dispositions.apply({ reportId, filter: {}, decision })
    const { operationId } = await apply({ kind: 'used-in-tests', reason: 'a test', expires: null })
    await open.client.dispositions.undo({ operationId })
    await apply({ kind: 'used-in-tests', reason: 'a test', expires: null })
    await apply(null)
    await open.client.scan.export({ reportId, format: 'json' })
    await open.client.settings.update({ 'scan.hash': false })
    await open.client.scan.remove({ reportId })
    expect(await kinds()).toEqual([
      'report.removed',
      'settings.changed',
      'report.exported',
      'disposition.cleared',
      'disposition.set',
      'disposition.undone',
      'disposition.set',
      'scan.finished',
    ])
  })

  test('keeps the values before and after a change of settings, and no change that is none', async () => {
    await open.client.settings.update({ 'scan.hash': false })
    await open.client.settings.update({ 'scan.hash': false })
    const { events } = await open.client.activity.list({})
    expect(events).toMatchObject([
      {
        subject: 'scan.hash',
        summary: 'Changed scan.hash from true to false',
        body: { 'scan.hash': { before: true, after: false } },
      },
    ])
  })

  test('of a decision that met no finding is empty', async () => {
    const reportId = await saveReport(open, files)
    await open.client.dispositions.apply({ reportId, filter: {}, decision: null })
    expect(await kinds()).toEqual(['scan.finished'])
  })

  test('is read page by page, by kind, and by words of any case', async () => {
    for (const name of ['/x/one', '/x/two', '/x/three'])
      await saveReport(open, files, { folder: name })
    await open.client.settings.update({ 'scan.hash': false })
    const first = await open.client.activity.list({ limit: 2 })
    const rest = await open.client.activity.list({ before: first.events[1]?.sequence })
    expect([first, rest].map(({ events }) => events.map(({ sequence }) => sequence))).toEqual([
      [4, 3],
      [2, 1],
    ])
    expect([first.total, rest.total]).toEqual([4, 4])
    const settings = await open.client.activity.list({ kinds: ['settings.changed'] })
    const two = await open.client.activity.list({ search: 'SCANNED TWO' })
    expect([settings.total, two.total]).toEqual([1, 1])
    expect((await open.client.activity.list({ kinds: [] })).total).toBe(0)
  })

  test.each([
    ['changed', "UPDATE event SET actor = 'eve'"],
    ['deleted', 'DELETE FROM event'],
    [
      'replaced',
      "INSERT OR REPLACE INTO event SELECT sequence, operation_id, at, 'eve', host, kind, subject, summary, body, changes FROM event",
    ],
  ])('is never %s', async (_, sql) => {
    await saveReport(open, files)
    expect(() => open.console.db.exec(sql)).toThrow(/an event is never/)
    expect((await open.client.activity.list({})).events).toMatchObject([{ actor: 'ada' }])
  })

  test('keeps nothing of a deed that failed', async () => {
    open.console.db.exec('DROP TABLE report_rule')
    await expect(saveReport(open, files)).rejects.toThrow()
    expect(await kinds()).toEqual([])
    expect((await open.client.scan.history({})).total).toBe(0)
  })
})

describe('a record that the disk has no room for', () => {
  test('is logged, and the change of settings stands', async () => {
    const { db } = open.console
    db.pragma(`max_page_count = ${db.pragma('page_count', { simple: true })}`)
    const fill = db.prepare("INSERT INTO saved_view VALUES (?, 'report', ?, ?)")
    expect(() => {
      for (let index = 0; ; index++) fill.run(`${index}`, `${index}`, 'x'.repeat(500))
    }).toThrow(/full/)
    for (let tries = 0; tries < 40; tries++)
      await open.client.settings.update({ 'scan.hash': tries % 2 === 1 })
    await open.client.settings.update({ 'scan.hash': false })
    expect((await open.client.settings.get()).values['scan.hash']).toBe(false)
    expect(open.log.join()).toContain('settings.changed was not recorded')
  })
})

describe('the record of a scan', () => {
  test('has its start and its end under one operation', async () => {
    writeFileSync(join(open.root, 'a.txt'), 'text')
    const { jobId } = await start()
    expect(await ended(jobId)).toBe('done')
    const { events } = await open.client.activity.list({})
    expect(events.map(({ kind, operationId }) => [kind, operationId])).toEqual([
      ['scan.finished', jobId],
      ['scan.started', jobId],
    ])
    expect(events[0]?.summary).toBe('Scanned root: clean, grade A+')
  })

  test('says that it was cancelled', async () => {
    const descriptor = openSync(join(open.root, 'big.bin'), 'w')
    ftruncateSync(descriptor, 40 * 1024 ** 3)
    closeSync(descriptor)
    const { jobId } = await start()
    await expect.poll(() => open.console.jobs.find(jobId, 'scan')?.job.bytesDone).toBeGreaterThan(0)
    await open.client.jobs.cancel({ jobId })
    await expect.poll(kinds).toEqual(['scan.cancelled', 'scan.started'])
  })

  test('says why it failed', async () => {
    open.console.platform.launch = () => Promise.reject(new Error('no process left'))
    const { jobId } = await start()
    expect(await ended(jobId)).toBe('failed')
    await expect.poll(kinds).toEqual(['scan.failed', 'scan.started'])
    const { events } = await open.client.activity.list({})
    expect(events[0]?.body).toEqual({ reason: 'no process left' })
  })
})
