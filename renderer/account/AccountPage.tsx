import { useAccount } from '@renderer/app/account'
import { Page, PageHeader } from '@renderer/app/page'
import { client } from '@renderer/app/rpc'
import { Button, buttonClass } from '@renderer/ui/Button'
import { Card } from '@renderer/ui/Card'
import { RelativeTime } from '@renderer/ui/RelativeTime'
import { SeverityIcon } from '@renderer/ui/SeverityBadge'
import { SkeletonRows } from '@renderer/ui/Skeleton'
import type { AccountState } from '@shared/contract/account'
import { Link } from '@tanstack/react-router'
import { useEffect, useEffectEvent } from 'react'
import { Chip } from './Form'
import { Invitations } from './Invitations'
import { text } from './messages'
import { Organisations } from './Organisations'
import { SecondFactor } from './SecondFactor'
import { SessionCard } from './SessionCard'
import { SignIn } from './SignIn'
import { useAsked } from './use-asked'
import { Who } from './Who'

export function AccountPage() {
  const state = useAccount()
  const { ask, busy, problem } = useAsked()
  const open = () => void ask(() => client.account.open())
  const openOnce = useEffectEvent(open)
  const place = state === null ? null : `${state.kind} ${state.url}`
  useEffect(() => {
    if (place !== null) openOnce()
  }, [place])
  const waiting = busy && state?.link !== 'connected'
  return (
    <Page narrow>
      <PageHeader
        title={text.title}
        facts={state?.kind === 'local' && <Chip>{text.local}</Chip>}
        actions={
          <Link to="/connection" className={buttonClass('secondary')}>
            {text.toConnection}
          </Link>
        }
      />
      <p className="max-w-[80ch] text-muted">{text.about}</p>
      {state === null || waiting ? (
        <Card>
          {state !== null && (
            <p role="status" className="px-3 pt-3 text-muted">
              {state.kind === 'local' ? text.starting : text.connecting}
            </p>
          )}
          <SkeletonRows rows={6} />
        </Card>
      ) : (
        <>
          <Away state={state} problem={state.problem ?? problem} onRetry={open} retrying={busy} />
          <Sections state={state} />
        </>
      )}
    </Page>
  )
}

interface AwayProps {
  state: AccountState
  problem: string | null
  retrying: boolean
  onRetry(): void
}

function Away({ state, problem, retrying, onRetry }: AwayProps) {
  if (problem === null) return null
  return (
    <Card className="flex items-start gap-3 bg-sev-high-tint! p-3">
      <SeverityIcon severity="high" className="mt-0.5 size-4! text-sev-high-text" />
      <div role="alert" className="min-w-0 flex-1">
        <p className="font-medium">{text.away}</p>
        <p translate="no" className="wrap-anywhere">
          {problem}
        </p>
        {state.me !== null && state.meSeenAt !== null && (
          <p className="text-muted">
            {text.keptFrom} <RelativeTime date={state.meSeenAt} />
          </p>
        )}
      </div>
      <Button size="small" disabled={retrying} onClick={onRetry}>
        {text.retry}
      </Button>
    </Card>
  )
}

function Sections({ state }: { state: AccountState }) {
  const { me } = state
  if (!state.signedIn)
    return (
      <>
        {me !== null && <Who me={me} state={state} />}
        {state.link !== 'failed' && <SignIn state={state} />}
      </>
    )
  return (
    <>
      {me !== null && <Who me={me} state={state} />}
      {me !== null && me.invitations.length > 0 && <Invitations invitations={me.invitations} />}
      <SessionCard state={state} />
      {state.link === 'connected' && <SecondFactor state={state} />}
      {me !== null && <Organisations me={me} online={state.link === 'connected'} />}
    </>
  )
}
