import { advise, likelyGrade } from '@shared/benchmark/advise'
import type { ClaimStatement } from '@shared/benchmark/claim'
import { historyOf } from '@shared/benchmark/history-of'
import { judgeClaim } from '@shared/benchmark/judge-claim'
import { leaderboardOf } from '@shared/benchmark/leaderboard-of'
import { figureOf, summarise } from '@shared/benchmark/summarise'
import { toCsv, toMarkdown } from '@shared/benchmark/table-text'
import { leaderboardTables, resultTables } from '@shared/benchmark/tables'
import { describe, expect, test } from 'vitest'
import { quietChecks } from '../../fixtures/benchmarks'
import { launch, launches, measured, result, row } from '../../fixtures/launches'

const around = (centre: number, n = 10) =>
  Array.from({ length: n }, (_, i) => Math.round(centre * (1 + (((i * 7) % 5) - 2) / 500)))
function point(centre: number, more: Parameters<typeof row>[2] = {}) {
  const figure = figureOf(launches(around(centre)), 'latency-p90')
  if (figure === undefined) throw new Error('There are launches.')
  return { row: row('model', around(centre), more), figure }
}

describe('a history', () => {
  test('shows where the level changed and stayed', () => {
    const levels = [1, 1.01, 0.99, 1, 1.005, 1.1, 1.11, 1.09, 1.1, 1.105].map((x) => x * 1e6)
    const { changes } = historyOf(
      levels.map((level) => point(level)),
      'latency-p90',
      0.03,
    )
    expect(changes).toMatchObject([{ at: 5, direction: 'slower', confirmed: true }])
    expect(changes[0]?.effect).toBeCloseTo(0.1, 1)
  })
  test('says at once that the newest run is another, as a suspicion', () => {
    const { changes } = historyOf([point(1e6), point(1.2e6)], 'latency-p90', 0.03)
    expect(changes).toMatchObject([{ at: 1, direction: 'slower', confirmed: false }])
  })
  test('is flat where runs differ by less than the threshold', () => {
    const points = [1, 1.01, 0.99, 1.02, 1, 1.01, 0.98, 1].map((x) => point(x * 1e6))
    expect(historyOf(points, 'latency-p90', 0.03).changes).toEqual([])
  })
  test('never takes a step beside another machine for one of the model', () => {
    const points = [
      ...[1, 1, 1, 1].map((x) => point(x * 1e6)),
      ...[2, 2, 2, 2].map((x) => point(x * 1e6, { fingerprint: 'e'.repeat(64) })),
    ]
    const { changes, switches } = historyOf(points, 'latency-p90', 0.03)
    expect(changes).toEqual([])
    expect(switches).toEqual([{ at: 4, what: ['environment'] }])
  })
})

describe('a claim', () => {
  const measuredRow = row('model', around(1e6))
  const statement: ClaimStatement = {
    modelSha256: measuredRow.modelSha256,
    modelName: 'model',
    suiteId: 'speed',
    suiteVersion: '1.0.0',
    scenario: 'single-stream',
    figure: { kind: 'speed', measure: 'latency-p50', value: 1e6 },
    hardwareClass: measuredRow.hardwareClass,
    source: '',
  }
  const evidence = (all = launches(around(1e6)), more: Parameters<typeof row>[2] = {}) => [
    { row: row('model', around(1e6), more), summary: summarise(result(all)) },
  ]
  const claimed = (value: number) => ({
    ...statement,
    figure: { kind: 'speed' as const, measure: 'latency-p50' as const, value },
  })
  test('within 10 % is reproduced', () => {
    expect(judgeClaim(claimed(0.95e6), evidence()).verdict).toBe('reproduced')
  })
  test('surely further off is refuted', () => {
    expect(judgeClaim(claimed(0.7e6), evidence()).verdict).toBe('refuted')
  })
  test('on the line is inconclusive, with how many more launches would decide', () => {
    const verdict = judgeClaim(claimed(0.9105e6), evidence())
    expect(verdict.verdict).toBe('inconclusive')
    expect(verdict.moreLaunches).toBeGreaterThan(0)
  })
  test('that nothing was measured for is inconclusive', () => {
    expect(judgeClaim(statement, [])).toMatchObject({ verdict: 'inconclusive', ratio: null })
  })
  test('is not judged by a noisy machine, nor by another than it names', () => {
    expect(judgeClaim(statement, evidence(undefined, { grade: 'C' })).verdict).toBe('inconclusive')
    const elsewhere = evidence(undefined, { hardwareClass: 'Other · 8 cores' })
    expect(judgeClaim(claimed(0.1e6), elsewhere).verdict).toBe('inconclusive')
  })
  test('that names no machine is not refuted by a slower one', () => {
    const anywhere = { ...claimed(0.5e6), hardwareClass: null }
    expect(judgeClaim(anywhere, evidence()).verdict).toBe('inconclusive')
  })
  test('is refuted where answers are cached, however fast they are', () => {
    const cached = launches(around(1e6)).map((one) => ({
      ...one,
      measured: measured(1e6, {
        repeatedItem: { repeatedP50: 5e5, uniqueP50: 1e6, ratio: 0.5 },
      }),
    }))
    const verdict = judgeClaim(statement, evidence(cached))
    expect(verdict.verdict).toBe('refuted')
    expect(verdict.checks).toContainEqual(
      expect.objectContaining({ check: 'caching', result: 'bad' }),
    )
  })
  test('is not refuted by what the cache of the processor saves on a very small model', () => {
    const small = launches(around(1e6)).map((one) => ({
      ...one,
      measured: measured(1e6, {
        repeatedItem: { repeatedP50: 5100, uniqueP50: 6000, ratio: 0.85 },
      }),
    }))
    expect(judgeClaim(statement, evidence(small)).checks).toContainEqual(
      expect.objectContaining({ check: 'caching', result: 'ok' }),
    )
  })
  test('is refuted where timed answers differ from the others', () => {
    const other = [
      launch(1e6),
      launch(1e6, {
        index: 1,
        block: 1,
        measured: measured(1e6, { sampledOutputs: { queries: 10, different: 3 } }),
      }),
    ]
    expect(judgeClaim(statement, evidence(other)).verdict).toBe('refuted')
  })
})

