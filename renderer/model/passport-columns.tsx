import { formatNumber } from '@renderer/app/intl'
import type { DataColumn } from '@renderer/ui/data-table/columns'
import { GradeTile } from '@renderer/ui/GradeTile'
import { RelativeTime } from '@renderer/ui/RelativeTime'
import { VerdictBadge } from '@renderer/ui/VerdictBadge'
import type { PassportRow } from '@shared/contract/model'
import { fingerprintOf } from '@shared/model/fingerprint'
import { GRADES } from '@shared/scan-report/scales'
import { EvidenceChip } from '../benchmark/EvidenceChip'
import { verdictRank } from '../scan/report/findings'
import { text } from './messages'

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

export function passportColumns(): DataColumn<PassportRow>[] {
  return [
    {
      id: 'name',
      header: text.columns.name,
      track: 'minmax(160px,1fr)',
      compare: (a, b) => byText(a.name.toLowerCase(), b.name.toLowerCase()),
      cell: (row) => (
        <span className="truncate font-medium" title={row.name} translate="no">
          {row.name}
        </span>
      ),
    },
    {
      id: 'level',
      header: text.columns.level,
      track: '116px',
      compare: (a, b) => byText(a.level, b.level),
      cell: (row) => <EvidenceChip evidence={row.level} />,
    },
    {
      id: 'verdict',
      header: text.columns.verdict,
      track: '108px',
      compare: (a, b) => verdictRank(b.verdict) - verdictRank(a.verdict),
      descendingFirst: true,
      cell: (row) => <VerdictBadge verdict={row.verdict} />,
    },
    {
      id: 'grade',
      header: text.columns.grade,
      track: '68px',
      compare: (a, b) => GRADES.indexOf(a.grade) - GRADES.indexOf(b.grade),
      cell: (row) => <GradeTile grade={row.grade} size="small" />,
    },
    {
      id: 'files',
      header: text.columns.files,
      track: '72px',
      align: 'end',
      from: 620,
      compare: (a, b) => a.files - b.files,
      descendingFirst: true,
      cell: (row) => <span className="text-muted">{formatNumber(row.files)}</span>,
    },
    {
      id: 'measurements',
      header: text.columns.measurements,
      track: '120px',
      align: 'end',
      from: 820,
      compare: (a, b) => a.measurements - b.measurements,
      descendingFirst: true,
      cell: (row) => <span className="text-muted">{formatNumber(row.measurements)}</span>,
    },
    {
      id: 'key',
      header: text.columns.key,
      track: '120px',
      from: 940,
      cell: (row) => (
        <code className="text-muted" title={fingerprintOf(row.keyId)} translate="no">
          {fingerprintOf(row.keyId).slice(0, 9)}…
        </code>
      ),
    },
    {
      id: 'issuedAt',
      header: text.columns.issued,
      track: '132px',
      compare: (a, b) => a.issuedAt.getTime() - b.issuedAt.getTime(),
      descendingFirst: true,
      cell: (row) => <RelativeTime date={row.issuedAt} className="text-muted" />,
    },
  ]
}
