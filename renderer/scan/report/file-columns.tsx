import { formatBytes, formatNumber } from '@renderer/app/intl'
import type { DataColumn } from '@renderer/ui/data-table/columns'
import { visible } from './evidence'
import type { FileRow } from './files'
import { text } from './messages'
import { OutcomeBadge } from './OutcomeBadge'
import { Place } from './Place'

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

export const fileColumns: readonly DataColumn<FileRow>[] = [
  {
    id: 'outcome',
    header: text.columns.outcome,
    track: '128px',
    compare: (a, b) => b.rank - a.rank,
    descendingFirst: true,
    cell: (row) => <OutcomeBadge outcome={row.outcome} />,
  },
  {
    id: 'path',
    header: text.columns.path,
    track: 'minmax(0,1fr)',
    compare: (a, b) => byText(a.file.path, b.file.path),
    cell: ({ file }) => <Place path={file.path} member={undefined} />,
  },
  {
    id: 'format',
    header: text.columns.format,
    track: '112px',
    compare: (a, b) => byText(a.file.format, b.file.format),
    cell: ({ file }) => (
      <span className="text-muted" translate="no">
        {file.format}
      </span>
    ),
    from: 480,
  },
  {
    id: 'bytes',
    header: text.columns.bytes,
    track: '84px',
    align: 'end',
    compare: (a, b) => a.file.bytes - b.file.bytes,
    descendingFirst: true,
    cell: ({ file }) => <span className="text-muted">{formatBytes(file.bytes)}</span>,
    from: 400,
  },
  {
    id: 'status',
    header: text.columns.status,
    track: 'minmax(88px,0.5fr)',
    compare: (a, b) => byText(a.file.status, b.file.status),
    cell: ({ file }) => (
      <span className="text-muted" title={file.reason ?? undefined}>
        {file.reason ? visible(file.reason) : text.status[file.status]}
      </span>
    ),
    from: 720,
  },
  {
    id: 'findings',
    header: text.columns.findings,
    track: '80px',
    align: 'end',
    compare: (a, b) => a.file.findings.length - b.file.findings.length,
    descendingFirst: true,
    cell: ({ file }) => (
      <span className={file.findings.length > 0 ? 'font-medium' : 'text-muted'}>
        {formatNumber(file.findings.length)}
      </span>
    ),
    from: 400,
  },
  {
    id: 'sha256',
    header: text.columns.sha256,
    track: '108px',
    cell: ({ file }) => (
      <code className="text-muted" title={file.sha256 ?? undefined} translate="no">
        {file.sha256?.slice(0, 12) ?? '–'}
      </code>
    ),
    from: 880,
  },
]
