import { client } from '@renderer/app/rpc'
import { Button } from '@renderer/ui/Button'
import { Dialog } from '@renderer/ui/Dialog'
import { Select } from '@renderer/ui/Select'
import { TextField } from '@renderer/ui/TextField'
import type { Organisation } from '@shared/backend/identity'
import { type FormEvent, type ReactNode, type RefObject, useId, useRef, useState } from 'react'
import { Field, Problem } from './Form'
import { text } from './messages'
import { useAsked } from './use-asked'

export function NewOrganisation({ onClose }: { onClose(): void }) {
  const id = useId()
  const first = useRef<HTMLInputElement>(null)
  const [name, setName] = useState('')
  const [handle, setHandle] = useState('')
  const { ask, busy, problem } = useAsked()
  const create = async () => {
    const made = await ask(() => client.account.saveOrganisation({ handle, displayName: name }))
    if (made !== undefined) onClose()
  }
  return (
    <FormDialog
      title={text.organisations.addTitle}
      description={text.organisations.addBody}
      submit={text.organisations.save}
      first={first}
      busy={busy}
      onSubmit={() => void create()}
      onClose={onClose}
    >
      <Field id={`${id}-name`} label={text.organisations.name}>
        <TextField
          ref={first}
          id={`${id}-name`}
          value={name}
          required
          maxLength={80}
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <Field id={`${id}-handle`} label={text.organisations.handle} help={text.who.handleHelp}>
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
    </FormDialog>
  )
}

interface AddMemberProps {
  organisation: Organisation
  onClose(): void
}

export function AddMember({ organisation, onClose }: AddMemberProps) {
  const id = useId()
  const first = useRef<HTMLInputElement>(null)
  const [handle, setHandle] = useState('')
  const [role, setRole] = useState<'owner' | 'member'>('member')
  const { ask, busy, problem } = useAsked()
  const add = async () => {
    const organisationId = organisation.id
    const added = await ask(() => client.account.saveMember({ organisationId, handle, role }))
    if (added !== undefined) onClose()
  }
  return (
    <FormDialog
      title={text.organisations.addMemberTitle(organisation.displayName)}
      submit={text.organisations.confirmMember}
      first={first}
      busy={busy}
      onSubmit={() => void add()}
      onClose={onClose}
    >
      <Field id={`${id}-handle`} label={text.organisations.memberHandle}>
        <TextField
          ref={first}
          id={`${id}-handle`}
          value={handle}
          required
          maxLength={32}
          onChange={(event) => setHandle(event.target.value)}
        />
      </Field>
      <Field id={`${id}-role`} label={text.organisations.role}>
        <Select<'owner' | 'member'>
          id={`${id}-role`}
          value={role}
          options={[
            { value: 'member', label: text.organisations.member },
            { value: 'owner', label: text.organisations.owner },
          ]}
          onChange={setRole}
        />
      </Field>
      <Problem>{problem}</Problem>
    </FormDialog>
  )
}

interface FormDialogProps {
  title: string
  description?: string
  submit: string
  first: RefObject<HTMLElement | null>
  busy: boolean
  children: ReactNode
  onSubmit(): void
  onClose(): void
}

function FormDialog(props: FormDialogProps) {
  const id = useId()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    props.onSubmit()
  }
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={props.title}
      description={props.description}
      initialFocus={props.first}
      actions={
        <>
          <Button onClick={props.onClose}>{text.organisations.cancel}</Button>
          <Button type="submit" form={id} variant="primary" disabled={props.busy}>
            {props.submit}
          </Button>
        </>
      }
    >
      <form id={id} className="flex flex-col gap-3 pt-1" onSubmit={submit}>
        {props.children}
      </form>
    </Dialog>
  )
}