describe('a leaderboard', () => {
  const ranked = (name: string, centre: number, more: Parameters<typeof row>[2] = {}) => {
    const figure = figureOf(launches(around(centre)), 'latency-p90')
    if (figure === undefined) throw new Error('There are launches.')
    return { row: row(name, around(centre), more), figure }
  }
  test('gives models whose intervals overlap the same ranks', () => {
    const [table] = leaderboardOf([ranked('a', 1e6), ranked('b', 1.001e6), ranked('c', 2e6)])
    expect(table?.rows.map(({ name, rank }) => [name, rank.best, rank.worst])).toEqual([
      ['a', 1, 2],
      ['b', 1, 2],
      ['c', 3, 3],
    ])
  })
  test('never ranks different suite versions together', () => {
    const newer = { suite: { id: 'speed', version: '2.0.0', title: 'Speed', category: 'speed' } }
    const tables = leaderboardOf([ranked('a', 1e6), ranked('b', 2e6, newer)])
    expect(tables.map(({ suiteVersion, rows }) => [suiteVersion, rows.length])).toEqual([
      ['1.0.0', 1],
      ['2.0.0', 1],
    ])
  })
  test('takes the machine out: the faster model is first, wherever it ran', () => {
    const on = (machine: string) => ({ hardwareClass: machine })
    const [table] = leaderboardOf([
      ranked('quick', 4e6, on('slow machine')),
      ranked('reference', 8e6, { ...on('slow machine'), role: 'reference' }),
      ranked('sluggish', 2e6, on('fast machine')),
      ranked('reference', 2e6, { ...on('fast machine'), role: 'reference' }),
    ])
    expect(table?.rows.map(({ name }) => name)[0]).toBe('quick')
    expect(table?.machines.map(({ hardwareClass }) => hardwareClass).toSorted()).toEqual([
      'fast machine',
      'slow machine',
    ])
    expect(table?.rows.find(({ name }) => name === 'reference')?.reference).toBe(true)
  })
  test('keeps machines apart that nothing connects', () => {
    const tables = leaderboardOf([
      ranked('a', 1e6, { hardwareClass: 'one' }),
      ranked('b', 2e6, { hardwareClass: 'two' }),
    ])
    expect(tables).toHaveLength(2)
  })
  test('ranks nobody by noise or without a clean scan, and says so', () => {
    const [table] = leaderboardOf([
      ranked('a', 1e6, { grade: 'C' }),
      ranked('b', 1e6, { override: 'I trust it' }),
    ])
    expect(table?.rows).toEqual([])
    expect(table?.notes).toHaveLength(2)
  })
  test('shows the weakest evidence and grade a place stands on', () => {
    const [table] = leaderboardOf([
      ranked('a', 1e6, { evidence: 'signed', grade: 'A' }),
      ranked('a', 1e6, { evidence: 'self-reported', grade: 'B' }),
    ])
    expect(table?.rows[0]).toMatchObject({ evidence: 'self-reported', grade: 'B', results: 2 })
  })
})

describe('advice before a run', () => {
  const facts = {
    models: [],
    quiet: quietChecks(),
    launches: 10,
    queued: 0,
    busy: false,
    references: { offered: 0, wanted: true },
    networkReason: null,
    unclean: [],
  }
  test('is nothing on a machine that shows all and is quiet', () => {
    expect(advise(facts)).toEqual([])
    expect(likelyGrade(facts.quiet)).toBe('A')
  })
  test('names what blocks before what only makes it better', () => {
    const advice = advise({
      ...facts,
      launches: 3,
      quiet: quietChecks('bad'),
      unclean: [{ name: 'a.pkl', verdict: 'malicious' }],
    })
    expect(advice[0]).toMatchObject({ id: 'scan-not-clean', weight: 'blocks' })
    expect(advice.at(-1)).toMatchObject({ id: 'few-launches', weight: 'hint' })
  })
})

describe('exports', () => {
  test('name what strangers called their models without letting it be markup or a formula', () => {
    const nasty = row('=HYPERLINK("x")|`', around(1e6))
    const tables = leaderboardOf([
      { row: nasty, figure: figureOf(launches(around(1e6)), 'latency-p90') as never },
    ])
    expect(toCsv(leaderboardTables(tables, 'bare'))).toContain(`"'=HYPERLINK(""x"")|\``)
    expect(toMarkdown(leaderboardTables(tables, 'readable'))).toContain('\\|\\`')
  })
  test('show evidence and grade beside the numbers', () => {
    const [, line] = toCsv(
      resultTables(row('a', around(1e6)), summarise(result(launches(around(1e6)))), 'bare'),
    ).split('\r\n')
    expect(line).toMatch(/^latency-p50,ns,.*,self-reported,A$/)
  })
})
