import type { DataColumn } from '@renderer/ui/data-table/columns'
import { RelativeTime } from '@renderer/ui/RelativeTime'
import type { Activity } from '@shared/contract/activity'
import { text } from './messages'

export function activityColumns(): DataColumn<Activity>[] {
  return [
    {
      id: 'kind',
      header: text.columns.kind,
      track: '132px',
      cell: (row) => <span className="font-medium">{text.kinds[row.kind]}</span>,
    },
    {
      id: 'summary',
      header: text.columns.summary,
      track: 'minmax(160px,1fr)',
      cell: (row) => (
        <span title={row.summary} translate="no">
          {row.summary}
        </span>
      ),
    },
    {
      id: 'actor',
      header: text.columns.actor,
      track: '132px',
      from: 760,
      cell: (row) => (
        <span className="text-muted">
          <span translate="no">{row.actor}</span>
          {` · ${text.hosts[row.host]}`}
        </span>
      ),
    },
    {
      id: 'at',
      header: text.columns.at,
      track: '128px',
      align: 'end',
      cell: (row) => <RelativeTime date={row.at} className="text-muted" />,
    },
  ]
}
