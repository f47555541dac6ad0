import type { Card } from '@shared/backend/listings'
import type { Draft } from './draft'

/** A draft that was not saved, and the card it was made from. */
export interface KeptDraft {
  listingId: string
  draft: Draft
  base: Card
  revision: number
  /** ms since the epoch. */
  at: number
}

/** Of a listing that is on no server yet. */
const NEW = 'new'
const keyOf = (listingId: string | null) => `prometheus.listing-draft.${listingId ?? NEW}`

/** Kept over a reload and a crash of the page, for as long as it was not saved. */
export function readKept(listingId: string | null): KeptDraft | null {
  try {
    const stored = localStorage.getItem(keyOf(listingId))
    return stored === null ? null : (JSON.parse(stored) as KeptDraft)
  } catch {
    return null
  }
}

/** False where the browser has no room for it: then the page says so. */
export function keepDraft(listingId: string | null, kept: KeptDraft): boolean {
  try {
    localStorage.setItem(keyOf(listingId), JSON.stringify(kept))
    return true
  } catch {
    return false
  }
}

export function forgetDraft(listingId: string | null): void {
  localStorage.removeItem(keyOf(listingId))
}
