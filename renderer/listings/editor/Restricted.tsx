import { describeError } from '@renderer/app/errors'
import { formatDateTime } from '@renderer/app/intl'
import { client, orpc } from '@renderer/app/rpc'
import { Button } from '@renderer/ui/Button'
import { TextArea } from '@renderer/ui/TextField'
import { notify } from '@renderer/ui/toast'
import type { Listing } from '@shared/backend/listings'
import { useQueryClient } from '@tanstack/react-query'
import { Ban } from 'lucide-react'
import { type FormEvent, useId, useRef, useState } from 'react'
import { Field } from '../Field'
import { text } from './restricted-messages'

const LEAST_STATEMENT = 10

/** Why a listing is restricted, and the way against it. */
export function Restricted({ listing }: { listing: Listing }) {
  const { restriction, appeals } = listing
  if (restriction === null) return null
  const last = appeals.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt))[0]
  const waiting = last?.state === 'open'
  return (
    <section
      aria-label={text.title}
      className="rounded-card border border-line border-l-4 border-l-sev-high bg-surface p-3"
    >
      <p className="flex items-center gap-2 font-semibold">
        <Ban aria-hidden="true" className="size-4 text-sev-high-text" />
        {text.title}
      </p>
      <dl className="mt-2 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
        <dt className="text-muted">{text.reason}</dt>
        <dd className="wrap-anywhere" translate="no">
          {restriction.reason}
        </dd>
        <dt className="text-muted">{text.policy}</dt>
        <dd className="wrap-anywhere" translate="no">
          {restriction.policy}
        </dd>
        <dt className="text-muted">{text.since}</dt>
        <dd>
          {restriction.until === null
            ? text.open(formatDateTime(new Date(restriction.at)))
            : text.until(
                formatDateTime(new Date(restriction.at)),
                formatDateTime(new Date(restriction.until)),
              )}
        </dd>
        {appeals.map((appeal) => (
          <Appealed key={appeal.id} appeal={appeal} />
        ))}
      </dl>
      {listing.can.appeal && !waiting && <AppealForm listingId={listing.id} />}
    </section>
  )
}

function Appealed({ appeal }: { appeal: Listing['appeals'][number] }) {
  return (
    <>
      <dt className="text-muted">{text.appeal}</dt>
      <dd className="wrap-anywhere">
        <span className="font-medium">{text.states[appeal.state]}</span>
        <span className="text-muted"> {formatDateTime(new Date(appeal.createdAt))}</span>
        <span className="block whitespace-pre-wrap" translate="no">
          {appeal.statement}
        </span>
        {appeal.decision !== null && (
          <span className="block text-muted" translate="no">
            {text.decision(appeal.decision)}
          </span>
        )}
      </dd>
    </>
  )
}

function AppealForm({ listingId }: { listingId: string }) {
  const id = useId()
  const queries = useQueryClient()
  const operation = useRef(crypto.randomUUID())
  const [statement, setStatement] = useState('')
  const [busy, setBusy] = useState(false)
  const short = statement.trim().length < LEAST_STATEMENT
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (busy || short) return
    setBusy(true)
    try {
      await client.listings.appeal({
        operationId: operation.current,
        listingId,
        statement: statement.trim(),
      })
      await queries.invalidateQueries({ queryKey: orpc.listings.key() })
      notify({ title: text.sent, tone: 'ok' })
    } catch (error) {
      operation.current = crypto.randomUUID()
      notify({ title: text.failed, description: describeError(error).message, tone: 'error' })
    } finally {
      setBusy(false)
    }
  }
  return (
    <form className="mt-3 flex flex-col gap-2" onSubmit={(event) => void submit(event)}>
      <Field id={id} label={text.statement} help={text.statementHelp}>
        <TextArea
          id={id}
          rows={3}
          value={statement}
          maxLength={5000}
          onChange={(event) => setStatement(event.target.value)}
        />
      </Field>
      <Button
        type="submit"
        className="self-start"
        disabled={busy}
        disabledReason={short ? text.tooShort : null}
      >
        {busy ? text.sending : text.send}
      </Button>
    </form>
  )
}
