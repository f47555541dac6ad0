import { describeError } from '@renderer/app/errors'
import { orpc } from '@renderer/app/rpc'
import { Button } from '@renderer/ui/Button'
import { Dialog } from '@renderer/ui/Dialog'
import { notify } from '@renderer/ui/toast'
import type { ResultRow } from '@shared/benchmark/result-row'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { text } from './messages'

interface RemoveResultProps {
  result: Pick<ResultRow, 'id' | 'name'> | null
  onClose: () => void
  onRemoved: () => void
}

/** Deleting cannot be taken back, so it asks. */
export function RemoveResult({ result, onClose, onRemoved }: RemoveResultProps) {
  const queries = useQueryClient()
  const keep = useRef<HTMLButtonElement>(null)
  const remove = useMutation(
    orpc.benchmark.removeResult.mutationOptions({
      onSuccess: async () => {
        onClose()
        if (result) notify({ title: text.removal.done(result.name), tone: 'ok' })
        onRemoved()
        await queries.invalidateQueries({ queryKey: orpc.benchmark.key() })
      },
      onError: (error) =>
        notify({
          title: text.removal.failed,
          description: describeError(error).message,
          tone: 'error',
        }),
    }),
  )
  return (
    <Dialog
      open={result !== null}
      onClose={onClose}
      title={text.removal.title(result?.name ?? '')}
      description={text.removal.body}
      initialFocus={keep}
      actions={
        <>
          <Button ref={keep} onClick={onClose}>
            {text.removal.keep}
          </Button>
          <Button
            variant="danger"
            disabled={remove.isPending}
            onClick={() => result && remove.mutate({ resultId: result.id })}
          >
            {text.removal.confirm}
          </Button>
        </>
      }
    />
  )
}
