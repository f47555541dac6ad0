import { Field, Problem } from '@renderer/account/Form'
import { describeError } from '@renderer/app/errors'
import { Button } from '@renderer/ui/Button'
import { Dialog } from '@renderer/ui/Dialog'
import { TextArea } from '@renderer/ui/TextField'
import { type FormEvent, type ReactNode, useId, useRef, useState } from 'react'
import { text } from './messages'

interface ReasonDialogProps {
  title: string
  description?: ReactNode
  /** Label of the button that does it. */
  confirm: string
  danger?: boolean
  /** Fields above the reason. */
  children?: ReactNode
  /** Called with the same operation id when it is tried again: the server does it once. */
  onConfirm(reason: string, operationId: string): Promise<void>
  onClose(): void
}

/** Asks why, does it, and stays with the server's sentence when that says no. */
export function ReasonDialog(props: ReasonDialogProps) {
  const id = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  const [operationId] = useState(() => crypto.randomUUID())
  const [reason, setReason] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    setProblem(null)
    try {
      await props.onConfirm(reason.trim(), operationId)
      props.onClose()
    } catch (error) {
      setProblem(describeError(error).message)
      setBusy(false)
    }
  }
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={props.title}
      description={props.description}
      initialFocus={field}
      actions={
        <>
          <Button onClick={props.onClose}>{text.ask.cancel}</Button>
          <Button
            type="submit"
            form={id}
            variant={props.danger ? 'danger' : 'primary'}
            disabled={busy}
          >
            {props.confirm}
          </Button>
        </>
      }
    >
      <form id={id} className="flex flex-col gap-3 pt-1" onSubmit={(event) => void submit(event)}>
        {props.children}
        <Field id={`${id}-reason`} label={text.ask.reason} help={text.ask.reasonHelp}>
          <TextArea
            ref={field}
            id={`${id}-reason`}
            rows={3}
            required
            minLength={3}
            maxLength={1000}
            aria-describedby={`${id}-reason-help`}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </Field>
        <Problem>{problem}</Problem>
      </form>
    </Dialog>
  )
}
