import { useCommand } from '@renderer/app/commands'
import { Page, PageHeader } from '@renderer/app/page'
import { orpc } from '@renderer/app/rpc'
import { Button, buttonClass } from '@renderer/ui/Button'
import { lazyComponent } from '@renderer/ui/lazy-component'
import type { Listing, ModelVersion } from '@shared/backend/listings'
import { skipToken, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Save, Send } from 'lucide-react'
import { useState } from 'react'
import { StateChip } from '../shown/StateChip'
import { useMe } from '../shown/use-me'
import { CardForm, fieldId } from './CardForm'
import { Checklist } from './Checklist'
import { text as checklist } from './checklist-messages'
import { cardOf, type DraftProblem } from './draft'
import { GateActions } from './GateActions'
import { shownGates, versionToPublish } from './gates'
import type { KeptAs } from './kept-draft'
import { text } from './messages'
import { Preview } from './Preview'
import { Restricted } from './Restricted'
import { useEditor } from './use-editor'
import { usePublish } from './use-publish'
import { Versions } from './Versions'

const Conflict = lazyComponent(async () => (await import('./Conflict')).Conflict)
const Withdraw = lazyComponent(async () => (await import('./Withdraw')).Withdraw)
const SendResults = lazyComponent(async () => (await import('./SendResults')).SendResults)

interface EditingProps {
  /** Null for one that was not saved yet. */
  listing: Listing | null
  listingId: string
  keptAs: KeptAs
}

export function Editing({ listing, listingId, keptAs }: EditingProps) {
  const navigate = useNavigate()
  const me = useMe()
  const [asked, setAsked] = useState(false)
  const [chosen, setChosen] = useState<string | null>(null)
  const [withdrawing, setWithdrawing] = useState<ModelVersion | 'listing' | null>(null)
  const [sending, setSending] = useState(false)

  const editor = useEditor({
    server: listing,
    listingId,
    keptAs,
    onSaved: () => {
      if (listing === null)
        void navigate({ to: '/listings/$listingId/edit', params: { listingId }, replace: true })
    },
  })
  const versions = listing?.versions ?? []
  const versionId =
    versions.find(({ id }) => id === chosen)?.id ?? (listing && versionToPublish(listing))
  const version = versions.find(({ id }) => id === versionId) ?? null
  const check = useQuery(
    orpc.listings.check.queryOptions({
      input: versionId === null ? skipToken : { versionId },
      staleTime: 0,
    }),
  )
  const gates = shownGates(check.data?.gates, checklist.waiting)
  const publish = usePublish({ listing, version, editor, check: check.data, gates })

  const save = async () => {
    setAsked(true)
    const [first] = editor.problems
    if (first !== undefined) return document.getElementById(fieldId(first))?.focus()
    await editor.save()
  }
  const canSave = editor.dirty && !editor.saving
  useCommand('listing.save', () => void save(), canSave)
  useCommand('listing.publish', () => void publish.run(), publish.reason === null)
  useCommand('listing.check', () => void check.refetch(), versionId !== null)
  useCommand(
    'listing.add-version',
    () => void navigate({ to: '/listings/$listingId/add', params: { listingId }, search: {} }),
    listing !== null,
  )

  const card = editor.problems.length === 0 ? cardOf(editor.draft) : typedCard(editor.draft)
  return (
    <Page>
      <PageHeader
        title={listing?.card.name ?? text.titleNew}
        data={listing !== null}
        facts={
          <>
            {listing && <StateChip state={listing.state} />}
            <span className="text-muted text-small" role="status">
              {editor.dirty ? text.unsaved : listing !== null && text.saved}
            </span>
          </>
        }
        actions={
          <>
            {listing !== null && (
              <Link
                to="/models/$listingId"
                params={{ listingId }}
                search={{}}
                className={buttonClass('ghost')}
              >
                {text.view}
              </Link>
            )}
            {editor.dirty && (
              <Button variant="ghost" onClick={editor.discard}>
                {text.discard}
              </Button>
            )}
            <Button
              keys="mod+s"
              icon={<Save aria-hidden="true" className="size-4" />}
              disabledReason={canSave ? fixFirst(editor.problems, asked) : text.saved}
              onClick={() => void save()}
            >
              {editor.saving ? text.saving : text.save}
            </Button>
            <Button
              variant="primary"
              icon={<Send aria-hidden="true" className="size-4" />}
              disabledReason={publish.reason}
              onClick={() => void publish.run()}
            >
              {publish.busy ? text.publish.busy : text.publish.button}
            </Button>
          </>
        }
      />
      {publish.reason !== null && listing !== null && (
        <p className="text-muted" data-why-not>
          {publish.reason}
        </p>
      )}
      {editor.restored !== null && (
        <p role="status" className="rounded-card border border-line bg-surface px-3 py-2">
          {text.restored(editor.restored)}
        </p>
      )}
      {!editor.kept && (
        <p role="alert" className="text-sev-high-text">
          {text.notKept}
        </p>
      )}
      {listing && <Restricted listing={listing} />}
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(320px,400px)]">
        <div className="flex min-w-0 flex-col gap-4">
          <CardForm editor={editor} asked={asked} />
          {listing !== null && <Versions listing={listing} canEdit onWithdraw={setWithdrawing} />}
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          {listing !== null && (
            <Checklist
              gates={gates}
              loading={versionId !== null && check.isPending}
              checking={check.isFetching}
              error={check.error}
              onCheck={() => void check.refetch()}
              versions={versions}
              versionId={versionId}
              onVersion={setChosen}
              actionsOf={(gate) => (
                <GateActions
                  gate={gate}
                  listingId={listingId}
                  version={version}
                  onSendResults={() => setSending(true)}
                />
              )}
            />
          )}
          <Preview
            card={card}
            seller={nameOf(listing?.seller ?? me)}
            version={version}
            reports={listing?.reports ?? []}
          />
        </div>
      </div>
      {editor.conflict !== null && (
        <Conflict conflict={editor.conflict} onResolve={editor.resolve} onClose={editor.postpone} />
      )}
      {withdrawing !== null && listing !== null && (
        <Withdraw listing={listing} what={withdrawing} onClose={() => setWithdrawing(null)} />
      )}
      {sending && version !== null && (
        <SendResults version={version} onClose={() => setSending(false)} />
      )}
    </Page>
  )
}

/** Not everybody gave one. */
const nameOf = (person: Pick<Listing['seller'], 'displayName' | 'handle'> | null) =>
  person && (person.displayName || person.handle)

function fixFirst(problems: readonly DraftProblem[], asked: boolean): string | null {
  if (!asked || problems.length === 0) return null
  return text.fix(problems.map((problem) => text.card[problem]))
}

/** What is typed, where it is no card yet: for the preview. */
const typedCard = (draft: Parameters<typeof cardOf>[0]) => ({
  ...draft,
  licence: draft.licence.trim() || null,
  tags: [],
  price: null,
})
