import { formatBytes } from '@renderer/app/intl'
import type { DataColumn } from '@renderer/ui/data-table/columns'
import { removeColumn, timeColumn } from '@renderer/ui/data-table/common-columns'
import { GradeTile } from '@renderer/ui/GradeTile'
import type { ResultRow } from '@shared/benchmark/result-row'
import { GRADES } from '@shared/benchmark/scales'
import { EvidenceChip } from '../EvidenceChip'
import { formatInterval, formatMeasured, formatMetric, formatMetricInterval } from '../format'
import { text as shared } from '../messages'
import { Sure } from '../Sure'
import { Tag } from '../Tag'
import { text } from './messages'

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** `onRemove` must keep its identity: the row model is built from the columns. */
export function resultColumns(onRemove: (row: ResultRow) => void): DataColumn<ResultRow>[] {
  return [
    {
      id: 'name',
      header: text.columns.name,
      track: 'minmax(140px,1.3fr)',
      compare: (a, b) => byText(a.name.toLowerCase(), b.name.toLowerCase()),
      cell: (row) => (
        <span className="flex min-w-0 items-center gap-2">
          <span className="min-w-0 truncate font-medium" title={row.name} translate="no">
            {row.name}
          </span>
          {row.role === 'reference' && <Tag>{text.reference}</Tag>}
          {row.override !== null && (
            <Tag title={text.overrideWhy(row.override)}>{text.override}</Tag>
          )}
        </span>
      ),
    },
    {
      id: 'suite',
      header: text.columns.suite,
      track: 'minmax(120px,1fr)',
      compare: (a, b) => byText(a.suite.title, b.suite.title),
      cell: (row) => (
        <span className="text-muted">
          <span translate="no">{row.suite.title}</span>, {shared.scenarios[row.scenario]}
        </span>
      ),
      from: 620,
    },
    {
      id: 'headline',
      header: text.columns.headline,
      track: '184px',
      compare: (a, b) => (a.headline?.estimate ?? 0) - (b.headline?.estimate ?? 0),
      cell: ({ headline }) =>
        headline === null ? (
          <span className="text-sev-high-text">{text.noNumbers}</span>
        ) : (
          <Sure
            value={formatMeasured(headline.estimate, headline.unit)}
            interval={formatInterval(headline)}
            title={shared.measures[headline.measure]}
          />
        ),
    },
    {
      id: 'accuracy',
      header: text.columns.accuracy,
      track: '160px',
      compare: (a, b) => (a.accuracy?.value ?? -1) - (b.accuracy?.value ?? -1),
      descendingFirst: true,
      cell: ({ accuracy }) =>
        accuracy === null ? (
          <span className="text-muted">{shared.none}</span>
        ) : (
          <Sure
            value={formatMetric(accuracy.metric, accuracy.value)}
            interval={formatMetricInterval(accuracy.metric, accuracy.lower, accuracy.upper)}
            title={shared.metrics[accuracy.metric]}
          />
        ),
      from: 720,
    },
    {
      id: 'memory',
      header: text.columns.memory,
      track: '80px',
      align: 'end',
      compare: (a, b) => (a.memoryBytes ?? 0) - (b.memoryBytes ?? 0),
      cell: ({ memoryBytes }) => (
        <span className="text-muted">
          {memoryBytes === null ? shared.unknown : formatBytes(memoryBytes)}
        </span>
      ),
      from: 1120,
    },
    {
      id: 'grade',
      header: text.columns.grade,
      track: '60px',
      compare: (a, b) => GRADES.indexOf(a.grade) - GRADES.indexOf(b.grade),
      cell: ({ grade }) => (
        <span title={shared.grade[grade]}>
          <GradeTile grade={grade} size="small" />
        </span>
      ),
    },
    {
      id: 'evidence',
      header: text.columns.evidence,
      track: '120px',
      cell: ({ evidence }) => <EvidenceChip evidence={evidence} />,
      from: 900,
    },
    timeColumn({
      header: text.columns.startedAt,
      track: '118px',
      from: 520,
      of: (row) => row.startedAt,
    }),
    removeColumn({
      header: text.columns.actions,
      label: (row) => text.remove(row.name),
      title: text.removeKeys,
      onRemove,
    }),
  ]
}
