import {
  type Draft,
  decisionOf,
  expiryOf,
  filterOf,
  isCut,
  type Targets,
} from '@renderer/scan/report/disposition-form'
import {
  countByState,
  dayFrom,
  exactly,
  MOST_NAMED,
  stateMatches,
  withDispositions,
} from '@renderer/scan/report/dispositions'
import { findingRows } from '@renderer/scan/report/findings'
import type { Disposition } from '@shared/scan-report/disposition'
import { describe, expect, it } from 'vitest'
import { makeFile, makeFinding, makeReport } from './make'

const NOW = new Date('2026-11-22T23:30:00Z')
const decided = (path: string, fingerprint: string): Disposition => ({
  path,
  fingerprint,
  kind: 'accepted-risk',
  reason: 'Known and watched',
  expires: null,
  by: 'ada',
  at: NOW,
})
const rows = findingRows(
  makeReport([
    makeFile('a.pkl', {
      findings: [makeFinding({ fingerprint: '1' }), makeFinding({ fingerprint: '2' })],
    }),
    makeFile('b.pkl', { findings: [makeFinding({ fingerprint: '1', ruleId: 'other.rule' })] }),
  ]),
)

describe('what was decided about findings', () => {
  it('belongs to the path and the fingerprint together', () => {
    const judged = withDispositions(rows, [decided('b.pkl', '1')])
    expect(judged.map((row) => row.disposition?.kind ?? 'open')).toEqual([
      'open',
      'open',
      'accepted-risk',
    ])
  })

  it('leaves every other row the very row it was', () => {
    const judged = withDispositions(rows, [decided('b.pkl', '1')])
    expect(judged[0]).toBe(rows[0])
    expect(judged[2]).not.toBe(rows[2])
  })

  it('is counted by state', () => {
    const judged = withDispositions(rows, [decided('a.pkl', '1'), decided('b.pkl', '1')])
    expect(countByState(judged)).toMatchObject({ open: 1, aside: 2, 'accepted-risk': 2 })
  })

  it('is found under its kind and under all that is set aside', () => {
    expect(stateMatches('accepted-risk', 'aside')).toBe(true)
    expect(stateMatches('accepted-risk', 'false-positive')).toBe(false)
    expect(stateMatches('open', 'aside')).toBe(false)
  })
})

describe('a decision', () => {
  const draft: Draft = {
    kind: 'false-positive',
    reason: 'Checked by hand',
    holds: 'never',
    date: '',
  }

  it('needs a reason that says something', () => {
    expect(decisionOf({ ...draft, reason: '  ok ' }, NOW)).toBe('reason')
    expect(decisionOf({ ...draft, reason: ' fine ' }, NOW)).toMatchObject({ reason: 'fine' })
  })

  it('expires on a day after today', () => {
    expect(decisionOf({ ...draft, holds: 'date', date: '2026-11-22' }, NOW)).toBe('date')
    expect(decisionOf({ ...draft, holds: 'date', date: '' }, NOW)).toBe('date')
    expect(expiryOf({ holds: 'date', date: '2026-11-23' }, NOW)).toBe('2026-11-23')
  })

  it('holds for so many days from today', () => {
    expect(expiryOf({ holds: 'days30', date: '' }, NOW)).toBe('2026-12-22')
    expect(dayFrom(NOW, 90)).toBe('2027-02-20')
    expect(expiryOf({ holds: 'never', date: '' }, NOW)).toBeNull()
  })
})

describe('the scope of a decision', () => {
  const [first, , last] = rows
  const targets: Targets = {
    one: first ? [first] : [],
    chosen: last && first ? [first, last] : [],
    rule: rows.slice(0, 2),
    matching: rows,
  }

  it('names what was seen finding by finding', () => {
    expect(filterOf('chosen', targets)).toEqual({
      findings: [
        { path: 'a.pkl', fingerprint: '1' },
        { path: 'b.pkl', fingerprint: '1' },
      ],
    })
  })

  it('names a rule by its id, so that no limit applies', () => {
    expect(filterOf('rule', targets)).toEqual({ ruleIds: ['pickle.command-execution'] })
    expect(isCut('rule', targets)).toBe(false)
  })

  it('is cut, and says so, where one request cannot name all', () => {
    const many = Array.from({ length: MOST_NAMED + 1 }, () => rows[0]).filter(
      (row) => row !== undefined,
    )
    expect(isCut('matching', { ...targets, matching: many })).toBe(true)
    expect(exactly(many).findings).toHaveLength(MOST_NAMED)
  })
})
