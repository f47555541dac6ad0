import type { Card } from '@shared/backend/listings'
import { nextNumber } from '@shared/listings/next-number'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  cardOf,
  draftOf,
  EMPTY_CARD,
  mergeCards,
  problemsOf,
} from '../../../renderer/listings/editor/draft'
import { shownGates, versionToPublish } from '../../../renderer/listings/editor/gates'

const card = (more: Partial<Card> = {}): Card => ({ ...EMPTY_CARD, name: 'A model', ...more })

describe('what is typed of a card', () => {
  test('is the card again, whatever its price and tags', () => {
    const cards = fc.record({
      tags: fc.uniqueArray(fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,29}$/), { maxLength: 10 }),
      amount: fc.integer({ min: 0, max: 100_000_000 }),
    })
    fc.assert(
      fc.property(cards, ({ tags, amount }) => {
        const given = card({ tags, price: { amount, currency: 'USD', unit: 'month' } })
        const draft = draftOf(given)
        expect(problemsOf(draft)).toEqual([])
        expect(cardOf(draft)).toEqual(given)
      }),
    )
  })
  test('takes a price with a comma, and none as none', () => {
    expect(cardOf({ ...draftOf(card()), amount: '12,50' }).price?.amount).toBe(1250)
    expect(cardOf({ ...draftOf(card()), amount: ' ' }).price).toBeNull()
  })
  test('is told what is wrong with it', () => {
    const draft = { ...draftOf(card()), name: 'ab', tags: 'fine, not_fine', amount: '1.234' }
    expect(problemsOf(draft)).toEqual(['name', 'tags', 'price'])
  })
})

describe('two changes of one card', () => {
  const base = card({ summary: 'Old.', licence: 'MIT' })
  test('are both kept where they touch different fields', () => {
    const merge = mergeCards(base, { ...base, summary: 'Mine.' }, { ...base, licence: 'ISC' })
    expect(merge).toEqual({ merged: { ...base, summary: 'Mine.', licence: 'ISC' }, conflicts: [] })
  })
  test('are for a person where they touch the same, unless they agree', () => {
    const mine = { ...base, summary: 'Mine.', licence: 'ISC' }
    const theirs = { ...base, summary: 'Theirs.', licence: 'ISC' }
    expect(mergeCards(base, mine, theirs).conflicts).toEqual(['summary'])
  })
})

describe('the checklist', () => {
  test('shows a gate that the server does not name as not known', () => {
    const [files, ...rest] = shownGates(
      [{ gate: 'files', state: 'ok', code: null, detail: {} }],
      'Not yet.',
    )
    expect(files?.state).toBe('ok')
    expect(rest.every(({ state, sentence }) => state === 'waiting' && sentence === 'Not yet.')).toBe(
      true,
    )
  })
  test('has a sentence also for a reason that this console does not know', () => {
    const gate = { gate: 'scan', state: 'refused', code: 'scan_haunted', detail: {} } as const
    const shown = shownGates([gate], '').find((one) => one.gate === 'scan')
    expect(shown?.sentence).toContain('scan_haunted')
  })
  test('is of the newest draft before what is published', () => {
    const version = (id: string, state: string, createdAt: string) => ({ id, state, createdAt })
    const listing = {
      versions: [
        version('old draft', 'draft', '2026-11-01T10:00:00Z'),
        version('new draft', 'draft', '2026-11-02T10:00:00Z'),
        version('public', 'published', '2026-11-03T10:00:00Z'),
      ],
      currentVersionId: 'public',
    }
    expect(versionToPublish(listing as never)).toBe('new draft')
  })
})

test('the next number follows the highest there is', () => {
  expect(nextNumber([])).toBe('1.0.0')
  expect(nextNumber(['1.2.10', '1.10.0-beta', '1.9.9'])).toBe('1.10.1')
})
