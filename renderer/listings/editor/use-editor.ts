import { isDefinedError } from '@orpc/client'
import { describeError } from '@renderer/app/errors'
import { client, orpc } from '@renderer/app/rpc'
import { notify } from '@renderer/ui/toast'
import type { Card, Listing } from '@shared/backend/listings'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import {
  type CardField,
  cardOf,
  type Draft,
  type DraftProblem,
  draftOf,
  EMPTY_CARD,
  mergeCards,
  problemsOf,
  sameCard,
  take,
} from './draft'
import { forgetDraft, type KeptAs, type KeptDraft, keepDraft, readKept } from './kept-draft'
import { text } from './messages'

export interface Editor {
  draft: Draft
  change(patch: Partial<Draft>): void
  dirty: boolean
  problems: readonly DraftProblem[]
  saving: boolean
  /** Resolves to whether it was saved. */
  save(): Promise<boolean>
  discard(): void
  /** When what was restored was typed; null where nothing was. */
  restored: number | null
  /** The browser keeps what was typed. */
  kept: boolean
  /** Fields that somebody else changed to something else meanwhile. */
  conflict: Conflict | null
  resolve(mine: ReadonlySet<CardField>): void
  /** Decides later: the next save asks again. */
  postpone(): void
}

export interface Conflict {
  mine: Card
  theirs: Card
  fields: readonly CardField[]
  merged: Card
  revision: number
}

interface State {
  draft: Draft
  base: Card
  revision: number
  restored: number | null
}

type Ground = Pick<Listing, 'card' | 'revision'>

interface EditorOptions {
  /** Null for one that is not on the server yet. */
  server: Ground | null
  listingId: string
  keptAs: KeptAs
  onSaved(revision: number): void
}

export function useEditor({ server, listingId, keptAs: as, onSaved }: EditorOptions): Editor {
  const queries = useQueryClient()
  const [keptAs] = useState(as)
  const [state, setState] = useState<State>(() => startOf(server, readKept(keptAs)))
  const [saving, setSaving] = useState(false)
  const [kept, setKept] = useState(true)
  const [conflict, setConflict] = useState<Conflict | null>(null)
  const sent = useRef<{ operationId: string; content: string } | null>(null)
  const { draft, base, revision } = state
  const problems = problemsOf(draft)
  const typed = JSON.stringify(draft)
  const dirty =
    typed !== JSON.stringify(draftOf(base)) &&
    !(problems.length === 0 && sameCard(cardOf(draft), base))

  useEffect(() => {
    if (!dirty) return forgetDraft(keptAs)
    const now: KeptDraft = { listingId, draft: JSON.parse(typed), base, revision, at: Date.now() }
    setKept(keepDraft(keptAs, now))
  }, [dirty, typed, keptAs, listingId, base, revision])

  /** What is on the server now becomes the ground that is edited on. */
  function reconcile(theirs: Ground): void {
    if (!dirty) {
      setState({ ...groundOf(theirs), draft: draftOf(theirs.card), restored: null })
      return
    }
    const mine = cardOf(draft)
    const { merged, conflicts: fields } = mergeCards(base, mine, theirs.card)
    if (fields.length > 0) {
      setConflict({ mine, theirs: theirs.card, fields, merged, revision: theirs.revision })
      return
    }
    setState({ ...groundOf(theirs), draft: draftOf(merged), restored: null })
    notify({ title: text.mergedTitle, description: text.merged, key: 'listing-merged' })
  }
  const onServer = useEffectEvent((theirs: Ground) => {
    // What is not right yet is compared when it is saved.
    if (theirs.revision > revision && !(dirty && problems.length > 0)) reconcile(theirs)
  })
  useEffect(() => {
    if (server !== null) onServer(server)
  }, [server])

  async function save(): Promise<boolean> {
    if (saving || problems.length > 0) return false
    setSaving(true)
    const card = cardOf(draft)
    const content = JSON.stringify([revision, card])
    // Sent again after a lost answer, it is the same operation.
    if (sent.current?.content !== content)
      sent.current = { operationId: crypto.randomUUID(), content }
    const { operationId } = sent.current
    try {
      const saved = await client.listings.save({ operationId, listingId, revision, card })
      forgetDraft(keptAs)
      setState((now) => ({ ...now, base: card, revision: saved.revision, restored: null }))
      await queries.invalidateQueries({ queryKey: orpc.listings.key() })
      onSaved(saved.revision)
      return true
    } catch (error) {
      if (isRevisionConflict(error)) await lookAgain()
      else tell(error)
      return false
    } finally {
      setSaving(false)
    }
  }

  async function lookAgain(): Promise<void> {
    try {
      reconcile(await client.listings.get({ listingId }))
    } catch (error) {
      tell(error)
    }
  }

  return {
    draft,
    dirty,
    problems,
    saving,
    save,
    kept,
    conflict,
    restored: state.restored,
    change: (patch) => setState((now) => ({ ...now, draft: { ...now.draft, ...patch } })),
    discard() {
      forgetDraft(keptAs)
      setState((now) => ({ ...now, draft: draftOf(now.base), restored: null }))
    },
    postpone: () => setConflict(null),
    resolve(mine) {
      if (conflict === null) return
      const card = { ...conflict.merged }
      for (const field of conflict.fields) if (mine.has(field)) take(card, conflict.mine, field)
      setState({
        base: conflict.theirs,
        revision: conflict.revision,
        draft: draftOf(card),
        restored: null,
      })
      setConflict(null)
    },
  }
}

function tell(error: unknown): void {
  const description = describeError(error).message
  notify({ title: text.saveFailed, description, tone: 'error', key: 'listing-save' })
}

const groundOf = ({ card, revision }: Ground) => ({
  base: card,
  revision,
})

function startOf(server: EditorOptions['server'], kept: KeptDraft | null): State {
  const ground = server === null ? { base: EMPTY_CARD, revision: 0 } : groundOf(server)
  if (kept === null) return { ...ground, draft: draftOf(ground.base), restored: null }
  const { base, revision, draft, at } = kept
  return { base, revision, draft, restored: at }
}

function isRevisionConflict(error: unknown): boolean {
  if (!(error instanceof Error) || !isDefinedError(error)) return false
  const { code, data } = error as { code: string; data?: { code?: string } }
  return code === 'BACKEND_REFUSED' && data?.code === 'revision_conflict'
}
