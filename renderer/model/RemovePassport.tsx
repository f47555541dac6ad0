import { client, orpc } from '@renderer/app/rpc'
import { ConfirmRemove } from '@renderer/ui/ConfirmRemove'
import type { PassportRow } from '@shared/contract/model'
import { text } from './messages'

interface RemovePassportProps {
  passport: PassportRow | null
  onClose(): void
  onRemoved(): void
}

export function RemovePassport({ passport, onClose, onRemoved }: RemovePassportProps) {
  return (
    <ConfirmRemove
      subject={passport}
      nameOf={({ name }) => name}
      words={text.remove}
      remove={({ id }) => client.model.remove({ id })}
      stale={[orpc.model.list.key()]}
      onClose={onClose}
      onRemoved={onRemoved}
    />
  )
}
