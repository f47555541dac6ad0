import { formatBytes, formatDay } from '@renderer/app/intl'
import { orpc } from '@renderer/app/rpc'
import { EvidenceChip } from '@renderer/benchmark/EvidenceChip'
import { Tag } from '@renderer/benchmark/Tag'
import { Card, SectionCard } from '@renderer/ui/Card'
import { GradeTile } from '@renderer/ui/GradeTile'
import { RelativeTime } from '@renderer/ui/RelativeTime'
import { VerdictBadge } from '@renderer/ui/VerdictBadge'
import type { Listing, ModelVersion } from '@shared/backend/listings'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { verdictOf } from '../listings/list/listing-columns'
import { text as shared } from '../listings/shown/messages'
import { formatPrice } from '../listings/shown/price'
import { gradeOf, headlineOf } from './figures'
import { text } from './messages'
import { PriceHistory } from './PriceHistory'

/** The version that others see; of a draft the newest. */
export const shownVersion = ({ versions, currentVersionId }: Listing): ModelVersion | undefined =>
  versions.find(({ id }) => id === currentVersionId) ??
  versions.toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1))[0]

/** The card, and what is known of the current version. */
export function OverviewTab({ listing }: { listing: Listing }) {
  const { card } = listing
  const version = shownVersion(listing)
  return (
    <div className="flex flex-col gap-3">
      <section
        aria-label={text.headline}
        className="grid grid-cols-[repeat(auto-fit,minmax(230px,1fr))] gap-3"
      >
        <ScanTile listing={listing} version={version} />
        <BenchmarkTile listing={listing} version={version} />
        <PriceTile listing={listing} />
      </section>
      <div className="grid items-start gap-3 min-[1100px]:grid-cols-[minmax(0,1fr)_340px]">
        <div className="flex min-w-0 flex-col gap-3">
          <SectionCard title={text.card}>
            <div className="flex flex-col gap-3 p-3">
              {card.summary && (
                <p className="text-section wrap-anywhere" translate="no">
                  {card.summary}
                </p>
              )}
              {card.description ? (
                <p className="max-w-[80ch] whitespace-pre-wrap wrap-anywhere" translate="no">
                  {card.description}
                </p>
              ) : (
                <p className="text-muted">{text.noDescription}</p>
              )}
            </div>
          </SectionCard>
          <PriceHistory prices={listing.prices} />
        </div>
        <Facts listing={listing} version={version} />
      </div>
    </div>
  )
}

interface Shown {
  listing: Listing
  version: ModelVersion | undefined
}

function Tile({
  title,
  aside,
  children,
}: {
  title: string
  aside?: ReactNode
  children: ReactNode
}) {
  return (
    <Card className="flex min-w-0 flex-col gap-1 p-3">
      <div className="flex min-h-5 min-w-0 items-center justify-between gap-2">
        <h2 className="truncate text-muted text-small">{title}</h2>
        {aside}
      </div>
      {children}
    </Card>
  )
}

function ScanTile({ listing, version }: Shown) {
  const report = listing.reports
    .filter(({ versionId }) => versionId === version?.id)
    .toSorted((a, b) => (a.scannedAt < b.scannedAt ? 1 : -1))[0]
  if (report === undefined)
    return (
      <Tile title={text.scanTile}>
        <p className="font-semibold text-section">{text.scanNone}</p>
        <p className="text-muted text-small">{text.scanNoneWhy}</p>
      </Tile>
    )
  const verdict = verdictOf(report.verdict)
  const grade = gradeOf(report.grade)
  return (
    <Tile title={text.scanTile} aside={<EvidenceChip evidence={report.level} />}>
      <p className="flex h-8 items-center gap-2">
        {verdict ? <VerdictBadge verdict={verdict} large /> : report.verdict}
        {grade && <GradeTile grade={grade} />}
      </p>
      <p className="truncate text-muted text-small">
        {text.findings(report.findings)}, <RelativeTime date={new Date(report.scannedAt)} />
      </p>
    </Tile>
  )
}

function BenchmarkTile({ listing, version }: Shown) {
  const { data } = useQuery(
    orpc.listings.results.queryOptions({ input: { listingId: listing.id } }),
  )
  const newest = data?.rows
    .filter(({ versionId, state }) => versionId === version?.id && state === 'counted')
    .toSorted((a, b) => (a.measuredAt < b.measuredAt ? 1 : -1))[0]
  const headline = newest && headlineOf(newest)
  if (newest && headline)
    return (
      <Tile title={headline.title} aside={<EvidenceChip evidence={newest.level} />}>
        <p className="font-semibold text-figure tabular-nums">{headline.value}</p>
        <p
          className="truncate text-muted text-small tabular-nums"
          title={`${headline.interval}, ${newest.suite.id}, ${newest.hardwareClass}`}
        >
          {headline.interval}, <span translate="no">{newest.suite.id}</span>
        </p>
      </Tile>
    )
  const reason = version?.unmeasured
  return (
    <Tile title={text.tabs.benchmarks}>
      <p className="font-semibold text-section">{reason ? text.unmeasured : text.benchNone}</p>
      <p className="text-muted text-small wrap-anywhere" translate={reason ? 'no' : undefined}>
        {reason ?? text.benchNoneWhy}
      </p>
    </Tile>
  )
}

function PriceTile({ listing: { card, prices } }: { listing: Listing }) {
  const since = prices
    .map(({ at }) => at)
    .sort()
    .at(-1)
  return (
    <Tile title={text.price}>
      <p
        className="truncate font-semibold text-figure tabular-nums"
        title={formatPrice(card.price)}
      >
        {formatPrice(card.price)}
      </p>
      <p className="text-muted text-small">
        {since && card.price ? text.priceSince(formatDay(new Date(since))) : shared.none}
      </p>
    </Tile>
  )
}

function Facts({ listing, version }: Shown) {
  const { card, seller } = listing
  const { facts } = text
  const rows: [string, ReactNode][] = [
    [facts.category, shared.categories[card.category]],
    [
      facts.licence,
      <span key="licence" translate="no">
        {card.licence ?? shared.none}
      </span>,
    ],
    [
      facts.seller,
      <span key="seller" translate="no">
        @{seller.handle}
      </span>,
    ],
    [
      facts.version,
      <span key="version" translate="no">
        {version?.number ?? shared.none}
      </span>,
    ],
    [
      facts.format,
      <span key="format" translate="no">
        {version?.format || shared.none}
      </span>,
    ],
    [
      facts.size,
      version ? `${formatBytes(version.bytes)}, ${text.files(version.files.length)}` : shared.none,
    ],
    [facts.created, <RelativeTime key="created" date={new Date(listing.createdAt)} />],
    [
      facts.published,
      listing.publishedAt ? (
        <RelativeTime key="published" date={new Date(listing.publishedAt)} />
      ) : (
        shared.none
      ),
    ],
  ]
  return (
    <SectionCard title={text.factsTitle}>
      <dl className="flex flex-col py-1">
        {rows.map(([name, value]) => (
          <div key={name} className="flex min-h-7 items-center justify-between gap-4 px-3">
            <dt className="shrink-0 text-muted">{name}</dt>
            <dd className="min-w-0 truncate tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      {card.tags.length > 0 && (
        <ul
          aria-label={facts.tags}
          className="flex flex-wrap gap-1 border-line border-t px-3 py-2"
          translate="no"
        >
          {card.tags.map((tag) => (
            <li key={tag}>
              <Tag>{tag}</Tag>
            </li>
          ))}
        </ul>
      )}
    </SectionCard>
  )
}
