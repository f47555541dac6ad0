import { isDefinedError, safe } from '@orpc/client'
import { describeError } from '@renderer/app/errors'
import { client } from '@renderer/app/rpc'
import { Button } from '@renderer/ui/Button'
import { Dialog } from '@renderer/ui/Dialog'
import { TextArea, TextField } from '@renderer/ui/TextField'
import type { KeyState } from '@shared/contract/model'
import { type FormEvent, useId, useRef, useState } from 'react'
import { Field } from './CreatePassport'
import { text } from './messages'

interface TrustKeyProps {
  onClose(): void
  onTrusted(state: KeyState, name: string): void
}

export function TrustKey({ onClose, onTrusted }: TrustKeyProps) {
  const id = useId()
  const [name, setName] = useState('')
  const [key, setKey] = useState('')
  const first = useRef<HTMLInputElement>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const trust = async (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() === '') return setProblem(text.keysPage.needsName)
    const { data, error } = await safe(client.model.trustKey({ key, name }))
    if (data) return onTrusted(data, name.trim())
    const code = isDefinedError(error) ? error.code : undefined
    setProblem(
      code === 'NO_PUBLIC_KEY'
        ? text.keysPage.noKey
        : code === 'OWN_KEY'
          ? text.keysPage.ownKey
          : describeError(error).message,
    )
  }
  return (
    <Dialog
      open
      onClose={onClose}
      size="medium"
      title={text.keysPage.trustTitle}
      description={text.keysPage.trustBody}
      initialFocus={first}
      actions={
        <>
          <Button onClick={onClose}>{text.keysPage.cancel}</Button>
          <Button type="submit" form={id} variant="primary">
            {text.keysPage.trustConfirm}
          </Button>
        </>
      }
    >
      <form id={id} className="flex flex-col gap-3 pt-1" onSubmit={(event) => void trust(event)}>
        <Field id={`${id}-name`} label={text.keysPage.holder}>
          <TextField
            ref={first}
            id={`${id}-name`}
            value={name}
            maxLength={100}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <Field id={`${id}-key`} label={text.keysPage.pem}>
          <TextArea
            id={`${id}-key`}
            rows={4}
            className="font-mono text-code!"
            value={key}
            maxLength={1000}
            onChange={(event) => setKey(event.target.value)}
          />
        </Field>
        {problem !== null && (
          <p role="alert" className="text-sev-critical-text">
            {problem}
          </p>
        )}
      </form>
    </Dialog>
  )
}
