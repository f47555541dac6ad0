import { formatPercent } from '@renderer/app/intl'
import type { DataColumn } from '@renderer/ui/data-table/columns'
import { SeverityBadge, severityName } from '@renderer/ui/SeverityBadge'
import type { ListedRule } from '@shared/contract/rules'
import { SEVERITIES } from '@shared/scan-report/scales'
import { categoryName } from './categories'
import { text } from './messages'

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

export function ruleColumns(): DataColumn<ListedRule>[] {
  return [
    {
      id: 'severity',
      header: text.columns.severity,
      track: '112px',
      compare: (a, b) =>
        SEVERITIES.indexOf(b.effectiveSeverity) - SEVERITIES.indexOf(a.effectiveSeverity),
      descendingFirst: true,
      cell: (row) => (
        <span
          title={
            row.effectiveSeverity === row.severity
              ? undefined
              : text.policyChanged(severityName(row.severity))
          }
        >
          <SeverityBadge severity={row.effectiveSeverity} />
        </span>
      ),
    },
    {
      id: 'title',
      header: text.columns.title,
      track: 'minmax(220px,3fr)',
      compare: (a, b) => byText(a.title.toLowerCase(), b.title.toLowerCase()),
      cell: (row) => (
        <span className="font-medium" title={row.title} translate="no">
          {row.title}
        </span>
      ),
    },
    {
      id: 'id',
      header: text.columns.id,
      track: 'minmax(180px,2fr)',
      from: 720,
      compare: (a, b) => byText(a.id, b.id),
      cell: (row) => (
        <code className="text-muted" title={row.id} translate="no">
          {row.id}
        </code>
      ),
    },
    {
      id: 'category',
      header: text.columns.category,
      track: '180px',
      from: 860,
      compare: (a, b) => byText(a.category, b.category),
      cell: (row) => <span className="text-muted">{categoryName(row.category)}</span>,
    },
    {
      id: 'pack',
      header: text.columns.pack,
      track: '104px',
      from: 560,
      compare: (a, b) => byText(a.pack, b.pack),
      cell: (row) => (
        <span className="text-muted" translate="no">
          {row.pack}
        </span>
      ),
    },
    {
      id: 'confidence',
      header: text.columns.confidence,
      track: '96px',
      from: 940,
      align: 'end',
      compare: (a, b) => a.confidence - b.confidence,
      descendingFirst: true,
      cell: (row) => <span className="text-muted">{formatPercent(row.confidence)}</span>,
    },
  ]
}
