import { orpc } from '@renderer/app/rpc'
import { EvidenceChip } from '@renderer/benchmark/EvidenceChip'
import {
  formatInterval,
  formatMeasured,
  formatMetric,
  formatMetricInterval,
} from '@renderer/benchmark/format'
import { text as benchmark } from '@renderer/benchmark/messages'
import { Sure } from '@renderer/benchmark/Sure'
import { Table, type TableColumn } from '@renderer/benchmark/Table'
import { SectionCard } from '@renderer/ui/Card'
import { GradeTile } from '@renderer/ui/GradeTile'
import { lazyComponent } from '@renderer/ui/lazy-component'
import { RelativeTime } from '@renderer/ui/RelativeTime'
import type { Listing } from '@shared/backend/listings'
import type { PublishedResultRow } from '@shared/backend/results'
import type { AccuracyFigure } from '@shared/benchmark/figures'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { ResultChip } from '../listings/shown/StateChip'
import { Unanswered } from '../listings/shown/Unanswered'
import { headlineOf } from './figures'
import { text } from './messages'
import { versionNames } from './ScansTab'

const ResultProof = lazyComponent(
  async () => (await import('../leaderboards/ResultProof')).ResultProof,
)

/** A listing has one or two results a version and machine; the newest hundred are shown. */
const SHOWN = 100

export function BenchmarksTab({ listing }: { listing: Listing }) {
  const words = text.benchmarks
  const query = useQuery(
    orpc.listings.results.queryOptions({ input: { listingId: listing.id, limit: SHOWN } }),
  )
  const [proof, setProof] = useState<string | null>(null)
  const shown = query.data?.rows.find(({ id }) => id === proof)
  const unmeasured = listing.versions.filter((version) => version.unmeasured !== null)
  return (
    <div className="flex flex-col gap-3">
      <SectionCard title={words.list}>
        {query.data ? (
          query.data.rows.length === 0 ? (
            <p className="px-3 py-2 text-muted">{words.none}</p>
          ) : (
            <Table
              label={words.list}
              rows={query.data.rows}
              rowKey={({ id }) => id}
              columns={publishedColumns(setProof)}
            />
          )
        ) : (
          <Unanswered query={query} rows={3} />
        )}
        {unmeasured.map(({ id, number, unmeasured: reason }) => (
          <p key={id} className="border-line border-t px-3 py-2 text-muted" translate="no">
            {words.unmeasured(number, reason ?? '')}
          </p>
        ))}
      </SectionCard>
      <LocalResults listing={listing} />
      {shown && <ResultProof result={shown} onClose={() => setProof(null)} />}
    </div>
  )
}

function publishedColumns(onProof: (id: string) => void): TableColumn<PublishedResultRow>[] {
  const { columns, proof } = text.benchmarks
  return [
    {
      header: columns.version,
      cell: ({ id, version, suite }) => (
        <button
          type="button"
          aria-label={proof(version, suite.id)}
          className="-mx-1 rounded-chip px-1 font-medium text-accent hover:underline"
          onClick={() => onProof(id)}
          onPointerEnter={() => void ResultProof.preload()}
          onFocus={() => void ResultProof.preload()}
          translate="no"
        >
          {version}
        </button>
      ),
    },
    {
      header: columns.suite,
      cell: ({ suite, scenario }) => (
        <span className="text-muted">
          <span translate="no">{benchmark.suiteVersion(suite.id, suite.version)}</span>,{' '}
          {benchmark.scenarios[scenario]}
        </span>
      ),
    },
    {
      header: columns.headline,
      align: 'end',
      cell: (result) => {
        const figure = headlineOf(result)
        return figure ? <Sure {...figure} /> : benchmark.none
      },
    },
    // Beside the number: it is read with it.
    { header: columns.level, cell: ({ level }) => <EvidenceChip evidence={level} /> },
    { header: columns.state, cell: ({ state }) => <ResultChip state={state} /> },
    {
      header: columns.accuracy,
      align: 'end',
      cell: ({ accuracy }) => <Accuracy of={accuracy} />,
    },
    {
      header: columns.machine,
      cell: ({ hardwareClass }) => (
        <span
          className="block max-w-[12ch] truncate text-muted min-[1600px]:max-w-[44ch]"
          title={hardwareClass}
          translate="no"
        >
          {hardwareClass}
        </span>
      ),
    },
    { header: columns.grade, cell: ({ grade }) => <GradeTile grade={grade} size="small" /> },
    {
      header: columns.measured,
      cell: ({ measuredAt }) => <RelativeTime date={new Date(measuredAt)} className="text-muted" />,
    },
  ]
}

function Accuracy({ of }: { of: AccuracyFigure | null }) {
  if (of === null) return <span className="text-muted">{benchmark.none}</span>
  return (
    <Sure
      value={formatMetric(of.metric, of.value)}
      interval={formatMetricInterval(of.metric, of.lower, of.upper)}
      title={benchmark.metrics[of.metric]}
    />
  )
}

/** What this console measured itself of the same files: a first look before anything is believed. */
function LocalResults({ listing }: { listing: Listing }) {
  const words = text.benchmarks
  const { columns } = words
  const numberOf = versionNames(listing)
  const { data } = useQuery(orpc.listings.local.queryOptions({ input: { listingId: listing.id } }))
  return (
    <SectionCard
      title={words.local}
      aside={<span className="truncate text-faint text-small">{words.localWhy}</span>}
    >
      {!data || data.results.length === 0 ? (
        <p className="px-3 py-2 text-muted">{words.noneLocal}</p>
      ) : (
        <Table
          label={words.local}
          rows={data.results}
          rowKey={({ result }) => result.id}
          columns={[
            {
              header: columns.version,
              cell: ({ versionId, result }) => (
                <Link
                  to="/benchmarks/result/$resultId"
                  params={{ resultId: result.id }}
                  search={{}}
                  className="font-medium hover:underline"
                >
                  {numberOf(versionId)}
                </Link>
              ),
            },
            {
              header: columns.suite,
              cell: ({ result: { suite, scenario } }) => (
                <span className="text-muted">
                  <span translate="no">{benchmark.suiteVersion(suite.title, suite.version)}</span>,{' '}
                  {benchmark.scenarios[scenario]}
                </span>
              ),
            },
            {
              header: columns.headline,
              align: 'end',
              cell: ({ result: { headline } }) =>
                headline ? (
                  <Sure
                    value={formatMeasured(headline.estimate, headline.unit)}
                    interval={formatInterval(headline)}
                    title={benchmark.measures[headline.measure]}
                  />
                ) : (
                  benchmark.none
                ),
            },
            {
              header: columns.accuracy,
              align: 'end',
              cell: ({ result: { accuracy } }) => <Accuracy of={accuracy} />,
            },
            {
              header: columns.machine,
              cell: ({ result }) => (
                <span className="text-muted" translate="no">
                  {result.hardwareClass}
                </span>
              ),
            },
            {
              header: columns.grade,
              cell: ({ result }) => <GradeTile grade={result.grade} size="small" />,
            },
            {
              header: columns.level,
              cell: ({ result }) => <EvidenceChip evidence={result.evidence} />,
            },
            {
              header: columns.measured,
              cell: ({ result }) => <RelativeTime date={result.startedAt} className="text-muted" />,
            },
          ]}
        />
      )}
    </SectionCard>
  )
}
