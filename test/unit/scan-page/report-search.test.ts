import { parseHistorySearch } from '@renderer/history/history-search'
import {
  parseReportSearch,
  replacedBy,
  severitiesOf,
  sortOf,
  sortText,
  viewOf,
} from '@renderer/scan/report/report-search'
import fc from 'fast-check'
import { expect, it } from 'vitest'

it('reads what a link to a report may say', () => {
  const link = {
    tab: 'files',
    severity: 'high,critical',
    q: 'shell',
    sort: '-confidence',
    file: '3',
  }
  expect(parseReportSearch({ ...link, finding: '3-1', outcome: 'error,clean' })).toEqual({
    tab: 'files',
    severity: 'critical,high',
    q: 'shell',
    sort: '-confidence',
    file: 3,
    finding: '3-1',
    outcome: 'error,clean',
  })
})

it('takes a wrong value as none', () => {
  const wrong = { tab: 'x', severity: 'awful', q: '', sort: 'size', file: -1, finding: '__proto__' }
  expect(parseReportSearch(wrong)).toEqual({})
})

it('is the same when it is read again, whatever it was', () => {
  fc.assert(
    fc.property(
      fc.dictionary(
        fc.constantFrom('tab', 'q', 'sort', 'file', 'finding', 'severity', 'state'),
        fc.anything(),
      ),
      (search) => {
        const once = parseReportSearch(search)
        expect(parseReportSearch({ ...once })).toEqual(once)
      },
    ),
  )
})

it('keeps a search for digits, which the address hands over as a number', () => {
  expect(parseReportSearch({ q: 2 })).toEqual({ q: '2' })
  expect(parseHistorySearch({ q: 2 })).toEqual({ q: '2' })
})

it('writes a sort as it reads it', () => {
  expect(sortOf('-severity')).toEqual({ column: 'severity', descending: true })
  expect(sortText({ column: 'title', descending: false })).toBe('title')
  expect(sortOf('size')).toBeNull()
  expect(severitiesOf(undefined)).toEqual([])
})

it('reads the search of History', () => {
  expect(parseHistorySearch({ q: 'gbm', verdict: 'clean' })).toEqual({ q: 'gbm', verdict: 'clean' })
  expect(parseHistorySearch({ verdict: 'fine' })).toEqual({})
})

it('a saved view names no file and no finding, and takes the place of every filter before', () => {
  const shown = parseReportSearch({ q: 'shell', state: 'open', file: 3, finding: '3-1' })
  expect(viewOf(shown)).toEqual({ q: 'shell', state: 'open' })
  expect(parseReportSearch({ ...shown, ...replacedBy({ severity: 'high' }) })).toEqual({
    severity: 'high',
  })
})
