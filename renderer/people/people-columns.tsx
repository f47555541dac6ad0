import { Chip } from '@renderer/account/Form'
import { formatNumber } from '@renderer/app/intl'
import type { DataColumn } from '@renderer/ui/data-table/columns'
import { RelativeTime } from '@renderer/ui/RelativeTime'
import type { PersonRow } from '@shared/backend/identity'
import { text } from './messages'

export const nameOf = ({ displayName, handle }: { displayName: string; handle: string }): string =>
  displayName || handle

/** Whether it is over is the server's to say; a past date is only history here. */
export const isSuspended = ({ suspendedUntil }: PersonRow): boolean =>
  suspendedUntil !== null && new Date(suspendedUntil) > new Date()

export function peopleColumns(): DataColumn<PersonRow>[] {
  return [
    {
      id: 'person',
      header: text.columns.person,
      track: 'minmax(180px,1fr)',
      cell: (row) => (
        <span className="flex min-w-0 items-center gap-2">
          <span translate="no" className="truncate font-medium">
            {nameOf(row)}
          </span>
          {row.displayName !== '' && (
            <span translate="no" className="truncate text-muted">
              {row.handle}
            </span>
          )}
          {row.sample && <Chip>{text.sample}</Chip>}
        </span>
      ),
    },
    {
      id: 'roles',
      header: text.columns.roles,
      track: '204px',
      cell: (row) => (
        <span className="flex items-center gap-1">
          {row.roles.map((role) => (
            <Chip key={role}>{text.roles[role]}</Chip>
          ))}
        </span>
      ),
    },
    {
      id: 'listings',
      header: text.columns.listings,
      track: '72px',
      align: 'end',
      from: 640,
      cell: (row) => formatNumber(row.listings),
    },
    {
      id: 'seen',
      header: text.columns.seen,
      track: '120px',
      align: 'end',
      from: 560,
      cell: (row) =>
        row.lastSeenAt === null ? (
          <span className="text-muted">{text.never}</span>
        ) : (
          <RelativeTime date={new Date(row.lastSeenAt)} className="text-muted" />
        ),
    },
  ]
}
