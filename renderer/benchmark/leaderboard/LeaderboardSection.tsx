import { formatBytes, formatSignificant } from '@renderer/app/intl'
import { RankChart } from '@renderer/charts/RankChart'
import { SectionCard } from '@renderer/ui/Card'
import { GradeTile } from '@renderer/ui/GradeTile'
import type { LeaderboardRow, LeaderboardTable } from '@shared/benchmark/leaderboard'
import { MEASURE } from '@shared/benchmark/measures'
import { Link } from '@tanstack/react-router'
import { EvidenceChip } from '../EvidenceChip'
import { formatBounds, formatMeasured, formatMetric } from '../format'
import { text as shared } from '../messages'
import { Sure } from '../Sure'
import { Table } from '../Table'
import { Tag } from '../Tag'
import { text } from './messages'

/** One table of models that can be ranked together, and its ranks as intervals. */
export function LeaderboardSection({ table }: { table: LeaderboardTable }) {
  const { unit } = MEASURE[table.measure]
  const { columns } = text
  const title = shared.suiteVersion(table.suiteId, table.suiteVersion)
  if (table.rows.length === 0)
    return (
      <SectionCard title={title}>
        <p className="px-3 py-2 text-muted">{text.nobody}</p>
        <Notes table={table} />
      </SectionCard>
    )
  return (
    <div className="grid items-start gap-3 min-[1600px]:grid-cols-[minmax(0,8fr)_minmax(0,5fr)]">
      <SectionCard
        title={title}
        aside={
          <span className="truncate text-faint text-small">
            <span translate="no">{table.hardwareClasses.join(', ')}</span>,{' '}
            {text.ranked(shared.measures[table.measure])}
          </span>
        }
      >
        <Table
          label={title}
          rows={table.rows}
          rowKey={({ modelSha256 }) => modelSha256}
          columns={[
            { header: columns.rank, cell: ({ rank }) => text.rank(rank.best, rank.worst) },
            { header: columns.model, cell: (row) => <Model row={row} /> },
            {
              header: shared.measures[table.measure],
              align: 'end',
              cell: ({ estimate, lower, upper }) => (
                <Sure
                  value={formatMeasured(estimate, unit)}
                  interval={formatBounds(lower, upper, unit)}
                />
              ),
            },
            {
              header: columns.accuracy,
              align: 'end',
              cell: ({ accuracy }) =>
                accuracy === null ? shared.none : formatMetric(accuracy.metric, accuracy.value),
            },
            {
              header: columns.memory,
              align: 'end',
              cell: ({ memoryBytes }) =>
                memoryBytes === null ? shared.unknown : formatBytes(memoryBytes),
            },
            {
              header: columns.grade,
              cell: ({ grade }) => <GradeTile grade={grade} size="small" />,
            },
            {
              header: columns.evidence,
              cell: ({ evidence }) => <EvidenceChip evidence={evidence} />,
            },
            {
              header: columns.stands,
              cell: ({ results, machines }) => (
                <span className="text-muted">{text.stands(results, machines)}</span>
              ),
            },
          ]}
        />
        <Notes table={table} />
      </SectionCard>
      {table.rows.length > 1 && (
        <RankChart
          title={text.chart}
          rows={table.rows.map(({ name, rank }) => ({ label: name, ...rank }))}
        />
      )}
    </div>
  )
}

function Model({ row }: { row: LeaderboardRow }) {
  return (
    <span className="flex items-center gap-2">
      {row.imported ? (
        <span translate="no" className="font-medium">
          {row.name}
        </span>
      ) : (
        <Link
          to="/benchmarks/result/$resultId"
          params={{ resultId: row.resultId }}
          search={{}}
          translate="no"
          className="font-medium hover:underline"
        >
          {row.name}
        </Link>
      )}
      {row.imported && <Tag>{text.imported}</Tag>}
      {row.reference && <Tag>{text.reference}</Tag>}
    </span>
  )
}

function Notes({ table: { machines, notes } }: { table: LeaderboardTable }) {
  if (machines.length < 2 && notes.length === 0) return null
  return (
    <ul className="border-line border-t px-3 py-2 text-muted text-small">
      {machines.length > 1 && (
        <li>
          {text.adjusted(
            machines.map(({ hardwareClass, factor }) =>
              text.factor(hardwareClass, formatSignificant(factor)),
            ),
          )}
        </li>
      )}
      {notes.map((note) => (
        <li key={note} translate="no">
          {note}
        </li>
      ))}
    </ul>
  )
}
