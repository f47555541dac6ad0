import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { Button } from '../ui/Button'
import { CopyButton } from '../ui/CopyButton'
import { SeverityIcon } from '../ui/SeverityBadge'
import { TextField } from '../ui/TextField'
import type { Connection } from './connection'
import { text as app } from './messages'
import { text } from './session-messages'
import { useCountdown } from './use-countdown'

type Refusal = Extract<Connection, { state: 'refused' | 'slowed' }>

const START = 'npm start'

/** Says why this tab was not let in, and how to get in. */
export function SessionPage({ state }: { state: Refusal }) {
  const words = state.state === 'slowed' ? text.slowed : text[state.reason]
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = app.titleOf(words.title)
    heading.current?.focus()
  }, [words.title])
  return (
    <main className="flex h-full items-start justify-center overflow-y-auto px-4 pt-[14vh] pb-8">
      <div className="w-[520px] max-w-full">
        <p className="mb-3 text-small font-semibold text-muted">{app.name}</p>
        <div className="rounded-dialog border border-line bg-surface p-6">
          <div className="flex items-center gap-2.5">
            <SeverityIcon severity="high" className="size-5! text-sev-high-text" />
            <h1 ref={heading} tabIndex={-1} className="text-page font-semibold">
              {words.title}
            </h1>
          </div>
          <p className="mt-2 text-muted">{words.body}</p>
          {state.state === 'slowed' && <Countdown retryAt={state.retryAt} />}
          <WaysIn />
        </div>
      </div>
    </main>
  )
}

function Countdown({ retryAt }: { retryAt: number }) {
  const seconds = useCountdown(retryAt)
  return (
    <p role="timer" className="mt-4 font-medium">
      {text.slowed.countdown(seconds)}
    </p>
  )
}

function WaysIn() {
  return (
    <>
      <h2 className="mt-5 font-semibold">{text.howTo}</h2>
      <ol className="mt-2 flex list-decimal flex-col gap-3 pl-5 marker:text-faint">
        <li>{text.steps.find}</li>
        <li>
          {text.steps.start}
          <div className="mt-1.5 flex items-center justify-between rounded-control bg-sunken py-1 pr-1 pl-3">
            <code translate="no">{START}</code>
            <CopyButton size="small" variant="ghost" value={START} />
          </div>
        </li>
        <li>
          <PasteLink />
        </li>
      </ol>
    </>
  )
}

function PasteLink() {
  const id = useId()
  const [wrong, setWrong] = useState(false)
  const open = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const link = new FormData(event.currentTarget).get('link')
    const hash = typeof link === 'string' ? /#token=\S+/.exec(link)?.[0] : undefined
    setWrong(hash === undefined)
    if (hash === undefined) return
    // The boot module listens for this change and starts the page over with the new token.
    if (location.hash === hash) location.reload()
    else location.hash = hash
  }
  return (
    <form onSubmit={open}>
      <label htmlFor={id}>{text.steps.paste}</label>
      <div className="mt-1.5 flex gap-2">
        <TextField
          id={id}
          name="link"
          placeholder={`${location.origin}/#token=…`}
          aria-invalid={wrong}
          aria-describedby={wrong ? `${id}-error` : undefined}
          className="flex-1"
          translate="no"
        />
        <Button type="submit" variant="primary">
          {text.open}
        </Button>
      </div>
      {wrong && (
        <p id={`${id}-error`} role="alert" className="mt-1 text-small text-sev-critical-text">
          {text.notALink}
        </p>
      )}
    </form>
  )
}
