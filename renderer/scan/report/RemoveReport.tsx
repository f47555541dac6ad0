import { describeError } from '@renderer/app/errors'
import { orpc } from '@renderer/app/rpc'
import { Button } from '@renderer/ui/Button'
import { Dialog } from '@renderer/ui/Dialog'
import { notify } from '@renderer/ui/toast'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { text } from './actions-messages'

interface RemoveReportProps {
  report: { id: string; name: string } | null
  onClose: () => void
  onRemoved: () => void
}

/** Deleting cannot be taken back, so this is one of the few places that asks. */
export function RemoveReport({ report, onClose, onRemoved }: RemoveReportProps) {
  const queries = useQueryClient()
  const keep = useRef<HTMLButtonElement>(null)
  const remove = useMutation(
    orpc.scan.remove.mutationOptions({
      onSuccess: async () => {
        onClose()
        if (report) notify({ title: text.remove.done(report.name), tone: 'ok' })
        onRemoved()
        await queries.invalidateQueries({ queryKey: orpc.scan.history.key() })
        await queries.invalidateQueries({ queryKey: orpc.app.overview.key() })
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
      open={report !== null}
      onClose={onClose}
      title={text.remove.title(report?.name ?? '')}
      description={text.remove.body}
      initialFocus={keep}
      actions={
        <>
          <Button ref={keep} onClick={onClose}>
            {text.remove.cancel}
          </Button>
          <Button variant="danger" onClick={() => report && remove.mutate({ reportId: report.id })}>
            {text.remove.confirm}
          </Button>
        </>
      }
    />
  )
}
