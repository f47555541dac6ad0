import { formatNumber, formatSignificant } from '@renderer/app/intl'
import { Card, SectionCard } from '@renderer/ui/Card'
import { EmptyState } from '@renderer/ui/EmptyState'
import type { Accuracy, Prediction } from '@shared/benchmark/accuracy'
import type { Evidence } from '@shared/benchmark/evidence'
import type { Summary } from '@shared/benchmark/figures'
import { Timer } from 'lucide-react'
import { EvidenceChip } from '../EvidenceChip'
import { formatMetric, formatMetricInterval } from '../format'
import { text as shared } from '../messages'
import { Table } from '../Table'
import { ConfusionMatrix } from './ConfusionMatrix'
import { text } from './messages'

interface AccuracyTabProps {
  accuracy: Accuracy | null
  summary: Summary
  evidence: Evidence
}

/** How good the answers are: metrics with intervals, where it errs, and the worst of it. */
export function AccuracyTab({ accuracy, summary, evidence }: AccuracyTabProps) {
  if (accuracy === null)
    return (
      <Card>
        <EmptyState
          icon={<Timer aria-hidden="true" />}
          title={text.accuracy.none}
          body={text.accuracy.noneBody}
        />
      </Card>
    )
  const { columns } = text.accuracy
  return (
    <div className="flex flex-col gap-4">
      <SectionCard title={text.accuracy.metrics}>
        <Table
          label={text.accuracy.metrics}
          rows={summary.accuracy}
          rowKey={({ metric }) => metric}
          columns={[
            { header: columns.metric, cell: ({ metric }) => shared.metrics[metric] },
            {
              header: columns.value,
              align: 'end',
              cell: ({ metric, value }) => (
                <span className="font-semibold">{formatMetric(metric, value)}</span>
              ),
            },
            {
              header: columns.interval,
              align: 'end',
              cell: ({ metric, lower, upper }) => (
                <span className="text-muted">
                  {formatMetricInterval(metric, lower, upper) ?? shared.none}
                </span>
              ),
            },
            { header: columns.items, align: 'end', cell: ({ items }) => formatNumber(items) },
            { header: columns.evidence, cell: () => <EvidenceChip evidence={evidence} /> },
          ]}
        />
        {accuracy.failed.length > 0 && (
          <p className="border-line border-t px-3 py-2 text-muted">
            {text.accuracy.failed(accuracy.failed.length)}
          </p>
        )}
      </SectionCard>
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        {accuracy.confusion && <ConfusionMatrix confusion={accuracy.confusion} />}
        <Worst accuracy={accuracy} />
      </div>
    </div>
  )
}

function Worst({ accuracy }: { accuracy: Accuracy }) {
  const byItem = new Map(accuracy.predictions.map((prediction) => [prediction.item, prediction]))
  const rows = accuracy.worst.flatMap((item) => byItem.get(item) ?? [])
  const { worstColumns: columns } = text.accuracy
  const label = (value: Prediction['expected']) =>
    typeof value === 'number' ? formatSignificant(value, 4) : value
  return (
    <SectionCard title={text.accuracy.worst}>
      {rows.length === 0 ? (
        <p className="p-3 text-muted">{text.accuracy.worstNone}</p>
      ) : (
        <div translate="no">
          <Table
            label={text.accuracy.worst}
            rows={rows}
            rowKey={({ item }) => item}
            columns={[
              { header: columns.item, cell: ({ item }) => formatNumber(item) },
              { header: columns.expected, cell: ({ expected }) => label(expected) },
              { header: columns.predicted, cell: ({ predicted }) => label(predicted) },
              {
                header: columns.score,
                align: 'end',
                cell: ({ score }) => formatSignificant(score, 4),
              },
            ]}
          />
        </div>
      )}
      <p className="border-line border-t px-3 py-2 text-faint text-small">
        {text.accuracy.worstWhy}
      </p>
    </SectionCard>
  )
}
