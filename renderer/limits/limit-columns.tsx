import { formatNumber } from '@renderer/app/intl'
import type { DataColumn } from '@renderer/ui/data-table/columns'
import type { Limit } from '@shared/backend/operations'
import { text } from './messages'

const count = (
  id: 'burst' | 'perMinute' | 'calls' | 'refused' | 'callers',
  track: string,
  from?: number,
): DataColumn<Limit> => ({
  id,
  header: text.columns[id],
  track,
  align: 'end',
  descendingFirst: true,
  compare: (a, b) => a[id] - b[id],
  cell: (row) => (
    <span className={id === 'refused' && row.refused > 0 ? 'text-sev-high-text' : ''}>
      {formatNumber(row[id])}
    </span>
  ),
  ...(from !== undefined && { from }),
})

export function limitColumns(): DataColumn<Limit>[] {
  return [
    {
      id: 'rpc',
      header: text.columns.rpc,
      track: 'minmax(160px,1fr)',
      compare: (a, b) => a.rpc.localeCompare(b.rpc),
      cell: (row) => (
        <code translate="no" className="text-code">
          {row.rpc}
        </code>
      ),
    },
    count('burst', '76px', 560),
    count('perMinute', '84px', 560),
    count('calls', '96px'),
    count('refused', '76px'),
    count('callers', '76px', 680),
  ]
}
