import { client, orpc } from '@renderer/app/rpc'
import { Table } from '@renderer/benchmark/Table'
import { Button } from '@renderer/ui/Button'
import { Card, SectionCard } from '@renderer/ui/Card'
import { Choices } from '@renderer/ui/Choices'
import { EmptyState } from '@renderer/ui/EmptyState'
import { RelativeTime } from '@renderer/ui/RelativeTime'
import type { Dispute } from '@shared/backend/results'
import { useQuery } from '@tanstack/react-query'
import { MessageSquareWarning } from 'lucide-react'
import { useId, useState } from 'react'
import { ReasonDialog } from '../listings/shown/ReasonDialog'
import { Chip } from '../listings/shown/StateChip'
import { Unanswered } from '../listings/shown/Unanswered'
import { may, useMe } from '../listings/shown/use-me'
import { text } from './messages'

const TONE = { open: 'warn', upheld: 'bad', rejected: 'quiet' } as const

/** Disputes that the reader made or may decide. */
export function Disputes() {
  const words = text.disputes
  const me = useMe()
  const query = useQuery(orpc.listings.disputes.queryOptions())
  const [deciding, setDeciding] = useState<Dispute | null>(null)
  if (!query.data)
    return (
      <Card>
        <Unanswered query={query} rows={6} />
      </Card>
    )
  const rows = query.data.rows.toSorted(
    (a, b) =>
      Number(b.state === 'open') - Number(a.state === 'open') ||
      (a.createdAt < b.createdAt ? 1 : -1),
  )
  if (rows.length === 0)
    return (
      <Card>
        <EmptyState
          icon={<MessageSquareWarning aria-hidden="true" />}
          title={words.empty.title}
          body={words.empty.body}
        />
      </Card>
    )
  const decides = may(me, 'results.review')
  return (
    <SectionCard title={words.list}>
      <Table<Dispute>
        label={words.list}
        rows={rows}
        rowKey={({ id }) => id}
        columns={[
          {
            header: words.columns.reason,
            cell: ({ reason }) => (
              <span className="block max-w-[64ch] truncate" title={reason} translate="no">
                {reason}
              </span>
            ),
          },
          {
            header: words.columns.state,
            cell: ({ state, decision }) => (
              <span title={decision ?? ''}>
                <Chip tone={TONE[state]}>{words.states[state]}</Chip>
              </span>
            ),
          },
          {
            header: words.columns.by,
            cell: ({ by }) =>
              by ? <span translate="no">@{by.handle}</span> : <span>{words.by}</span>,
          },
          {
            header: words.columns.when,
            cell: ({ createdAt }) => (
              <RelativeTime date={new Date(createdAt)} className="text-muted" />
            ),
          },
          ...(decides
            ? [
                {
                  header: words.act,
                  cell: (dispute: Dispute) =>
                    dispute.state === 'open' && (
                      <Button size="small" onClick={() => setDeciding(dispute)}>
                        {words.decide}
                      </Button>
                    ),
                },
              ]
            : []),
        ]}
      />
      {deciding && <Decide dispute={deciding} onClose={() => setDeciding(null)} />}
    </SectionCard>
  )
}

type Outcome = 'rejected' | 'upheld'

function Decide({ dispute, onClose }: { dispute: Dispute; onClose: () => void }) {
  const words = text.decide
  const id = useId()
  const [outcome, setOutcome] = useState<Outcome>('rejected')
  return (
    <ReasonDialog
      title={words.title}
      description={words.body}
      confirm={words.confirm}
      done={words.done}
      act={(reason, operationId) =>
        client.listings.decideDispute({ operationId, disputeId: dispute.id, outcome, reason })
      }
      onClose={onClose}
    >
      <blockquote
        translate="no"
        className="max-h-40 overflow-y-auto whitespace-pre-wrap wrap-anywhere border-line-strong border-l-2 pl-3 text-muted"
      >
        {dispute.reason}
      </blockquote>
      <div className="flex flex-col items-start gap-1">
        <span id={id} className="font-medium">
          {words.outcome}
        </span>
        <Choices<Outcome>
          labelledBy={id}
          value={outcome}
          options={(['rejected', 'upheld'] as const).map((value) => ({
            value,
            label: words.outcomes[value],
          }))}
          onChange={setOutcome}
        />
      </div>
    </ReasonDialog>
  )
}
