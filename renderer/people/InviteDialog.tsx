import { Field } from '@renderer/account/Form'
import { client } from '@renderer/app/rpc'
import { Select } from '@renderer/ui/Select'
import { TextField } from '@renderer/ui/TextField'
import { notify } from '@renderer/ui/toast'
import type { Role } from '@shared/backend/identity'
import { ROLES } from '@shared/backend/words'
import { useId, useState } from 'react'
import { ReasonDialog } from '../administration/ReasonDialog'
import { text } from './messages'
import { readAnew } from './PersonDialogs'

export function InviteDialog({ onClose }: { onClose(): void }) {
  const id = useId()
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<Role>('moderator')
  return (
    <ReasonDialog
      title={text.invite.title}
      description={text.invite.body}
      confirm={text.invite.confirm}
      onClose={onClose}
      onConfirm={async (reason, operationId) => {
        await client.people.invite({ operationId, email: email.trim(), role, reason })
        await readAnew()
        notify({ tone: 'ok', title: text.invite.done(email.trim()) })
      }}
    >
      <Field id={`${id}-email`} label={text.invite.email}>
        <TextField
          id={`${id}-email`}
          type="email"
          required
          maxLength={320}
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
      </Field>
      <Field id={`${id}-role`} label={text.invite.role}>
        <Select<Role>
          id={`${id}-role`}
          value={role}
          options={ROLES.map((value) => ({ value, label: text.roles[value] }))}
          onChange={setRole}
        />
      </Field>
    </ReasonDialog>
  )
}
