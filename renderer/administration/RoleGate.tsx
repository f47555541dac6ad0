import { useAsked } from '@renderer/account/use-asked'
import { useAccount } from '@renderer/app/account'
import { client } from '@renderer/app/rpc'
import { buttonClass } from '@renderer/ui/Button'
import { Card } from '@renderer/ui/Card'
import { EmptyState } from '@renderer/ui/EmptyState'
import { SkeletonRows } from '@renderer/ui/Skeleton'
import type { Permission } from '@shared/backend/identity'
import { Link } from '@tanstack/react-router'
import { KeyRound, LogIn, Unplug } from 'lucide-react'
import { type ReactNode, useEffect, useEffectEvent } from 'react'
import { ROLE_NAMES, text } from './messages'
import { namesOfHolders } from './roles'

interface RoleGateProps {
  permission: Permission
  children: ReactNode
}

/** Shows a page of staff to staff, and to others which role it takes. The server decides anyway. */
export function RoleGate({ permission, children }: RoleGateProps) {
  const state = useAccount()
  const { ask, busy, problem } = useAsked()
  const open = () => void ask(() => client.account.open())
  const openOnce = useEffectEvent(open)
  const place = state === null || state.link !== 'idle' ? null : `${state.kind} ${state.url}`
  useEffect(() => {
    if (place !== null) openOnce()
  }, [place])

  if (state === null || (state.me === null && (busy || state.link === 'connecting')))
    return (
      <Card>
        <p role="status" className="px-3 pt-3 text-muted">
          {text.gate.opening}
        </p>
        <SkeletonRows rows={6} />
      </Card>
    )
  if (state.me === null && state.link === 'failed')
    return (
      <Card>
        <EmptyState
          icon={<Unplug aria-hidden="true" />}
          title={text.gate.away}
          body={<span translate="no">{state.problem ?? problem}</span>}
          action={
            <Link to="/connection" className={buttonClass('primary')}>
              {text.gate.connection}
            </Link>
          }
        />
      </Card>
    )
  if (!state.signedIn || state.me === null)
    return (
      <Card>
        <EmptyState
          icon={<LogIn aria-hidden="true" />}
          title={text.gate.signedOut}
          body={text.gate.signedOutBody}
          action={
            <Link to="/account" className={buttonClass('primary')}>
              {text.gate.signIn}
            </Link>
          }
        />
      </Card>
    )
  const { permissions, roles } = state.me
  if (!permissions.includes(permission))
    return (
      <Card>
        <EmptyState
          icon={<KeyRound aria-hidden="true" />}
          title={text.gate.notAllowed}
          body={text.gate.notAllowedBody(
            permission,
            namesOfHolders(permission),
            roles.map((role) => ROLE_NAMES[role]),
          )}
          action={
            <Link to="/account" className={buttonClass()}>
              {state.kind === 'local' ? text.gate.switchRole : text.gate.signIn}
            </Link>
          }
        />
      </Card>
    )
  return children
}
