import { isDefinedError, ORPCError } from '@orpc/client'
import { GonePage } from '@renderer/app/GonePage'
import { Page, PageHeader } from '@renderer/app/page'
import { orpc } from '@renderer/app/rpc'
import { buttonClass } from '@renderer/ui/Button'
import { Card } from '@renderer/ui/Card'
import { DensityMenu } from '@renderer/ui/data-table/DensityMenu'
import { EmptyState } from '@renderer/ui/EmptyState'
import { ErrorState } from '@renderer/ui/ErrorState'
import { Skeleton, SkeletonRows } from '@renderer/ui/Skeleton'
import { Tabs } from '@renderer/ui/Tabs'
import type { ReportRow } from '@shared/contract/scan'
import type { Comparison } from '@shared/scan-report/compare'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { ChevronRight, FileX2, GitCompareArrows } from 'lucide-react'
import { visible } from '../scan/report/evidence'
import { BaselinePicker } from './BaselinePicker'
import { ComparedFiles } from './ComparedFiles'
import { ComparedFindings } from './ComparedFindings'
import { type CompareSearch, parseCompareSearch } from './compare-search'
import { trendOf } from './compared'
import { text } from './messages'
import { Sides } from './Sides'

export function ComparePage() {
  const { reportId } = useParams({ from: '/compare/$reportId' })
  const address: Record<string, unknown> = useSearch({ strict: false })
  const baselineId = parseCompareSearch(address).with
  const query = useQuery(
    orpc.scan.compare.queryOptions({
      input: { reportId, ...(baselineId !== undefined && { baselineId }) },
      // Two reports never change, and comparing 10,000 findings deeply would cost a long task.
      staleTime: Number.POSITIVE_INFINITY,
      structuralSharing: false,
    }),
  )
  if (query.data) {
    const { current, baseline, comparison } = query.data
    return (
      <Compared
        key={`${current.id} ${baseline.id}`}
        current={current}
        baseline={baseline}
        comparison={comparison}
      />
    )
  }
  const { error } = query
  if (error && isDefinedError(error) && error.code === 'NO_EARLIER_SCAN') {
    return <NoEarlier reportId={reportId} />
  }
  // An id that is none (a link that was cut) is refused before anything is looked up.
  const malformed = error instanceof ORPCError && error.code === 'BAD_REQUEST'
  if (malformed || (error && isDefinedError(error))) return <Gone />
  return (
    <Page fill>
      <PageHeader title={text.page} />
      {error ? (
        <Card>
          <ErrorState
            error={error}
            retrying={query.isFetching}
            onRetry={() => void query.refetch()}
          />
        </Card>
      ) : (
        <>
          <Card className="h-[86px] p-3">
            <Skeleton className="w-1/3" />
          </Card>
          <Card className="min-h-0 flex-1 overflow-hidden">
            <SkeletonRows rows={12} />
          </Card>
        </>
      )}
    </Page>
  )
}

interface ComparedProps {
  current: ReportRow
  baseline: ReportRow
  comparison: Comparison
}

function Compared({ current, baseline, comparison }: ComparedProps) {
  const navigate = useNavigate()
  const address: Record<string, unknown> = useSearch({ strict: false })
  const view = parseCompareSearch(address)
  const change = (part: { [K in keyof CompareSearch]: CompareSearch[K] | undefined }) =>
    void navigate({
      to: '.',
      search: { ...parseCompareSearch({ ...view, ...part }) },
      replace: true,
    })
  const show = (reportId: string, other: string) =>
    void navigate({
      to: '/compare/$reportId',
      params: { reportId },
      search: { ...parseCompareSearch({ ...view, with: other }) },
    })
  return (
    <div className="flex h-full min-h-[560px] flex-col gap-3 p-4">
      <PageHeader title={text.titleOf(current.name)} />
      <Sides
        baseline={baseline}
        current={current}
        trend={trendOf(comparison)}
        picker={
          <BaselinePicker
            current={current}
            baselineId={baseline.id}
            label={text.baseline}
            onPick={(id) => show(current.id, id)}
          />
        }
        onSwap={() => show(baseline.id, current.id)}
      />
      <Notes notes={comparison.notes} />
      <Tabs
        label={text.tabs.label}
        className="flex min-h-0 flex-1 flex-col gap-2 [&>[role=tabpanel]:not([hidden])]:flex [&>[role=tabpanel]]:min-h-0 [&>[role=tabpanel]]:flex-1"
        value={view.tab ?? 'findings'}
        onChange={(tab) => change({ tab: tab === 'files' ? 'files' : undefined })}
        aside={<DensityMenu />}
        tabs={[
          {
            value: 'findings',
            label: text.tabs.findings,
            aside: <Count n={comparison.findings.length} />,
            panel: <ComparedFindings comparison={comparison} view={view} change={change} />,
          },
          {
            value: 'files',
            label: text.tabs.files,
            aside: <Count n={comparison.files.length} />,
            panel: <ComparedFiles files={comparison.files} />,
          },
        ]}
      />
    </div>
  )
}

function Count({ n }: { n: number }) {
  return <span className="font-normal text-faint">{text.count(n)}</span>
}

function Notes({ notes }: { notes: readonly string[] }) {
  if (notes.length === 0) return null
  return (
    <details className="group/notes shrink-0 rounded-card border border-line bg-sev-medium-tint px-3 py-2 text-sev-medium-text">
      <summary className="flex min-h-6 list-none items-center gap-2">
        <ChevronRight
          aria-hidden="true"
          className="size-4 shrink-0 transition-transform group-open/notes:rotate-90"
        />
        {text.notes(notes.length)}
      </summary>
      <ul className="list-disc pt-1 pl-10 text-text">
        {notes.map((note) => (
          <li key={note} className="wrap-anywhere" translate="no">
            {visible(note)}
          </li>
        ))}
      </ul>
    </details>
  )
}

/** The first scan of its delivery: any other report may still stand for "before". */
function NoEarlier({ reportId }: { reportId: string }) {
  const navigate = useNavigate()
  const query = useQuery(
    orpc.scan.report.queryOptions({
      input: { reportId },
      staleTime: Number.POSITIVE_INFINITY,
      structuralSharing: false,
    }),
  )
  return (
    <Page>
      <PageHeader title={text.page} />
      <Card>
        <EmptyState
          icon={<GitCompareArrows aria-hidden="true" />}
          title={text.first.title}
          body={text.first.body}
          action={
            <>
              {query.data && (
                <BaselinePicker
                  current={query.data.row}
                  baselineId={null}
                  label={text.first.choose}
                  onPick={(id) => void navigate({ to: '.', search: { with: id }, replace: true })}
                />
              )}
              <Link
                to="/scan/report/$reportId"
                params={{ reportId }}
                search={{}}
                className={buttonClass()}
              >
                {text.first.back}
              </Link>
            </>
          }
        />
      </Card>
    </Page>
  )
}

function Gone() {
  return (
    <GonePage
      page={text.page}
      icon={<FileX2 aria-hidden="true" />}
      title={text.notFound.title}
      body={text.notFound.body}
      action={
        <Link to="/history" search={{}} className={buttonClass()}>
          {text.notFound.action}
        </Link>
      }
    />
  )
}
