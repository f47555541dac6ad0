import { Field, Problem } from '@renderer/account/Form'
import { useAsked } from '@renderer/account/use-asked'
import { describeError } from '@renderer/app/errors'
import { client } from '@renderer/app/rpc'
import { Button } from '@renderer/ui/Button'
import { SectionCard } from '@renderer/ui/Card'
import { TextField } from '@renderer/ui/TextField'
import { notify } from '@renderer/ui/toast'
import type { AccountState, ConnectionStep } from '@shared/contract/account'
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { text } from './messages'
import { TestSteps } from './TestSteps'

export function ConnectForm({ state }: { state: AccountState }) {
  const id = useId()
  const [url, setUrl] = useState(state.url ?? '')
  const [key, setKey] = useState('')
  const [steps, setSteps] = useState<readonly ConnectionStep[]>([])
  const [testing, setTesting] = useState(false)
  const [broken, setBroken] = useState<string | null>(null)
  const under = useRef<AbortController>(null)
  const { ask, busy, problem } = useAsked()
  useEffect(() => () => under.current?.abort(), [])

  /** A result is of what was typed when it was made. */
  const typed = (set: (value: string) => void) => (value: string) => {
    under.current?.abort()
    setSteps([])
    set(value)
  }
  const test = async (event: FormEvent) => {
    event.preventDefault()
    under.current?.abort()
    const abort = new AbortController()
    under.current = abort
    setTesting(true)
    setBroken(null)
    try {
      const events = await client.account.test({ url, key }, { signal: abort.signal })
      for await (const next of events) if (!abort.signal.aborted) setSteps(next)
    } catch (error) {
      if (!abort.signal.aborted) setBroken(describeError(error).message)
    }
    if (under.current === abort) setTesting(false)
  }
  const passed =
    steps.length > 0 && steps.every((step) => step.state !== 'failed' && step.state !== 'running')
  const connect = async () => {
    if ((await ask(() => client.account.connect({ url, key }))) === undefined) return
    setKey('')
    setSteps([])
    notify({ tone: 'ok', title: text.hosted.connected, key: 'connection' })
  }
  return (
    <SectionCard title={text.hosted.title}>
      <form className="flex flex-col gap-3 p-3" onSubmit={(event) => void test(event)}>
        <Field id={`${id}-url`} label={text.hosted.url} help={text.hosted.urlHelp}>
          <TextField
            id={`${id}-url`}
            value={url}
            required
            maxLength={500}
            inputMode="url"
            aria-describedby={`${id}-url-help`}
            onChange={(event) => typed(setUrl)(event.target.value)}
          />
        </Field>
        <Field id={`${id}-key`} label={text.hosted.key} help={text.hosted.keyHelp}>
          <TextField
            id={`${id}-key`}
            value={key}
            required
            maxLength={2000}
            className="font-mono text-code!"
            aria-describedby={`${id}-key-help`}
            onChange={(event) => typed(setKey)(event.target.value)}
          />
        </Field>
        <div className="flex flex-wrap gap-2">
          <Button type="submit" disabled={testing || busy}>
            {testing ? text.hosted.testing : text.hosted.test}
          </Button>
          <Button
            variant="primary"
            disabled={busy}
            disabledReason={state.fixed ? text.now.fixed : passed ? null : text.hosted.testFirst}
            onClick={() => void connect()}
          >
            {text.hosted.connect}
          </Button>
        </div>
        <Problem>{problem}</Problem>
        {broken !== null && (
          <p role="alert" className="text-sev-critical-text">
            {text.hosted.broken}: <span translate="no">{broken}</span>
          </p>
        )}
      </form>
      {steps.length > 0 && <TestSteps steps={steps} />}
    </SectionCard>
  )
}
