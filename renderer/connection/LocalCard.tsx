import { Problem } from '@renderer/account/Form'
import { useAsked } from '@renderer/account/use-asked'
import { SwitchRole } from '@renderer/account/Who'
import { client, orpc } from '@renderer/app/rpc'
import { Button } from '@renderer/ui/Button'
import { SectionCard } from '@renderer/ui/Card'
import { Dialog } from '@renderer/ui/Dialog'
import { notify } from '@renderer/ui/toast'
import type { AccountState } from '@shared/contract/account'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { text } from './messages'

export function LocalCard({ state }: { state: AccountState }) {
  const { ask, busy, problem } = useAsked()
  const [asking, setAsking] = useState<'remove' | 'reset' | null>(null)
  const run = async (call: () => Promise<AccountState>, done: string) => {
    setAsking(null)
    if ((await ask(call)) !== undefined) notify({ tone: 'ok', title: done, key: 'workspace' })
  }
  return (
    <SectionCard title={text.local.title}>
      <div className="flex flex-wrap items-center gap-2 p-3">
        <p className="min-w-60 flex-1 text-muted">
          {state.sample === false ? text.local.noSample : text.local.sampleNote}
        </p>
        {state.sample === true && (
          <Button disabled={busy} onClick={() => setAsking('remove')}>
            {text.local.remove}
          </Button>
        )}
        <Button disabled={busy} onClick={() => setAsking('reset')}>
          {text.local.reset}
        </Button>
      </div>
      {problem !== null && (
        <div className="px-3 pb-2">
          <Problem>{problem}</Problem>
        </div>
      )}
      {state.link === 'connected' && <SwitchRole me={state.me} />}
      {asking === 'remove' && (
        <RemoveSample
          onClose={() => setAsking(null)}
          onConfirm={() => void run(() => client.account.removeSample(), text.local.removed)}
        />
      )}
      {asking === 'reset' && (
        <Confirm
          title={text.local.resetTitle}
          body={text.local.resetBody}
          confirm={text.local.resetConfirm}
          onClose={() => setAsking(null)}
          onConfirm={() => void run(() => client.account.resetWorkspace(), text.local.resetDone)}
        />
      )}
    </SectionCard>
  )
}

/** Says what goes before anything does. */
function RemoveSample({ onClose, onConfirm }: { onClose(): void; onConfirm(): void }) {
  const { data } = useQuery(orpc.account.sampleContents.queryOptions({ staleTime: 0 }))
  return (
    <Confirm
      title={text.local.removeTitle}
      body={data ? text.local.removeBody(data.listings, data.results) : text.local.counting}
      confirm={text.local.removeConfirm}
      ready={data !== undefined}
      onClose={onClose}
      onConfirm={onConfirm}
    />
  )
}

interface ConfirmProps {
  title: string
  body: string
  confirm: string
  ready?: boolean
  onClose(): void
  onConfirm(): void
}

function Confirm({ title, body, confirm, ready = true, onClose, onConfirm }: ConfirmProps) {
  const cancel = useRef<HTMLButtonElement>(null)
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      description={body}
      initialFocus={cancel}
      actions={
        <>
          <Button ref={cancel} onClick={onClose}>
            {text.local.cancel}
          </Button>
          <Button variant="danger" disabled={!ready} onClick={onConfirm}>
            {confirm}
          </Button>
        </>
      }
    />
  )
}
