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

/** What a draft is kept as: of a listing, or of one person's next listing, which is on no server yet. */
export type KeptAs = { listingId: string } | { next: string | null }

const keyOf = (as: KeptAs) =>
  `prometheus.listing-draft.${'listingId' in as ? as.listingId : `new.${as.next ?? ''}`}`

/** Kept over a reload and a crash of the page, for as long as it was not saved. */
export function readKept(as: KeptAs): KeptDraft | null {
  try {
    const stored = localStorage.getItem(keyOf(as))
    return stored === null ? null : (JSON.parse(stored) as KeptDraft)
  } catch {
    return null
  }
}

/** False where the browser has no room for it: then the page says so. */
export function keepDraft(as: KeptAs, kept: KeptDraft): boolean {
  try {
    localStorage.setItem(keyOf(as), JSON.stringify(kept))
    return true
  } catch {
    return false
  }
}

export function forgetDraft(as: KeptAs): void {
  localStorage.removeItem(keyOf(as))
}
