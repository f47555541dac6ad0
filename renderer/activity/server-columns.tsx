import type { DataColumn } from '@renderer/ui/data-table/columns'
import { RelativeTime } from '@renderer/ui/RelativeTime'
import type { AuditEvent } from '@shared/backend/operations'
import { text } from './messages'
import { kindName } from './server-kinds'

export const actorName = ({ displayName, handle }: { displayName: string; handle: string }) =>
  displayName || handle

/** What it happened to, as far as one line holds it. */
export function subjectOf({ subjectType, subject, body }: AuditEvent): string {
  const name = ['name', 'title', 'email', 'handle', 'rpc', 'role']
    .map((key) => body[key])
    .find((value) => typeof value === 'string')
  const parts = [subjectType, name ?? subject?.slice(0, 8)]
  return parts.filter((part) => part !== null && part !== undefined).join(' ')
}

export function serverColumns(): DataColumn<AuditEvent>[] {
  return [
    {
      id: 'kind',
      header: text.server.columns.kind,
      track: '152px',
      cell: (row) => <span className="font-medium">{kindName(row.kind)}</span>,
    },
    {
      id: 'subject',
      header: text.server.columns.subject,
      track: 'minmax(140px,1fr)',
      cell: (row) => <span translate="no">{subjectOf(row)}</span>,
    },
    {
      id: 'actor',
      header: text.server.columns.actor,
      track: '148px',
      from: 560,
      cell: (row) =>
        row.actor === null ? (
          <span className="text-muted">{text.server.nobody}</span>
        ) : (
          <span translate="no">{actorName(row.actor)}</span>
        ),
    },
    {
      id: 'at',
      header: text.server.columns.at,
      track: '128px',
      align: 'end',
      cell: (row) => <RelativeTime date={new Date(row.at)} className="text-muted" />,
    },
  ]
}
