import { describeError } from '@renderer/app/errors'
import { orpc } from '@renderer/app/rpc'
import { Button } from '@renderer/ui/Button'
import { Dialog } from '@renderer/ui/Dialog'
import { notify } from '@renderer/ui/toast'
import type { PassportRow } from '@shared/contract/model'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { text } from './messages'

interface RemovePassportProps {
  passport: PassportRow | null
  onClose(): void
  onRemoved(): void
}

/** Deleting cannot be taken back, so it asks. */
export function RemovePassport({ passport, onClose, onRemoved }: RemovePassportProps) {
  const queries = useQueryClient()
  const keep = useRef<HTMLButtonElement>(null)
  const remove = useMutation(
    orpc.model.remove.mutationOptions({
      onSuccess: async () => {
        onClose()
        if (passport) notify({ title: text.remove.done(passport.name), tone: 'ok' })
        onRemoved()
        await queries.invalidateQueries({ queryKey: orpc.model.list.key() })
      },
      onError: (error) =>
        notify({
          title: text.remove.failed,
          description: describeError(error).message,
          tone: 'error',
        }),
    }),
  )
  return (
    <Dialog
      open={passport !== null}
      onClose={onClose}
      title={text.remove.title(passport?.name ?? '')}
      description={text.remove.body}
      initialFocus={keep}
      actions={
        <>
          <Button ref={keep} onClick={onClose}>
            {text.remove.cancel}
          </Button>
          <Button variant="danger" onClick={() => passport && remove.mutate({ id: passport.id })}>
            {text.remove.confirm}
          </Button>
        </>
      }
    />
  )
}
