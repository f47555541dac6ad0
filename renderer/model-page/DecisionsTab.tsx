import { formatDateTime } from '@renderer/app/intl'
import { Button } from '@renderer/ui/Button'
import { Card, SectionCard } from '@renderer/ui/Card'
import { EmptyState } from '@renderer/ui/EmptyState'
import type { Listing } from '@shared/backend/listings'
import { Gavel, MessageSquareText, Scale, ShieldAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Deed } from './ModelDeed'
import { text } from './messages'

interface DecisionsTabProps {
  listing: Listing
  onDeed: (deed: Deed) => void
}

interface Entry {
  key: string
  at: string
  icon: ReactNode
  title: string
  body: string | null
  aside?: ReactNode
}

/** The restriction, the appeals against it and what was decided, as one thread. */
export function DecisionsTab({ listing, onDeed }: DecisionsTabProps) {
  const words = text.decisions
  const entries = threadOf(listing, onDeed)
  if (entries.length === 0)
    return (
      <Card>
        <EmptyState icon={<Gavel aria-hidden="true" />} title={words.none} body={words.noneBody} />
      </Card>
    )
  return (
    <SectionCard title={words.thread}>
      <ol>
        {entries.map(({ key, at, icon, title, body, aside }) => (
          <li key={key} className="flex gap-3 border-line border-b px-3 py-3 last:border-0">
            <span className="mt-0.5 text-muted [&>svg]:size-4">{icon}</span>
            <div className="flex min-w-0 flex-1 flex-col gap-1">
              <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
                <span className="font-medium">{title}</span>
                <time dateTime={at} className="text-muted text-small">
                  {formatDateTime(new Date(at))}
                </time>
                {aside}
              </div>
              {body && (
                <p className="max-w-[80ch] whitespace-pre-wrap wrap-anywhere" translate="no">
                  {body}
                </p>
              )}
            </div>
          </li>
        ))}
      </ol>
    </SectionCard>
  )
}

function threadOf({ restriction, appeals, can }: Listing, onDeed: (deed: Deed) => void): Entry[] {
  const words = text.decisions
  const entries: Entry[] = restriction
    ? [
        {
          key: 'restriction',
          at: restriction.at,
          icon: <ShieldAlert aria-hidden="true" />,
          title: words.restricted(restriction.policy),
          body: restriction.reason,
        },
      ]
    : []
  for (const appeal of appeals) {
    entries.push({
      key: appeal.id,
      at: appeal.createdAt,
      icon: <MessageSquareText aria-hidden="true" />,
      title: words.appealed,
      body: appeal.statement,
      ...(appeal.state === 'open' && {
        aside: can.restrict ? (
          <Button size="small" onClick={() => onDeed({ kind: 'decide', appeal })}>
            {words.decide}
          </Button>
        ) : (
          <span className="text-muted text-small">{words.open}</span>
        ),
      }),
    })
    if (appeal.decidedAt !== null && appeal.state !== 'open')
      entries.push({
        key: `${appeal.id} decision`,
        at: appeal.decidedAt,
        icon: <Scale aria-hidden="true" />,
        title: words[appeal.state],
        body: appeal.decision,
      })
  }
  return entries.sort((a, b) => (a.at < b.at ? -1 : 1))
}
