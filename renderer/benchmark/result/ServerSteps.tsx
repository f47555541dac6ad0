import { formatLatency, formatNumber, formatSignificant } from '@renderer/app/intl'
import { SectionCard } from '@renderer/ui/Card'
import { countedLaunches } from '@shared/benchmark/counted'
import type { BenchmarkResult } from '@shared/benchmark/result'
import { CheckIcon } from '../CheckIcon'
import { Table } from '../Table'
import { text } from './messages'

/** How the search of the server scenario went in the first counted launch. */
export function ServerSteps({ result }: { result: BenchmarkResult }) {
  const server = countedLaunches(result.launches)[0]?.measured.server
  if (!server) return null
  const { columns } = text.server
  return (
    <SectionCard
      title={text.server.title}
      aside={
        <span className="text-faint text-small">
          {text.server.bound(formatLatency(server.latencyBoundMs * 1e6), server.percentile)}
        </span>
      }
    >
      <Table
        label={text.server.title}
        rows={server.steps}
        rowKey={(_, at) => at}
        columns={[
          {
            header: columns.rate,
            cell: ({ queriesPerSecond }) => `${formatSignificant(queriesPerSecond)}/s`,
          },
          { header: columns.queries, align: 'end', cell: ({ queries }) => formatNumber(queries) },
          { header: columns.over, align: 'end', cell: ({ overBound }) => formatNumber(overBound) },
          {
            header: columns.latency,
            align: 'end',
            cell: ({ latencyNs }) => formatLatency(latencyNs),
          },
          {
            header: columns.verdict,
            cell: ({ verdict }) => (
              <span className="flex items-center gap-1.5">
                <CheckIcon
                  state={verdict === 'pass' ? 'ok' : verdict === 'fail' ? 'bad' : 'unknown'}
                />
                {text.server.verdicts[verdict]}
              </span>
            ),
          },
        ]}
      />
    </SectionCard>
  )
}
