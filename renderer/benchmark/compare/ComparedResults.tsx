import { formatBytes } from '@renderer/app/intl'
import { SectionCard } from '@renderer/ui/Card'
import { GradeTile } from '@renderer/ui/GradeTile'
import { RelativeTime } from '@renderer/ui/RelativeTime'
import type { ResultRow } from '@shared/benchmark/result-row'
import { Link } from '@tanstack/react-router'
import { EvidenceChip } from '../EvidenceChip'
import { formatInterval, formatMeasured, formatMetric, formatMetricInterval } from '../format'
import { text as shared } from '../messages'
import { Sure } from '../Sure'
import { Table } from '../Table'
import { Tag } from '../Tag'
import { text } from './messages'

interface ResultsProps {
  rows: readonly ResultRow[]
  names: readonly string[]
  front: readonly number[]
}

/** The compared results with what each says of itself. */
export function ComparedResults({ rows, names, front }: ResultsProps) {
  const { columns } = text.summary
  const numbered = rows.map((row, at) => ({ row, at }))
  return (
    <SectionCard title={text.summary.title}>
      <Table
        label={text.summary.title}
        rows={numbered}
        rowKey={({ row }) => row.id}
        columns={[
          {
            header: columns.model,
            cell: ({ row, at }) => (
              <span className="flex items-center gap-2">
                <Link
                  to="/benchmarks/result/$resultId"
                  params={{ resultId: row.id }}
                  search={{}}
                  translate="no"
                  className="hover:underline"
                >
                  {names[at]}
                </Link>
                {at === 0 && <Tag>{text.baseline}</Tag>}
                {front.includes(at) && row.accuracy !== null && <Tag>{text.onFront}</Tag>}
              </span>
            ),
          },
          {
            header: columns.headline,
            align: 'end',
            cell: ({ row: { headline } }) =>
              headline && (
                <Sure
                  value={formatMeasured(headline.estimate, headline.unit)}
                  interval={formatInterval(headline)}
                />
              ),
          },
          {
            header: columns.accuracy,
            align: 'end',
            cell: ({ row: { accuracy } }) =>
              accuracy === null ? (
                shared.none
              ) : (
                <Sure
                  value={formatMetric(accuracy.metric, accuracy.value)}
                  interval={formatMetricInterval(accuracy.metric, accuracy.lower, accuracy.upper)}
                />
              ),
          },
          {
            header: columns.memory,
            align: 'end',
            cell: ({ row: { memoryBytes } }) =>
              memoryBytes === null ? shared.unknown : formatBytes(memoryBytes),
          },
          {
            header: columns.grade,
            cell: ({ row: { grade } }) => <GradeTile grade={grade} size="small" />,
          },
          {
            header: columns.evidence,
            cell: ({ row: { evidence } }) => <EvidenceChip evidence={evidence} />,
          },
          {
            header: columns.when,
            align: 'end',
            cell: ({ row: { startedAt } }) => (
              <RelativeTime date={startedAt} className="text-muted" />
            ),
          },
        ]}
      />
    </SectionCard>
  )
}
