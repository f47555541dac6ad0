import { Page, PageHeader } from '@renderer/app/page'
import { orpc } from '@renderer/app/rpc'
import { buttonClass, IconButton } from '@renderer/ui/Button'
import { Card } from '@renderer/ui/Card'
import { EmptyState } from '@renderer/ui/EmptyState'
import { lazyComponent } from '@renderer/ui/lazy-component'
import { Select } from '@renderer/ui/Select'
import type { Listing, ModelVersion } from '@shared/backend/listings'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { ArrowLeftRight, GitCompareArrows } from 'lucide-react'
import { useId } from 'react'
import { Unanswered } from '../listings/shown/Unanswered'
import { ComparedFiles } from './compare/ComparedFiles'
import { ComparedScans } from './compare/ComparedScans'
import { ComparedVersions, PriceChanges } from './compare/ComparedVersions'
import { text } from './compare-messages'
import { parseCompareSearch } from './model-search'

// With its chart it would be the heaviest part of the page, and stands below the others.
const ComparedBenchmarks = lazyComponent(
  async () => (await import('./compare/ComparedBenchmarks')).ComparedBenchmarks,
)

/** What changed from one version of a model to another: files, scan, numbers and price. */
export function VersionComparePage() {
  const { listingId } = useParams({ from: '/models/$listingId/compare' })
  const query = useQuery(orpc.listings.get.queryOptions({ input: { listingId } }))
  if (query.data) return <Chosen listing={query.data} />
  return (
    <Page>
      <PageHeader title={text.title} />
      <Card>
        <Unanswered query={query} rows={10} />
      </Card>
    </Page>
  )
}

function Chosen({ listing }: { listing: Listing }) {
  const address: Record<string, unknown> = useSearch({ strict: false })
  const search = parseCompareSearch(address)
  const newestFirst = listing.versions.toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
  const to = newestFirst.find(({ id }) => id === search.to) ?? newestFirst[0]
  const from =
    newestFirst.find(({ id }) => id === search.from) ??
    newestFirst.find((version) => version !== to)
  if (from && to) return <Compared listing={listing} versions={newestFirst} from={from} to={to} />
  return (
    <Page>
      <PageHeader title={text.title} actions={<Back listing={listing} />} />
      <Card>
        <EmptyState
          icon={<GitCompareArrows aria-hidden="true" />}
          title={text.one}
          body={text.oneBody}
        />
      </Card>
    </Page>
  )
}

interface ComparedProps {
  listing: Listing
  versions: readonly ModelVersion[]
  from: ModelVersion
  to: ModelVersion
}

function Compared({ listing, versions, from, to }: ComparedProps) {
  const navigate = useNavigate()
  const query = useQuery(
    orpc.listings.compare.queryOptions({
      input: { listingId: listing.id, from: from.id, to: to.id },
    }),
  )
  const show = (next: { from: string; to: string }) =>
    void navigate({
      to: '/models/$listingId/compare',
      params: { listingId: listing.id },
      search: next,
      replace: true,
    })
  return (
    <Page>
      <PageHeader title={text.of(listing.card.name)} actions={<Back listing={listing} />} />
      <div className="flex flex-wrap items-center gap-2">
        <Picker
          label={text.from}
          versions={versions}
          value={from.id}
          onChange={(id) => show({ from: id, to: to.id })}
        />
        <IconButton
          label={text.swap}
          size="normal"
          variant="secondary"
          icon={<ArrowLeftRight aria-hidden="true" className="size-4" />}
          onClick={() => show({ from: to.id, to: from.id })}
        />
        <Picker
          label={text.to}
          versions={versions}
          value={to.id}
          onChange={(id) => show({ from: from.id, to: id })}
        />
      </div>
      {query.data ? (
        <>
          <ComparedFiles files={query.data.files} />
          <ComparedScans listing={listing} from={from} to={to} />
          <ComparedBenchmarks pairs={query.data.benchmarks} from={from} to={to} />
        </>
      ) : (
        <Card>
          <Unanswered query={query} rows={8} />
        </Card>
      )}
      <div className="grid items-start gap-4 min-[1100px]:grid-cols-2">
        <ComparedVersions from={from} to={to} />
        <PriceChanges prices={listing.prices} from={from} to={to} />
      </div>
    </Page>
  )
}

function Back({ listing }: { listing: Listing }) {
  return (
    <Link
      to="/models/$listingId"
      params={{ listingId: listing.id }}
      search={{}}
      className={buttonClass()}
    >
      {text.back}
    </Link>
  )
}

interface PickerProps {
  label: string
  versions: readonly ModelVersion[]
  value: string
  onChange: (id: string) => void
}

function Picker({ label, versions, value, onChange }: PickerProps) {
  const id = useId()
  return (
    <span className="flex items-center gap-2">
      <label htmlFor={id} className="text-muted">
        {label}
      </label>
      <Select
        id={id}
        value={value}
        options={versions.map((version) => ({
          value: version.id,
          label: version.number,
          data: true,
        }))}
        onChange={onChange}
      />
    </span>
  )
}
