import { Field } from '@renderer/account/Form'
import { client, orpc, queryClient } from '@renderer/app/rpc'
import { Select } from '@renderer/ui/Select'
import { notify } from '@renderer/ui/toast'
import type { PersonRow, Role } from '@shared/backend/identity'
import { useId, useState } from 'react'
import { ReasonDialog } from '../administration/ReasonDialog'
import { text } from './messages'
import { nameOf } from './people-columns'

/** Lists of people, invitations and approvals are read anew. */
export const readAnew = () => queryClient.invalidateQueries({ queryKey: orpc.people.key() })

interface GrantDialogProps {
  person: PersonRow
  /** Those the person does not have. */
  roles: readonly Role[]
  secondAdmin: boolean
  onClose(): void
}

export function GrantDialog({ person, roles, secondAdmin, onClose }: GrantDialogProps) {
  const id = useId()
  const [role, setRole] = useState<Role>(roles[0] ?? 'seller')
  const name = nameOf(person)
  return (
    <ReasonDialog
      title={text.grant.title(name)}
      description={
        role !== 'admin'
          ? text.grant.body
          : secondAdmin
            ? text.detail.secondAdmin
            : text.detail.firstSecond
      }
      confirm={text.grant.confirm}
      onClose={onClose}
      onConfirm={async (reason, operationId) => {
        const { approvalId } = await client.people.grant({
          operationId,
          userId: person.id,
          role,
          reason,
        })
        await readAnew()
        notify({
          tone: approvalId === null ? 'ok' : 'plain',
          title:
            approvalId === null ? text.grant.done(name, text.roles[role]) : text.grant.waits(name),
        })
      }}
    >
      <Field id={`${id}-role`} label={text.grant.role}>
        <Select<Role>
          id={`${id}-role`}
          value={role}
          options={roles.map((value) => ({ value, label: text.roles[value] }))}
          onChange={setRole}
        />
      </Field>
    </ReasonDialog>
  )
}

export function RevokeDialog(props: { person: PersonRow; role: Role; onClose(): void }) {
  const { person, role, onClose } = props
  const name = nameOf(person)
  return (
    <ReasonDialog
      title={text.revoke.title(text.roles[role], name)}
      description={text.revoke.body}
      confirm={text.revoke.confirm}
      danger
      onClose={onClose}
      onConfirm={async (reason, operationId) => {
        await client.people.revoke({ operationId, userId: person.id, role, reason })
        await readAnew()
        notify({ tone: 'ok', title: text.revoke.done(name, text.roles[role]) })
      }}
    />
  )
}

const DAYS = ['1', '7', '30', '365'] as const
const DAY_MS = 86_400_000

export function SuspendDialog(props: { person: PersonRow; lift: boolean; onClose(): void }) {
  const { person, lift, onClose } = props
  const id = useId()
  const [days, setDays] = useState<(typeof DAYS)[number]>('7')
  const name = nameOf(person)
  return (
    <ReasonDialog
      title={lift ? text.suspend.liftTitle(name) : text.suspend.title(name)}
      description={lift ? undefined : text.suspend.body}
      confirm={lift ? text.suspend.liftConfirm : text.suspend.confirm}
      danger={!lift}
      onClose={onClose}
      onConfirm={async (reason, operationId) => {
        const until = lift ? null : new Date(Date.now() + Number(days) * DAY_MS).toISOString()
        await client.people.suspend({ operationId, userId: person.id, until, reason })
        await readAnew()
        notify({ tone: 'ok', title: lift ? text.suspend.lifted(name) : text.suspend.done(name) })
      }}
    >
      {!lift && (
        <Field id={`${id}-days`} label={text.suspend.period}>
          <Select<(typeof DAYS)[number]>
            id={`${id}-days`}
            value={days}
            options={DAYS.map((value) => ({ value, label: text.suspend.days[value] }))}
            onChange={setDays}
          />
        </Field>
      )}
    </ReasonDialog>
  )
}
