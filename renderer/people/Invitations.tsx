import { Chip } from '@renderer/account/Form'
import { client, orpc } from '@renderer/app/rpc'
import { Button } from '@renderer/ui/Button'
import { Card } from '@renderer/ui/Card'
import { EmptyState } from '@renderer/ui/EmptyState'
import { ErrorState } from '@renderer/ui/ErrorState'
import { SkeletonRows } from '@renderer/ui/Skeleton'
import { notify } from '@renderer/ui/toast'
import type { Invitation } from '@shared/backend/identity'
import { useQuery } from '@tanstack/react-query'
import { MailPlus } from 'lucide-react'
import { useState } from 'react'
import { ReasonDialog } from '../administration/ReasonDialog'
import { useReasonAgainst } from '../administration/roles'
import { text } from './messages'
import { readAnew } from './PersonDialogs'
import { nameOf } from './people-columns'

export function Invitations() {
  const query = useQuery(orpc.people.invitations.queryOptions())
  const against = useReasonAgainst('people.manage')
  const [revoking, setRevoking] = useState<Invitation | null>(null)
  if (query.isPending) return <SkeletonRows rows={4} />
  if (query.error)
    return (
      <Card>
        <ErrorState
          error={query.error}
          title={text.invitations.failed}
          onRetry={() => void query.refetch()}
        />
      </Card>
    )
  if (query.data.rows.length === 0)
    return (
      <Card>
        <EmptyState icon={<MailPlus aria-hidden="true" />} {...text.invitations.empty} />
      </Card>
    )
  return (
    <Card className="min-h-0 overflow-y-auto">
      <ul>
        {query.data.rows.map((invitation) => (
          <li
            key={invitation.id}
            className="flex flex-wrap items-center gap-x-4 gap-y-1 border-line border-b px-3 py-2 last:border-0"
          >
            <span translate="no" className="min-w-48 flex-1 font-medium wrap-anywhere">
              {invitation.email}
            </span>
            <Chip>{text.roles[invitation.role]}</Chip>
            <span translate="no" className="text-muted">
              {invitation.invitedBy === null
                ? text.invitations.byOperator
                : text.invitations.by(nameOf(invitation.invitedBy))}
            </span>
            <span className="text-muted">{stateOf(invitation)}</span>
            {isOpen(invitation) && (
              <Button
                size="small"
                aria-label={text.invitations.revokeOf(invitation.email)}
                disabledReason={against}
                onClick={() => setRevoking(invitation)}
              >
                {text.invitations.revoke}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {revoking !== null && (
        <ReasonDialog
          title={text.invitations.revokeTitle(revoking.email)}
          confirm={text.invitations.revokeConfirm}
          danger
          onClose={() => setRevoking(null)}
          onConfirm={async (reason, operationId) => {
            await client.people.revokeInvitation({ operationId, invitationId: revoking.id, reason })
            await readAnew()
            notify({ tone: 'ok', title: text.invitations.revoked(revoking.email) })
          }}
        />
      )}
    </Card>
  )
}

const isOpen = ({ acceptedAt, expiresAt }: Invitation): boolean =>
  acceptedAt === null && new Date(expiresAt) > new Date()

function stateOf(invitation: Invitation): string {
  const { acceptedAt, expiresAt } = invitation
  if (acceptedAt !== null) return text.invitations.accepted(text.at(acceptedAt))
  return isOpen(invitation)
    ? text.invitations.expires(text.at(expiresAt))
    : text.invitations.expired(text.at(expiresAt))
}
