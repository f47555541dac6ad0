import type { Card, Price } from '@shared/backend/listings'

/** What is typed, as it is typed: it becomes a card only when it is saved. */
export interface Draft {
  name: string
  summary: string
  description: string
  category: Card['category']
  licence: string
  /** Separated by commas. */
  tags: string
  /** In units of the currency; empty is no price yet, 0 is free. */
  amount: string
  currency: Price['currency']
  unit: Price['unit']
}

export const EMPTY_CARD: Card = {
  name: '',
  summary: '',
  description: '',
  category: 'other',
  licence: null,
  tags: [],
  price: null,
}

export function draftOf({
  name,
  summary,
  description,
  category,
  licence,
  tags,
  price,
}: Card): Draft {
  return {
    name,
    summary,
    description,
    category,
    licence: licence ?? '',
    tags: tags.join(', '),
    amount: price === null ? '' : amountText(price.amount),
    currency: price?.currency ?? 'EUR',
    unit: price?.unit ?? 'once',
  }
}

/** 1250 is '12.50'; 100 is '1'. */
const amountText = (minor: number) =>
  minor % 100 === 0 ? String(minor / 100) : (minor / 100).toFixed(2)

export type DraftProblem = 'name' | 'tags' | 'price'

const MOST_TAGS = 10
const TAG = /^[a-z0-9][a-z0-9-]{0,29}$/
const AMOUNT = /^\d{1,7}([.,]\d{1,2})?$/

/** The limits are those of the server (shared/backend/listings.ts), so that it never has to refuse them. */
export function problemsOf(draft: Draft): DraftProblem[] {
  const problems: DraftProblem[] = []
  if (draft.name.trim().length < 3) problems.push('name')
  const tags = tagsOf(draft.tags)
  if (tags.length > MOST_TAGS || tags.some((tag) => !TAG.test(tag))) problems.push('tags')
  const amount = draft.amount.trim()
  if (amount !== '' && (!AMOUNT.test(amount) || minorOf(amount) > 100_000_000))
    problems.push('price')
  return problems
}

/** Of a draft without problems. */
export function cardOf(draft: Draft): Card {
  const amount = draft.amount.trim()
  return {
    name: draft.name.trim(),
    summary: draft.summary.trim(),
    description: draft.description,
    category: draft.category,
    licence: draft.licence.trim() || null,
    tags: tagsOf(draft.tags),
    price:
      amount === ''
        ? null
        : { amount: minorOf(amount), currency: draft.currency, unit: draft.unit },
  }
}

function tagsOf(typed: string): string[] {
  const tags = typed.split(',').map((tag) => tag.trim().toLowerCase().replaceAll(/\s+/g, '-'))
  return [...new Set(tags.filter((tag) => tag !== ''))]
}

const minorOf = (amount: string) => Math.round(Number(amount.replace(',', '.')) * 100)

export type CardField = keyof Card
export const CARD_FIELDS = [
  'name',
  'summary',
  'description',
  'category',
  'licence',
  'tags',
  'price',
] as const satisfies readonly CardField[]

export const sameValue = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
export const sameCard = (a: Card, b: Card) => CARD_FIELDS.every((one) => sameValue(a[one], b[one]))

export interface Merge {
  /** Theirs, with what was changed here only. */
  merged: Card
  /** Changed on both sides, to other values: a person has to choose. */
  conflicts: CardField[]
}

/** Two changes of one card: a field that only one side touched is no conflict. */
export function mergeCards(base: Card, mine: Card, theirs: Card): Merge {
  const conflicts: CardField[] = []
  const merged: Card = { ...theirs }
  for (const field of CARD_FIELDS) {
    if (sameValue(mine[field], base[field]) || sameValue(mine[field], theirs[field])) continue
    if (sameValue(theirs[field], base[field])) take(merged, mine, field)
    else conflicts.push(field)
  }
  return { merged, conflicts }
}

export function take<F extends CardField>(into: Card, from: Card, field: F): void {
  into[field] = from[field]
}
