import { formatNumber } from '@renderer/app/intl'
import { Button } from '@renderer/ui/Button'
import type { AuditEvent } from '@shared/backend/operations'
import { DetailList, DetailSection } from '../scan/report/DetailList'
import type { ServerSearch } from './activity-search'
import { text } from './messages'
import { actorName } from './server-columns'
import { kindName } from './server-kinds'

interface ServerEventDetailProps {
  event: AuditEvent | null
  onFilter(more: Partial<ServerSearch>): void
}

export function ServerEventDetail({ event, onFilter }: ServerEventDetailProps) {
  if (event === null) return <p className="text-muted">{text.detail.none}</p>
  const { actor, subject, subjectType, operationId } = event
  return (
    <div className="flex flex-col gap-4">
      <h2 className="font-semibold text-section">{kindName(event.kind)}</h2>
      <DetailList
        items={[
          [text.server.detail.actor, actor === null ? text.server.nobody : actorName(actor)],
          [text.detail.at, new Date(event.at).toISOString()],
          [
            text.server.detail.subject,
            [subjectType, subject].filter((part) => part !== null).join(' '),
          ],
          [text.server.detail.id, formatNumber(event.id)],
          [text.detail.operation, operationId && <code key="operation">{operationId}</code>],
        ]}
      />
      {(actor !== null || subject !== null) && (
        <div className="flex flex-wrap gap-2">
          {actor !== null && (
            <Button size="small" onClick={() => onFilter({ actor: actor.id })}>
              {text.server.detail.byActor}
            </Button>
          )}
          {subject !== null && (
            <Button size="small" onClick={() => onFilter({ subject })}>
              {text.server.detail.aboutSubject}
            </Button>
          )}
        </div>
      )}
      <DetailSection title={text.detail.body}>
        <pre
          className="max-h-96 overflow-auto rounded-control border border-line bg-sunken p-3 text-code whitespace-pre-wrap wrap-anywhere"
          translate="no"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by key
          tabIndex={0}
        >
          {JSON.stringify(event.body, null, 2)}
        </pre>
      </DetailSection>
    </div>
  )
}
