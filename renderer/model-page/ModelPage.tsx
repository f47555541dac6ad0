import { useCommand } from '@renderer/app/commands'
import { Page, PageHeader } from '@renderer/app/page'
import { orpc } from '@renderer/app/rpc'
import { buttonClass } from '@renderer/ui/Button'
import { Card } from '@renderer/ui/Card'
import { EmptyState } from '@renderer/ui/EmptyState'
import { lazyComponent, whenIdle } from '@renderer/ui/lazy-component'
import { Skeleton, SkeletonRows } from '@renderer/ui/Skeleton'
import { Tabs } from '@renderer/ui/Tabs'
import type { Listing } from '@shared/backend/listings'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { CircleSlash } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { MarketError } from '../listings/shown/MarketError'
import { refusalOf } from '../listings/shown/refusal'
import { SampleTag, StateChip } from '../listings/shown/StateChip'
import { may, useMe } from '../listings/shown/use-me'
import { ModelActions } from './ModelActions'
import type { Deed } from './ModelDeed'
import { type ModelTab, TABS, text } from './messages'
import { parseModelSearch } from './model-search'
import { OverviewTab } from './OverviewTab'
import { RestrictionNotice } from './RestrictionNotice'

const VersionsTab = lazyComponent(async () => (await import('./VersionsTab')).VersionsTab)
const ScansTab = lazyComponent(async () => (await import('./ScansTab')).ScansTab)
const BenchmarksTab = lazyComponent(async () => (await import('./BenchmarksTab')).BenchmarksTab)
const DecisionsTab = lazyComponent(async () => (await import('./DecisionsTab')).DecisionsTab)
const LogTab = lazyComponent(async () => (await import('./LogTab')).LogTab)
const ModelDeed = lazyComponent(async () => (await import('./ModelDeed')).ModelDeed)

/** All that is known of one listed model, on one page. */
export function ModelPage() {
  const { listingId } = useParams({ from: '/models/$listingId' })
  const query = useQuery(orpc.listings.get.queryOptions({ input: { listingId } }))
  if (query.data) return <Model key={listingId} listing={query.data} />
  return (
    <Page>
      <PageHeader title={text.title} />
      {refusalOf(query.error) === 'not_found' ? (
        <Card>
          <EmptyState
            icon={<CircleSlash aria-hidden="true" />}
            title={text.notFound}
            body={text.notFoundBody}
            action={
              <Link to="/listings" search={{}} className={buttonClass()}>
                {text.toList}
              </Link>
            }
          />
        </Card>
      ) : query.error ? (
        <Card>
          <MarketError query={query} />
        </Card>
      ) : (
        <Loading />
      )}
    </Page>
  )
}

function Loading() {
  return (
    <>
      <div className="grid grid-cols-3 gap-3">
        {['scan', 'benchmark', 'price'].map((tile) => (
          <Card key={tile} className="flex h-[92px] flex-col gap-3 p-3">
            <Skeleton className="w-24" />
            <Skeleton className="h-6 w-20" />
          </Card>
        ))}
      </div>
      <Card>
        <SkeletonRows rows={8} />
      </Card>
    </>
  )
}

function Model({ listing }: { listing: Listing }) {
  const navigate = useNavigate()
  const me = useMe()
  const address: Record<string, unknown> = useSearch({ strict: false })
  const { tab = 'overview' } = parseModelSearch(address)
  const [deed, setDeed] = useState<Deed | null>(null)
  useEffect(() => {
    whenIdle(() => {
      for (const part of [VersionsTab, ScansTab, BenchmarksTab, DecisionsTab, LogTab, ModelDeed])
        void part.preload()
    })
  }, [])
  const show = (next: ModelTab) =>
    void navigate({
      to: '/models/$listingId',
      params: { listingId: listing.id },
      search: parseModelSearch({ tab: next }),
      replace: true,
    })
  useCommand(
    'model.edit',
    () => void navigate({ to: '/listings/$listingId/edit', params: { listingId: listing.id } }),
    listing.can.edit,
  )
  useCommand(
    'model.compare',
    () =>
      void navigate({
        to: '/models/$listingId/compare',
        params: { listingId: listing.id },
        search: {},
      }),
    listing.versions.length > 1,
  )
  const attests = may(me, 'results.review') && listing.seller.id !== me?.id
  const panels: Record<ModelTab, ReactNode> = {
    overview: <OverviewTab listing={listing} />,
    versions: <VersionsTab listing={listing} onDeed={setDeed} />,
    scans: <ScansTab listing={listing} {...(attests && { onDeed: setDeed })} />,
    benchmarks: <BenchmarksTab listing={listing} />,
    decisions: <DecisionsTab listing={listing} onDeed={setDeed} />,
    log: <LogTab listingId={listing.id} />,
  }
  const { name } = listing.card
  return (
    <Page>
      <PageHeader
        title={name}
        data
        facts={
          <>
            <StateChip state={listing.state} />
            <SampleTag of={listing.seller} />
            <span className="text-muted" translate="no">
              {text.by(listing.seller.displayName || listing.seller.handle)}
            </span>
          </>
        }
        actions={<ModelActions listing={listing} onDeed={setDeed} />}
      />
      <RestrictionNotice listing={listing} />
      <Tabs
        label={text.tabs.label}
        value={tab}
        onChange={show}
        tabs={TABS.map((value) => ({
          value,
          label: text.tabs[value],
          aside: <Count of={countOf(listing, value)} />,
          panel: <div className="pt-4">{panels[value]}</div>,
        }))}
      />
      {deed && (
        <ModelDeed deed={deed} listing={{ id: listing.id, name }} onClose={() => setDeed(null)} />
      )}
    </Page>
  )
}

function countOf({ versions, reports, results, appeals }: Listing, tab: ModelTab): number {
  const counts: Partial<Record<ModelTab, number>> = {
    versions: versions.length,
    scans: reports.length,
    benchmarks: results,
    decisions: appeals.length,
  }
  return counts[tab] ?? 0
}

function Count({ of }: { of: number }) {
  return of > 0 ? <span className="text-faint text-small">{text.count(of)}</span> : null
}
