import { formatBytes } from '@renderer/app/intl'
import { EvidenceChip } from '@renderer/benchmark/EvidenceChip'
import { formatBounds, formatMeasured, formatMetric } from '@renderer/benchmark/format'
import { text as benchmark } from '@renderer/benchmark/messages'
import { Sure } from '@renderer/benchmark/Sure'
import { Tag } from '@renderer/benchmark/Tag'
import type { DataColumn } from '@renderer/ui/data-table/columns'
import type { Person } from '@shared/backend/identity'
import type { LeaderboardRow } from '@shared/benchmark/leaderboard'
import { MEASURE, type Measure } from '@shared/benchmark/measures'
import { text as shared } from '../listings/shown/messages'
import { SampleTag } from '../listings/shown/StateChip'
import { text } from './messages'

/** A row of a board, with whose model it is. */
export interface RankedModel extends LeaderboardRow {
  version: string
  seller: Person | null
  mine: boolean
}

/** Beyond this an interval says only that nobody knows: a model seen on one machine of several. */
const OPEN = Number.MAX_VALUE / 2

export function boardColumns(measure: Measure = 'latency-p90'): DataColumn<RankedModel>[] {
  const { unit } = MEASURE[measure]
  return [
    {
      id: 'rank',
      header: text.columns.rank,
      track: '64px',
      cell: ({ rank }) => (
        <span className="font-semibold tabular-nums" title={text.rankWhy}>
          {text.rank(rank.best, rank.worst)}
        </span>
      ),
    },
    {
      id: 'model',
      header: text.columns.model,
      track: 'minmax(160px,1.4fr)',
      cell: ({ name, version, mine, seller }) => (
        <span className="flex min-w-0 items-center gap-2">
          <span className="truncate" title={`${name} ${version}`} translate="no">
            <span className="font-medium">{name}</span>{' '}
            <span className="text-muted">{version}</span>
          </span>
          {mine && <Tag>{shared.yours}</Tag>}
          {seller && <SampleTag of={seller} />}
        </span>
      ),
    },
    {
      id: 'seller',
      header: text.columns.seller,
      track: 'minmax(96px,.7fr)',
      cell: ({ seller }) => (
        <span className="text-muted" translate="no">
          {seller?.displayName || seller?.handle || shared.none}
        </span>
      ),
      from: 820,
    },
    {
      id: 'figure',
      header: benchmark.measures[measure],
      track: '212px',
      cell: ({ estimate, lower, upper }) => (
        <Sure
          value={formatMeasured(estimate, unit)}
          interval={upper >= OPEN ? null : formatBounds(lower, upper, unit)}
        />
      ),
    },
    {
      id: 'accuracy',
      header: text.columns.accuracy,
      track: '88px',
      align: 'end',
      cell: ({ accuracy }) => (
        <span title={accuracy ? benchmark.metrics[accuracy.metric] : ''}>
          {accuracy ? formatMetric(accuracy.metric, accuracy.value) : shared.none}
        </span>
      ),
      from: 700,
    },
    {
      id: 'memory',
      header: text.columns.memory,
      track: '84px',
      align: 'end',
      cell: ({ memoryBytes }) => (
        <span className="text-muted">
          {memoryBytes === null ? benchmark.unknown : formatBytes(memoryBytes)}
        </span>
      ),
      from: 980,
    },
    {
      id: 'evidence',
      header: text.columns.evidence,
      track: '124px',
      cell: ({ evidence }) => <EvidenceChip evidence={evidence} />,
    },
    {
      id: 'stands',
      header: text.columns.stands,
      track: '150px',
      cell: ({ results, machines }) => (
        <span className="text-muted">{text.stands(results, machines)}</span>
      ),
      from: 1060,
    },
  ]
}
