import { formatDuration, formatNumber, formatPercent } from '@renderer/app/intl'
import { Page, PageHeader } from '@renderer/app/page'
import { orpc } from '@renderer/app/rpc'
import { buttonClass } from '@renderer/ui/Button'
import { Card } from '@renderer/ui/Card'
import { EmptyState } from '@renderer/ui/EmptyState'
import { ErrorState } from '@renderer/ui/ErrorState'
import { Select } from '@renderer/ui/Select'
import { Skeleton } from '@renderer/ui/Skeleton'
import type { SecurityOverview } from '@shared/contract/scan'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { ShieldCheck } from 'lucide-react'
import { text } from './messages'
import { Precision } from './Precision'
import { TopRules } from './TopRules'
import { VerdictDays } from './VerdictDays'

const PERIODS = ['7', '30', '90', '365'] as const

/** What the scans of a period say together: verdicts, rules, cache, time, and how right rules were. */
export function SecurityPage() {
  const address: Record<string, unknown> = useSearch({ strict: false })
  const navigate = useNavigate()
  const days = PERIODS.find((known) => known === String(address.days)) ?? '30'
  const query = useQuery(
    orpc.scan.security.queryOptions({
      input: { days: Number(days) },
      placeholderData: keepPreviousData,
    }),
  )
  return (
    <Page>
      <PageHeader
        title={text.title}
        actions={
          <Select
            label={text.period}
            value={days}
            options={PERIODS.map((value) => ({ value, label: text.periods[value] }))}
            onChange={(next) =>
              void navigate({ to: '/security', search: { days: Number(next) }, replace: true })
            }
          />
        }
      />
      {query.data ? (
        <Figures overview={query.data} />
      ) : query.error ? (
        <Card>
          <ErrorState
            error={query.error}
            title={text.failed}
            onRetry={() => void query.refetch()}
          />
        </Card>
      ) : (
        <Loading />
      )}
    </Page>
  )
}

function Figures({ overview }: { overview: SecurityOverview }) {
  if (overview.scans === 0)
    return (
      <Card>
        <EmptyState
          icon={<ShieldCheck aria-hidden="true" />}
          title={text.empty.title}
          body={text.empty.body}
          action={
            <Link to="/scan" search={{}} className={buttonClass('primary')}>
              {text.empty.action}
            </Link>
          }
        />
      </Card>
    )
  const bad = overview.verdicts.malicious + overview.verdicts.suspicious
  const orNone = (value: number | null, format: (value: number) => string) =>
    value === null ? text.figures.none : format(value)
  return (
    <>
      <section
        aria-label={text.figures.label}
        className="grid grid-cols-4 gap-3 max-[1000px]:grid-cols-2"
      >
        <Figure
          title={text.figures.scans}
          value={formatNumber(overview.scans)}
          note={text.figures.files(overview.files)}
        />
        <Figure
          title={text.figures.bad}
          value={formatNumber(bad)}
          note={text.figures.ofScans(bad / overview.scans)}
        />
        <Figure
          title={text.figures.cache}
          value={orNone(overview.cacheHitRate, formatPercent)}
          note={text.figures.cacheNote}
        />
        <Figure
          title={text.figures.p95}
          value={orNone(overview.p95Ms, formatDuration)}
          note={text.figures.median(orNone(overview.medianMs, formatDuration))}
        />
      </section>
      <VerdictDays daily={overview.daily} scans={overview.scans} />
      <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)] gap-4 max-[1000px]:grid-cols-[minmax(0,1fr)]">
        <TopRules rules={overview.topRules} />
        <Precision rules={overview.precision} />
      </div>
    </>
  )
}

function Figure({ title, value, note }: { title: string; value: string; note: string }) {
  return (
    <div className="flex min-w-0 flex-col rounded-card border border-line bg-surface px-3 py-2.5">
      <p className="truncate text-muted" title={title}>
        {title}
      </p>
      <p className="text-figure font-semibold">{value}</p>
      <p className="truncate text-faint text-small" title={note}>
        {note}
      </p>
    </div>
  )
}

function Loading() {
  return (
    <>
      <div className="grid grid-cols-4 gap-3 max-[1000px]:grid-cols-2">
        {['scans', 'bad', 'cache', 'time'].map((figure) => (
          <Card key={figure} className="flex h-[94px] flex-col gap-3 p-3">
            <Skeleton className="w-24" />
            <Skeleton className="h-6 w-16" />
          </Card>
        ))}
      </div>
      <Card className="h-[248px]" />
    </>
  )
}
