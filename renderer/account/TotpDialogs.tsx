import { client } from '@renderer/app/rpc'
import { Button } from '@renderer/ui/Button'
import { CopyButton } from '@renderer/ui/CopyButton'
import { Dialog } from '@renderer/ui/Dialog'
import { TextField } from '@renderer/ui/TextField'
import { type FormEvent, useId, useRef, useState } from 'react'
import { Field, Problem } from './Form'
import { text } from './messages'
import { useAsked } from './use-asked'

interface Enrolled {
  id: string
  secret: string
  uri: string
  qr: string | null
}

/** Two steps: a name, then the secret and the first code. Closing in between leaves it unconfirmed. */
export function EnrolFactor({ onClose }: { onClose(): void }) {
  const id = useId()
  const first = useRef<HTMLInputElement>(null)
  const [name, setName] = useState('')
  const [made, setMade] = useState<Enrolled | null>(null)
  const { ask, busy, problem } = useAsked()
  if (made !== null) return <ConfirmFactor id={made.id} secret={made} onClose={onClose} />
  const enrol = async (event: FormEvent) => {
    event.preventDefault()
    const answer = await ask(() => client.account.enrolFactor({ name }))
    if (answer !== undefined) setMade(answer)
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={text.factors.addTitle}
      description={text.factors.addBody}
      initialFocus={first}
      actions={
        <>
          <Button onClick={onClose}>{text.factors.cancel}</Button>
          <Button type="submit" form={id} variant="primary" disabled={busy}>
            {text.factors.next}
          </Button>
        </>
      }
    >
      <form id={id} className="flex flex-col gap-3 pt-1" onSubmit={(event) => void enrol(event)}>
        <Field id={`${id}-name`} label={text.factors.name}>
          <TextField
            ref={first}
            id={`${id}-name`}
            value={name}
            required
            maxLength={60}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <Problem>{problem}</Problem>
      </form>
    </Dialog>
  )
}

interface ConfirmFactorProps {
  id: string
  /** Of a factor that was just made. */
  secret?: Enrolled
  onClose(): void
}

export function ConfirmFactor({ id, secret, onClose }: ConfirmFactorProps) {
  const formId = useId()
  const field = useRef<HTMLInputElement>(null)
  const [code, setCode] = useState('')
  const [wrong, setWrong] = useState<string | null>(null)
  const { ask, busy, problem } = useAsked()
  const confirm = async (event: FormEvent) => {
    event.preventDefault()
    const digits = code.replaceAll(/\s/g, '')
    if (!/^\d{6}$/.test(digits)) return setWrong(text.factors.sixDigits)
    setWrong(null)
    const done = await ask(() => client.account.verifyFactor({ id, code: digits }))
    if (done !== undefined) onClose()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={secret ? text.factors.addTitle : text.factors.confirmTitle}
      description={secret ? text.factors.once : text.factors.confirmBody}
      initialFocus={field}
      actions={
        <>
          <Button onClick={onClose}>{text.factors.cancel}</Button>
          <Button type="submit" form={formId} variant="primary" disabled={busy}>
            {text.factors.confirm}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="flex flex-col gap-3 pt-1"
        onSubmit={(event) => void confirm(event)}
      >
        {secret && <Secret {...secret} />}
        <Field id={`${formId}-code`} label={text.factors.code} help={text.factors.codeHelp}>
          <TextField
            ref={field}
            id={`${formId}-code`}
            value={code}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={8}
            className="w-32 font-mono"
            aria-describedby={`${formId}-code-help`}
            onChange={(event) => setCode(event.target.value)}
          />
        </Field>
        {wrong !== null && (
          <p role="alert" className="text-sev-critical-text">
            {wrong}
          </p>
        )}
        <Problem>{problem}</Problem>
      </form>
    </Dialog>
  )
}

function Secret({ secret, qr }: Enrolled) {
  return (
    <div className="flex flex-wrap items-center gap-3">
      {qr !== null && (
        <img src={qr} alt={text.factors.qr} className="size-40 rounded-chip bg-white p-1" />
      )}
      <div className="min-w-0 flex-1">
        <p className="font-medium text-small">{text.factors.secret}</p>
        <code translate="no" className="block text-code wrap-anywhere select-text">
          {secret.replaceAll(/(.{4})/g, '$1 ').trim()}
        </code>
        <div className="mt-2">
          <CopyButton size="small" value={secret} label={text.factors.copy} />
        </div>
      </div>
    </div>
  )
}
