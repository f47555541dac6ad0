import { createStore } from '../app/store'

export interface Notice {
  title: string
  description?: string
  tone?: 'plain' | 'ok' | 'error'
  /** One button, usually Undo. It closes the notice. */
  action?: { label: string; run(): void }
  /** A later notice of the same key takes the place of this one. */
  key?: string
}

/** How long a notice stays; one with a button stays as long as an undo is offered. */
export const NOTICE_MS = 5_000
export const UNDO_MS = 10_000

/** What Toaster (in the overlay chunk, fetched when there is something to say) has yet to show. */
export const notices = createStore<readonly Notice[]>([])

export function notify(notice: Notice): void {
  notices.set([...notices.get(), notice])
}

export function takeNotices(): readonly Notice[] {
  const waiting = notices.get()
  if (waiting.length > 0) notices.set([])
  return waiting
}
