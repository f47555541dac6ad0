import { Chip } from '@renderer/account/Form'
import { useAccount } from '@renderer/app/account'
import { client, orpc } from '@renderer/app/rpc'
import { Button } from '@renderer/ui/Button'
import { Card } from '@renderer/ui/Card'
import { EmptyState } from '@renderer/ui/EmptyState'
import { ErrorState } from '@renderer/ui/ErrorState'
import { SkeletonRows } from '@renderer/ui/Skeleton'
import { notify } from '@renderer/ui/toast'
import type { Approval } from '@shared/backend/identity'
import { useQuery } from '@tanstack/react-query'
import { UserCheck } from 'lucide-react'
import { useState } from 'react'
import { ReasonDialog } from '../administration/ReasonDialog'
import { text } from './messages'
import { readAnew } from './PersonDialogs'
import { nameOf } from './people-columns'

export function Approvals() {
  const me = useAccount()?.me ?? null
  const query = useQuery(orpc.people.approvals.queryOptions())
  const [deciding, setDeciding] = useState<{ approval: Approval; approve: boolean } | null>(null)
  if (query.isPending) return <SkeletonRows rows={4} />
  if (query.error)
    return (
      <Card>
        <ErrorState
          error={query.error}
          title={text.approvals.failed}
          onRetry={() => void query.refetch()}
        />
      </Card>
    )
  return (
    <div className="flex min-h-0 flex-col gap-3">
      <p className="max-w-[80ch] text-muted">{text.approvals.about}</p>
      <Card className="min-h-0 overflow-y-auto">
        {query.data.rows.length === 0 && (
          <EmptyState icon={<UserCheck aria-hidden="true" />} {...text.approvals.empty} />
        )}
        <ul>
          {query.data.rows.map((approval) => (
            <ApprovalItem
              key={approval.id}
              approval={approval}
              own={approval.requestedBy.id === me?.id}
              onDecide={(approve) => setDeciding({ approval, approve })}
            />
          ))}
        </ul>
      </Card>
      {deciding !== null && (
        <ReasonDialog
          title={(deciding.approve ? text.approvals.approveOf : text.approvals.refuseOf)(
            titleOf(deciding.approval),
          )}
          description={deciding.approval.reason}
          confirm={deciding.approve ? text.approvals.approveConfirm : text.approvals.refuseConfirm}
          danger={deciding.approve}
          onClose={() => setDeciding(null)}
          onConfirm={async (reason, operationId) => {
            const { approval, approve } = deciding
            await client.people.decide({ operationId, approvalId: approval.id, approve, reason })
            await readAnew()
            notify({ tone: 'ok', title: text.approvals.done[approve ? 'true' : 'false'] })
          }}
        />
      )}
    </div>
  )
}

const titleOf = ({ action, title }: Approval): string =>
  `${text.approvals.actions[action] ?? action}: ${title}`

interface ApprovalItemProps {
  approval: Approval
  own: boolean
  onDecide(approve: boolean): void
}

function ApprovalItem({ approval, own, onDecide }: ApprovalItemProps) {
  const title = titleOf(approval)
  const blocked = own ? text.approvals.own : null
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-line border-b px-3 py-2 last:border-0">
      <div className="min-w-60 flex-1">
        <p translate="no" className="font-medium wrap-anywhere">
          {title}
        </p>
        <p translate="no" className="wrap-anywhere">
          {approval.reason}
        </p>
        <p translate="no" className="text-muted text-small">
          {text.approvals.asked(nameOf(approval.requestedBy), text.at(approval.requestedAt))}
          {approval.decidedBy !== null &&
            approval.decidedAt !== null &&
            ` · ${text.approvals.states[approval.state]} ${text.approvals.decided(nameOf(approval.decidedBy), text.at(approval.decidedAt))}`}
        </p>
      </div>
      <Chip>{text.approvals.states[approval.state]}</Chip>
      {approval.state === 'open' && (
        <span className="flex gap-2">
          <Button
            size="small"
            aria-label={text.approvals.refuseOf(title)}
            disabledReason={blocked}
            onClick={() => onDecide(false)}
          >
            {text.approvals.refuse}
          </Button>
          <Button
            size="small"
            aria-label={text.approvals.approveOf(title)}
            disabledReason={blocked}
            onClick={() => onDecide(true)}
          >
            {text.approvals.approve}
          </Button>
        </span>
      )}
    </li>
  )
}
