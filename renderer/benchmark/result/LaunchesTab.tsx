import { formatLatency, formatNumber, formatSignificant } from '@renderer/app/intl'
import { SectionCard } from '@renderer/ui/Card'
import { cx } from '@renderer/ui/cx'
import { countedLaunches } from '@shared/benchmark/counted'
import type { Summary } from '@shared/benchmark/figures'
import type { Launch } from '@shared/benchmark/launch'
import { HEADLINE, MEASURE } from '@shared/benchmark/measures'
import type { BenchmarkResult } from '@shared/benchmark/result'
import { useMemo } from 'react'
import { formatMeasured } from '../format'
import { text as shared } from '../messages'
import { Table, type TableColumn } from '../Table'
import { text } from './messages'

interface LaunchesTabProps {
  result: BenchmarkResult
  summary: Summary
}

/** Every process, the repeated and the failed ones too: nothing is dropped without a trace. */
export function LaunchesTab({ result, summary: { launches } }: LaunchesTabProps) {
  const columns = useMemo(() => launchColumns(result), [result])
  return (
    <SectionCard
      title={text.launches.title}
      aside={
        <span className="text-muted text-small">
          {text.launches.counts(
            launches.counted,
            launches.repeated,
            launches.noisy,
            launches.failed,
          )}
        </span>
      }
    >
      <Table
        label={text.launches.title}
        rows={result.launches}
        rowKey={({ index }) => index}
        columns={columns}
      />
    </SectionCard>
  )
}

function launchColumns(result: BenchmarkResult): TableColumn<Launch>[] {
  const { columns } = text.launches
  const counted = new Set(countedLaunches(result.launches).map(({ index }) => index))
  const headline = MEASURE[HEADLINE[result.scenario.kind]]
  const withLatency = result.launches.some(({ measured }) => measured?.latency)
  const measure = (
    header: string,
    of: (measured: NonNullable<Launch['measured']>) => string | null,
    why?: string,
  ): TableColumn<Launch> => ({
    header,
    align: 'end',
    ...(why && { why }),
    cell: ({ measured }) => {
      if (measured === null) return <span className="text-faint">{shared.none}</span>
      const value = of(measured)
      return value ?? <span className="text-muted">{shared.unknown}</span>
    },
  })
  const latency = (key: 'p50' | 'p90' | 'p99') =>
    measure(columns[key], (measured) => formatLatency(measured.latency?.summary[key] ?? 0))
  return [
    { header: columns.index, cell: ({ index }) => formatNumber(index + 1) },
    { header: columns.block, align: 'end', cell: ({ block }) => formatNumber(block + 1) },
    {
      header: columns.state,
      cell: (launch) => <State launch={launch} counts={counted.has(launch.index)} />,
    },
    ...(withLatency
      ? [latency('p50'), latency('p90'), latency('p99')]
      : [
          measure(columns.headline, (measured) => {
            const value = headline.of(measured)
            return value === null ? null : formatMeasured(value, headline.unit)
          }),
        ]),
    measure(columns.load, ({ loadMs }) => formatLatency(loadMs * 1e6)),
    measure(columns.first, ({ firstInferenceMs }) => formatLatency(firstInferenceMs * 1e6)),
    measure(
      columns.warmUp,
      ({ warmUp }) => text.launches.warmUp(warmUp.queries),
      text.launches.warmUpWhy,
    ),
    measure(columns.cpu, ({ resources }) => formatSignificant(resources.cpuShare)),
    measure(columns.rss, ({ resources: { rssBaseBytes, rssPeakBytes } }) =>
      text.launches.rss(rssBaseBytes, rssPeakBytes),
    ),
    measure(
      columns.switches,
      ({ resources: { involuntarySwitches } }) =>
        involuntarySwitches === null ? null : text.launches.switches(involuntarySwitches),
      text.launches.switchesWhy,
    ),
    measure(columns.energy, ({ resources: { energyJoules } }) =>
      energyJoules === null ? null : text.launches.joules(energyJoules),
    ),
  ]
}

function State({ launch, counts }: { launch: Launch; counts: boolean }) {
  const { noisy, ending } = launch
  if (ending.kind !== 'ok')
    return (
      <span className="text-sev-high-text" title={ending.sentence} translate="no">
        {ending.kind}
        {ending.signal && ` (${ending.signal})`}
      </span>
    )
  const words = counts
    ? noisy
      ? text.launches.noisy
      : text.launches.counted
    : noisy
      ? text.launches.repeatedNoisy
      : text.launches.repeated
  return <span className={cx(noisy ? 'text-sev-medium-text' : 'text-muted')}>{words}</span>
}
