import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type OpenConsole, openConsole } from '../../fixtures/console'
import { november, saveReport } from '../../fixtures/saved-report'
import { makeFile, makeFinding } from '../../unit/scan-page/make'

let open: OpenConsole
beforeEach(() => {
  open = openConsole({ now: () => new Date(november(20)) })
})
afterEach(() => open.close())

const critical = makeFinding({ fingerprint: 'c' })
const medium = makeFinding({ fingerprint: 'm', severity: 'medium', ruleId: 'gone.rule' })
const security = (days = 7) => open.client.scan.security({ days })

describe('the security overview', () => {
  test('of nothing says that there is nothing to tell', async () => {
    expect(await security()).toMatchObject({
      scans: 0,
      verdicts: { malicious: 0, suspicious: 0, unknown: 0, clean: 0 },
      topRules: [],
      cacheHitRate: null,
      medianMs: null,
      p95Ms: null,
      precision: [],
    })
  })

  test('counts scans and verdicts day by day, and none from before', async () => {
    await saveReport(open, [makeFile('a', { findings: [critical] })], { startedAt: november(20) })
    await saveReport(open, [makeFile('a')], { startedAt: november(20) })
    await saveReport(open, [makeFile('a')], { startedAt: november(14) })
    await saveReport(open, [makeFile('a')], { startedAt: november(13) })
    const { daily, scans, files, verdicts } = await security(7)
    expect([scans, files, verdicts.malicious, verdicts.clean]).toEqual([3, 3, 1, 2])
    expect(daily.map(({ day, scans }) => [day.slice(8), scans])).toEqual([
      ['14', 1],
      ['15', 0],
      ['16', 0],
      ['17', 0],
      ['18', 0],
      ['19', 0],
      ['20', 2],
    ])
    expect(daily.at(-1)?.verdicts).toEqual({ malicious: 1, suspicious: 0, unknown: 0, clean: 1 })
  })

  test('lists rules by how often they fired, with their worst severity', async () => {
    const files = [makeFile('a', { findings: [critical, medium, { ...medium, severity: 'high' }] })]
    await saveReport(open, files, { startedAt: november(20) })
    await saveReport(open, files, { startedAt: november(19) })
    expect((await security()).topRules).toEqual([
      { ruleId: 'gone.rule', title: 'gone.rule', severity: 'high', findings: 4, reports: 2 },
      {
        ruleId: 'pickle.command-execution',
        title: open.console.rules().rules.find(({ id }) => id === 'pickle.command-execution')
          ?.title,
        severity: 'critical',
        findings: 2,
        reports: 2,
      },
    ])
  })

  test('tells how many files came from the cache, and how long a scan takes', async () => {
    for (let scan = 1; scan <= 20; scan++)
      await saveReport(open, [makeFile('a', { cached: scan > 5 })], {
        startedAt: november(20),
        durationMs: scan * 10,
      })
    expect(await security()).toMatchObject({ cacheHitRate: 0.75, medianMs: 100, p95Ms: 190 })
  })

  test('shows the precision of a rule by what people decided', async () => {
    const files = Array.from({ length: 4 }, (_, index) =>
      makeFile(`${index}.py`, { findings: [critical] }),
    )
    const reportId = await saveReport(open, files, { startedAt: november(20) })
    const decide = (path: string, kind: 'false-positive' | 'accepted-risk') =>
      open.client.dispositions.apply({
        reportId,
        filter: { findings: [{ path, fingerprint: 'c' }] },
        decision: { kind, reason: 'looked at it', expires: '2026-11-01' },
      })
    for (const path of ['0.py', '1.py', '2.py']) await decide(path, 'accepted-risk')
    await decide('3.py', 'false-positive')
    expect((await security()).precision).toMatchObject([
      { ruleId: 'pickle.command-execution', judged: 4, falsePositives: 1, precision: 0.75 },
    ])
  })
})
