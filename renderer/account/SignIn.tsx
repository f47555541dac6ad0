import { client, orpc } from '@renderer/app/rpc'
import { Button, buttonClass } from '@renderer/ui/Button'
import { SectionCard } from '@renderer/ui/Card'
import { SeverityIcon } from '@renderer/ui/SeverityBadge'
import { TextField } from '@renderer/ui/TextField'
import { ROLES } from '@shared/backend/words'
import type { AccountState } from '@shared/contract/account'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { Field, Problem } from './Form'
import { text } from './messages'
import { useAsked } from './use-asked'

/** Of a project with e-mail sign-in; the server may ask for more. */
const SHORTEST_PASSWORD = 10

export function SignIn({ state }: { state: AccountState }) {
  const id = useId()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [note, setNote] = useState<string | null>(null)
  const { ask, busy, problem } = useAsked()
  const signIn = async (event: FormEvent) => {
    event.preventDefault()
    setNote(null)
    await ask(() => client.account.signIn({ email, password }))
  }
  const create = async () => {
    setNote(null)
    if (password.length < SHORTEST_PASSWORD) return setNote(text.signIn.short)
    const made = await ask(() => client.account.signUp({ email, password }))
    if (made?.confirm) setNote(text.signIn.confirm)
  }
  return (
    <SectionCard title={text.signIn.title}>
      {state.ended !== null && (
        <p role="status" className="flex gap-2 border-line border-b px-3 py-2">
          <SeverityIcon severity="medium" className="mt-0.5 size-4! text-sev-medium-text" />
          <span translate="no">{state.ended}</span>
        </p>
      )}
      <form
        className="flex max-w-[420px] flex-col gap-3 p-3"
        onSubmit={(event) => void signIn(event)}
      >
        <Field id={`${id}-email`} label={text.signIn.email}>
          <TextField
            id={`${id}-email`}
            type="email"
            autoComplete="username"
            required
            value={email}
            maxLength={320}
            onChange={(event) => setEmail(event.target.value)}
          />
        </Field>
        <Field id={`${id}-password`} label={text.signIn.password}>
          <TextField
            id={`${id}-password`}
            type="password"
            autoComplete="current-password"
            required
            value={password}
            maxLength={72}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
        <Problem>{problem}</Problem>
        {note !== null && <p role="status">{note}</p>}
        <div className="flex flex-wrap gap-2">
          <Button type="submit" variant="primary" disabled={busy}>
            {text.signIn.submit}
          </Button>
          <Button disabled={busy} onClick={() => void create()}>
            {text.signIn.create}
          </Button>
        </div>
      </form>
      {state.kind === 'local' ? <GoOnAs /> : <WithBrowser state={state} />}
    </SectionCard>
  )
}

function GoOnAs() {
  const { ask, busy, problem } = useAsked()
  return (
    <div className="flex flex-col gap-2 border-line border-t p-3">
      <p className="text-muted">{text.signIn.orAs}</p>
      <div className="flex flex-wrap gap-2">
        {ROLES.map((role) => (
          <Button
            key={role}
            disabled={busy}
            onClick={() => void ask(() => client.account.switchRole({ role }))}
          >
            {text.signIn.as(text.roles[role])}
          </Button>
        ))}
      </div>
      <Problem>{problem}</Problem>
    </div>
  )
}

function WithBrowser({ state }: { state: AccountState }) {
  const { data } = useQuery(orpc.account.providers.queryOptions({ staleTime: 60_000 }))
  const { ask, busy, problem } = useAsked()
  const { browser } = state
  if (data === undefined) return null
  return (
    <div className="flex flex-col items-start gap-2 border-line border-t p-3">
      <h3 className="font-medium">{text.signIn.browser}</h3>
      {browser !== null ? (
        <>
          <p role="status">{text.signIn.waiting(browser.provider)}</p>
          <p className="text-muted">{text.signIn.waitingBody}</p>
          <div className="flex flex-wrap gap-2">
            <a
              href={browser.url}
              target="_blank"
              rel="noopener noreferrer"
              className={buttonClass('primary')}
            >
              {text.signIn.openPage}
            </a>
            <Button onClick={() => void ask(() => client.account.cancelBrowser())}>
              {text.signIn.cancel}
            </Button>
          </div>
        </>
      ) : data.providers.length === 0 ? (
        <p className="text-muted">{text.signIn.noProviders}</p>
      ) : (
        <div className="flex flex-wrap gap-2">
          {data.providers.map((provider) => (
            <Button
              key={provider}
              disabled={busy}
              onClick={() => void ask(() => client.account.startBrowser({ provider }))}
            >
              {text.signIn.withProvider(provider)}
            </Button>
          ))}
        </div>
      )}
      <Problem>{problem}</Problem>
    </div>
  )
}
