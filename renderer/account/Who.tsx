import { formatDateTime } from '@renderer/app/intl'
import { client } from '@renderer/app/rpc'
import { Button } from '@renderer/ui/Button'
import { SectionCard } from '@renderer/ui/Card'
import { Choices } from '@renderer/ui/Choices'
import { Dialog } from '@renderer/ui/Dialog'
import { TextField } from '@renderer/ui/TextField'
import { notify } from '@renderer/ui/toast'
import type { Me } from '@shared/backend/identity'
import { ROLES } from '@shared/backend/words'
import type { AccountState } from '@shared/contract/account'
import { type FormEvent, useId, useRef, useState } from 'react'
import { Chip, Fact, Field, Problem } from './Form'
import { text } from './messages'
import { useAsked } from './use-asked'

export function Who({ me, state }: { me: Me; state: AccountState }) {
  const [editing, setEditing] = useState(false)
  const online = state.signedIn && state.link === 'connected'
  return (
    <SectionCard
      title={text.who.title}
      aside={
        online && (
          <Button size="small" onClick={() => setEditing(true)}>
            {text.who.edit}
          </Button>
        )
      }
    >
      {me.suspendedUntil !== null && (
        <p role="alert" className="border-line border-b px-3 py-2 text-sev-critical-text">
          {text.who.suspended(formatDateTime(new Date(me.suspendedUntil)))}
        </p>
      )}
      <dl>
        <Fact term={text.who.name}>
          <span className="inline-flex flex-wrap items-center gap-2">
            <span translate="no">{me.displayName || text.who.none}</span>
            {me.sample && <Chip>{text.sample}</Chip>}
          </span>
        </Fact>
        <Fact term={text.who.handle}>
          <span translate="no">{me.handle}</span>
        </Fact>
        <Fact term={text.who.email}>
          <span translate={me.email === null ? undefined : 'no'}>{me.email ?? text.who.none}</span>
        </Fact>
        <Fact term={text.who.roles}>{text.roleList(me.roles)}</Fact>
      </dl>
      {state.kind === 'local' && online && <SwitchRole me={me} />}
      {editing && <EditProfile me={me} onClose={() => setEditing(false)} />}
    </SectionCard>
  )
}

/** To see the console as each of them does. */
export function SwitchRole({ me }: { me: Me | null }) {
  const id = useId()
  const { ask, busy, problem } = useAsked()
  const highest = ROLES.findLast((role) => me?.roles.includes(role)) ?? 'seller'
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-line border-t px-3 py-2">
      <span id={id} className="w-40 shrink-0 text-muted">
        {text.who.asSampleRole}
      </span>
      <Choices
        labelledBy={id}
        value={highest}
        disabled={busy}
        options={ROLES.map((role) => ({ value: role, label: text.roles[role] }))}
        onChange={(role) => void ask(() => client.account.switchRole({ role }))}
      />
      <Problem>{problem}</Problem>
    </div>
  )
}

function EditProfile({ me, onClose }: { me: Me; onClose(): void }) {
  const id = useId()
  const first = useRef<HTMLInputElement>(null)
  const [name, setName] = useState(me.displayName)
  const [handle, setHandle] = useState(me.handle)
  const { ask, busy, problem } = useAsked()
  const save = async (event: FormEvent) => {
    event.preventDefault()
    const saved = await ask(() => client.account.updateProfile({ handle, displayName: name }))
    if (saved === undefined) return
    notify({ tone: 'ok', title: text.who.saved, key: 'account' })
    onClose()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={text.who.editTitle}
      description={text.who.editBody}
      initialFocus={first}
      actions={
        <>
          <Button onClick={onClose}>{text.who.cancel}</Button>
          <Button type="submit" form={id} variant="primary" disabled={busy}>
            {text.who.save}
          </Button>
        </>
      }
    >
      <form id={id} className="flex flex-col gap-3 pt-1" onSubmit={(event) => void save(event)}>
        <Field id={`${id}-name`} label={text.who.name}>
          <TextField
            ref={first}
            id={`${id}-name`}
            value={name}
            maxLength={80}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <Field id={`${id}-handle`} label={text.who.handle} help={text.who.handleHelp}>
          <TextField
            id={`${id}-handle`}
            value={handle}
            required
            pattern="[a-z0-9][a-z0-9\-]{2,31}"
            maxLength={32}
            aria-describedby={`${id}-handle-help`}
            onChange={(event) => setHandle(event.target.value)}
          />
        </Field>
        <Problem>{problem}</Problem>
      </form>
    </Dialog>
  )
}
