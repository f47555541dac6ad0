import { describeError } from '@renderer/app/errors'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { Button } from './Button'
import { Dialog } from './Dialog'
import { notify } from './toast'

interface ConfirmRemoveProps<Subject> {
  /** What is about to go; null while nothing is asked. */
  subject: Subject | null
  nameOf: (subject: Subject) => string
  words: {
    title: (name: string) => string
    body: string
    confirm: string
    keep: string
    done: (name: string) => string
    failed: string
  }
  remove: (subject: Subject) => Promise<unknown>
  /** Queries that are stale afterwards. */
  stale: readonly (readonly unknown[])[]
  onClose: () => void
  onRemoved: () => void
}

/** Deleting cannot be taken back, so this is one of the few places that asks. */
export function ConfirmRemove<Subject>(props: ConfirmRemoveProps<Subject>) {
  const { subject, words, onClose } = props
  const queries = useQueryClient()
  const keep = useRef<HTMLButtonElement>(null)
  const name = subject === null ? '' : props.nameOf(subject)
  const remove = useMutation({
    mutationFn: props.remove,
    onSuccess: async () => {
      onClose()
      notify({ title: words.done(name), tone: 'ok' })
      props.onRemoved()
      await Promise.all(props.stale.map((queryKey) => queries.invalidateQueries({ queryKey })))
    },
    onError: (error) =>
      notify({ title: words.failed, description: describeError(error).message, tone: 'error' }),
  })
  return (
    <Dialog
      open={subject !== null}
      onClose={onClose}
      title={words.title(name)}
      description={words.body}
      initialFocus={keep}
      actions={
        <>
          <Button ref={keep} onClick={onClose}>
            {words.keep}
          </Button>
          <Button
            variant="danger"
            disabled={remove.isPending}
            onClick={() => subject !== null && remove.mutate(subject)}
          >
            {words.confirm}
          </Button>
        </>
      }
    />
  )
}
