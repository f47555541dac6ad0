import { describeError } from '@renderer/app/errors'
import { orpc } from '@renderer/app/rpc'
import { Button } from '@renderer/ui/Button'
import { Dialog } from '@renderer/ui/Dialog'
import { TextArea } from '@renderer/ui/TextField'
import { notify } from '@renderer/ui/toast'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useId, useRef, useState } from 'react'
import { text } from './reason-messages'

export interface ReasonDialogProps {
  title: string
  description: string
  confirm: string
  danger?: boolean
  /** What the text is called; otherwise "Reason". */
  label?: string
  hint?: string
  /** Letters that the server asks for at least. */
  least?: number
  most?: number
  /** Said when it is done. */
  done: string
  /** Above the reason: what else is to be chosen. */
  children?: ReactNode
  /** The operation id stays the same until it succeeds, so that a retry is done once. */
  act: (reason: string, operationId: string) => Promise<unknown>
  onClose: () => void
}

/** What changes something for others asks why; the answer is kept in the log. */
export function ReasonDialog(props: ReasonDialogProps) {
  const { least = 3, most = 1000, onClose } = props
  const queries = useQueryClient()
  const id = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  const [operationId] = useState(() => crypto.randomUUID())
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const act = useMutation({
    mutationFn: () => props.act(reason.trim(), operationId),
    onSuccess: async () => {
      onClose()
      notify({ title: props.done, tone: 'ok' })
      await queries.invalidateQueries({ queryKey: orpc.listings.key() })
    },
    onError: (error) => setProblem(describeError(error).message),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (reason.trim().length >= least) return act.mutate()
    setProblem(text.tooShort(least))
    field.current?.focus()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={props.title}
      description={props.description}
      initialFocus={field}
      size="medium"
      actions={
        <>
          <Button onClick={onClose}>{text.cancel}</Button>
          <Button
            type="submit"
            form={`${id}-form`}
            variant={props.danger ? 'danger' : 'primary'}
            disabled={act.isPending}
          >
            {props.confirm}
          </Button>
        </>
      }
    >
      <form id={`${id}-form`} className="flex flex-col gap-3 pt-2" onSubmit={submit}>
        {props.children}
        <div className="flex flex-col gap-1">
          <label htmlFor={id} className="font-medium">
            {props.label ?? text.reason}
          </label>
          <TextArea
            ref={field}
            id={id}
            rows={4}
            maxLength={most}
            value={reason}
            aria-invalid={problem !== null}
            aria-describedby={`${id}-hint`}
            onChange={(event) => {
              setReason(event.target.value)
              setProblem(null)
            }}
          />
          <p id={`${id}-hint`} className="text-muted text-small">
            {props.hint ?? text.kept}
          </p>
          {problem !== null && (
            <p role="alert" className="text-sev-critical-text text-small" translate="no">
              {problem}
            </p>
          )}
        </div>
      </form>
    </Dialog>
  )
}
