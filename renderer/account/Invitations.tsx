import { formatDay } from '@renderer/app/intl'
import { client } from '@renderer/app/rpc'
import { Button } from '@renderer/ui/Button'
import { SectionCard } from '@renderer/ui/Card'
import { notify } from '@renderer/ui/toast'
import type { Invitation } from '@shared/backend/identity'
import { Problem } from './Form'
import { text } from './messages'
import { useAsked } from './use-asked'

export function Invitations({ invitations }: { invitations: readonly Invitation[] }) {
  const { ask, busy, problem } = useAsked()
  const accept = async ({ id, role }: Invitation) => {
    const accepted = await ask(() => client.account.acceptInvitation({ id }))
    if (accepted !== undefined)
      notify({ tone: 'ok', title: text.invitations.accepted(text.roles[role]), key: 'account' })
  }
  return (
    <SectionCard title={text.invitations.title}>
      <ul>
        {invitations.map((invitation) => (
          <li
            key={invitation.id}
            className="flex flex-wrap items-center gap-2 border-line border-b px-3 py-2 last:border-0"
          >
            <span className="min-w-0 flex-1">
              {text.invitations.offers(text.roles[invitation.role])}{' '}
              <span className="text-muted">
                {invitation.invitedBy !== null && (
                  <span translate="no">
                    {text.invitations.by(
                      invitation.invitedBy.displayName || invitation.invitedBy.handle,
                    )}{' '}
                  </span>
                )}
                {text.invitations.until(formatDay(new Date(invitation.expiresAt)))}
              </span>
            </span>
            <Button size="small" disabled={busy} onClick={() => void accept(invitation)}>
              {text.invitations.accept}
            </Button>
          </li>
        ))}
      </ul>
      {problem !== null && (
        <div className="px-3 pb-2">
          <Problem>{problem}</Problem>
        </div>
      )}
    </SectionCard>
  )
}
