import { useAccount } from '@renderer/app/account'
import { orpc } from '@renderer/app/rpc'
import { Button, buttonClass } from '@renderer/ui/Button'
import { RelativeTime } from '@renderer/ui/RelativeTime'
import type { PersonRow, Role } from '@shared/backend/identity'
import { ROLES } from '@shared/backend/words'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useReasonAgainst } from '../administration/roles'
import { DetailList, DetailSection } from '../scan/report/DetailList'
import { text } from './messages'
import { GrantDialog, RevokeDialog, SuspendDialog } from './PersonDialogs'
import { isSuspended, nameOf } from './people-columns'

type Asking = { what: 'grant' } | { what: 'revoke'; role: Role } | { what: 'suspend' }

export function PersonDetail({ person }: { person: PersonRow | null }) {
  const me = useAccount()?.me ?? null
  const against = useReasonAgainst('people.manage')
  const [asking, setAsking] = useState<Asking | null>(null)
  // Two are enough to know whether one is the last.
  const admins = useQuery(
    orpc.people.list.queryOptions({ input: { role: 'admin', limit: 2 }, enabled: person !== null }),
  )
  if (person === null) return <p className="text-muted">{text.detail.none}</p>
  const own = person.id === me?.id ? text.detail.yourself : null
  const onlyAdmin = person.roles.includes('admin') && admins.data?.rows.length === 1
  const missing = ROLES.filter((role) => !person.roles.includes(role))
  const suspended = isSuspended(person)
  return (
    <div className="flex flex-col gap-4">
      <header className="flex flex-col gap-1">
        <h2 translate="no" className="font-semibold text-section wrap-anywhere">
          {nameOf(person)}
        </h2>
        {suspended && (
          <p className="text-sev-high-text">
            {text.suspendedUntil(text.at(person.suspendedUntil ?? ''))}
          </p>
        )}
        {own !== null && <p className="text-muted">{own}</p>}
      </header>
      <DetailList
        items={[
          [text.detail.handle, person.handle],
          ...(person.email === null ? [] : ([[text.detail.email, person.email]] as const)),
          [text.detail.listings, text.count(person.listings)],
          [text.detail.since, text.at(person.createdAt)],
          [
            text.detail.seen,
            person.lastSeenAt === null ? (
              text.never
            ) : (
              <RelativeTime key="seen" date={new Date(person.lastSeenAt)} />
            ),
          ],
          [text.detail.id, <code key="id">{person.id}</code>],
        ]}
      />
      <DetailSection title={text.columns.roles}>
        <ul className="flex flex-col">
          {person.roles.map((role) => (
            <li
              key={role}
              className="flex items-center justify-between gap-2 border-line border-b py-1.5 last:border-0"
            >
              <span>{text.roles[role]}</span>
              <Button
                size="small"
                aria-label={text.revoke.actionOf(text.roles[role])}
                disabledReason={
                  against ?? (role === 'admin' && onlyAdmin ? text.detail.lastAdmin : null)
                }
                onClick={() => setAsking({ what: 'revoke', role })}
              >
                {text.revoke.action}
              </Button>
            </li>
          ))}
        </ul>
        {onlyAdmin && <p className="text-muted">{text.detail.lastAdmin}</p>}
      </DetailSection>
      <div className="flex flex-wrap gap-2">
        <Button
          disabledReason={against ?? own ?? (missing.length === 0 ? text.grant.all : null)}
          onClick={() => setAsking({ what: 'grant' })}
        >
          {text.grant.action}
        </Button>
        <Button
          variant={suspended ? 'secondary' : 'danger'}
          disabledReason={against ?? own}
          onClick={() => setAsking({ what: 'suspend' })}
        >
          {suspended ? text.suspend.lift : text.suspend.action}
        </Button>
        <Link to="/activity" search={{ of: 'server', actor: person.id }} className={buttonClass()}>
          {text.detail.log}
        </Link>
      </div>
      {asking?.what === 'grant' && (
        <GrantDialog
          person={person}
          roles={missing}
          secondAdmin={(admins.data?.rows.length ?? 0) > 1}
          onClose={() => setAsking(null)}
        />
      )}
      {asking?.what === 'revoke' && (
        <RevokeDialog person={person} role={asking.role} onClose={() => setAsking(null)} />
      )}
      {asking?.what === 'suspend' && (
        <SuspendDialog person={person} lift={suspended} onClose={() => setAsking(null)} />
      )}
    </div>
  )
}
