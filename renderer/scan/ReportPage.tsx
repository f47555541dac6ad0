import { isDefinedError, ORPCError } from '@orpc/client'
import { useCommand } from '@renderer/app/commands'
import { GonePage } from '@renderer/app/GonePage'
import { formatBytes, formatDuration } from '@renderer/app/intl'
import { Page, PageHeader } from '@renderer/app/page'
import { orpc } from '@renderer/app/rpc'
import { buttonClass } from '@renderer/ui/Button'
import { Card } from '@renderer/ui/Card'
import { DensityMenu } from '@renderer/ui/data-table/DensityMenu'
import { ErrorState } from '@renderer/ui/ErrorState'
import { lazyComponent } from '@renderer/ui/lazy-component'
import { RelativeTime } from '@renderer/ui/RelativeTime'
import { Skeleton, SkeletonRows } from '@renderer/ui/Skeleton'
import { Tabs } from '@renderer/ui/Tabs'
import { VerdictBadge } from '@renderer/ui/VerdictBadge'
import { ViewsMenu } from '@renderer/views/ViewsMenu'
import type { ReportRow } from '@shared/contract/scan'
import type { ScanReport } from '@shared/scan-report/report'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { FileX2 } from 'lucide-react'
import { useDeferredValue, useMemo, useState } from 'react'
import { countByState, withDispositions } from './report/dispositions'
import { EffectiveVerdict } from './report/EffectiveVerdict'
import { FindingsPane } from './report/FindingsPane'
import { findingRows } from './report/findings'
import { GradeExplained } from './report/GradeExplained'
import { text } from './report/messages'
import { NotSeen } from './report/NotSeen'
import { PolicyBadge } from './report/PolicyBadge'
import { parseReportSearch, replacedBy, viewOf } from './report/report-search'
import { StateMenu } from './report/StateMenu'
import { useDispositions } from './report/use-dispositions'
import { useReportView } from './report/use-report-view'

const FilesPane = lazyComponent(async () => (await import('./report/FilesPane')).FilesPane)
const ReportCharts = lazyComponent(async () => (await import('./report/ReportCharts')).ReportCharts)

const NothingFound = lazyComponent(async () => (await import('./report/NothingFound')).NothingFound)
const ReportActions = lazyComponent(
  async () => (await import('./report/ReportActions')).ReportActions,
  // As high as the buttons, so that nothing moves when they come.
  () => <span className="h-8" />,
)

void ReportActions.preload()
void FilesPane.preload()
void NothingFound.preload()

export function ReportPage() {
  const { reportId } = useParams({ from: '/scan/report/$reportId' })
  const query = useQuery(
    orpc.scan.report.queryOptions({
      input: { reportId },
      // A report never changes, and comparing 10,000 findings deeply would cost a long task.
      staleTime: Number.POSITIVE_INFINITY,
      structuralSharing: false,
    }),
  )
  if (query.data) {
    return <Report key={reportId} row={query.data.row} report={query.data.report} />
  }
  // An id that is none (a link that was cut) is refused before anything is looked up.
  const malformed = query.error instanceof ORPCError && query.error.code === 'BAD_REQUEST'
  if (malformed || (query.error && isDefinedError(query.error))) return <NoReport />
  return (
    <Page fill>
      <PageHeader title={text.page} />
      {query.error ? (
        <Card>
          <ErrorState
            error={query.error}
            retrying={query.isFetching}
            onRetry={() => void query.refetch()}
          />
        </Card>
      ) : (
        <LoadingReport />
      )}
    </Page>
  )
}

function Report({ row, report }: { row: ReportRow; report: ScanReport }) {
  const [view, change] = useReportView()
  const [saving, setSaving] = useState(false)
  const { dispositions, effective, apply } = useDispositions(row.id)
  const found = useMemo(() => findingRows(report), [report])
  const rows = useMemo(() => withDispositions(found, dispositions), [found, dispositions])
  const states = useMemo(() => countByState(rows), [rows])
  // The list comes in a pass of its own, which the browser may interrupt: 10,000 rows are sorted.
  const listed = useDeferredValue(true, false)
  const { summary } = report
  const facts = [
    text.files(summary.files),
    formatBytes(summary.bytes),
    formatDuration(report.durationMs),
    row.cacheHits > 0 ? text.cached(row.cacheHits) : '',
    text.rules(report.rulesVersion),
  ].filter(Boolean)
  useCommand('report.save-view', () => setSaving(true))
  return (
    <div className="flex h-full min-h-[560px] flex-col gap-3 p-4">
      <PageHeader
        title={row.name}
        data
        facts={
          <>
            <VerdictBadge verdict={summary.verdict} large />
            <GradeExplained summary={summary} />
            {effective && <EffectiveVerdict effective={effective} aside={states.aside} />}
          </>
        }
        actions={<ReportActions row={row} report={report} />}
      />
      <div className="-mt-2 flex min-h-6 flex-wrap items-center gap-x-2 text-muted">
        <span>
          {facts.join(', ')}, <RelativeTime date={row.startedAt} />
        </span>
        <PolicyBadge report={report} />
      </div>
      <NotSeen report={report} onShow={(outcome) => change({ tab: 'files', outcome })} />
      <Tabs
        label={text.tabs.label}
        className="flex min-h-0 flex-1 flex-col gap-2 [&>[role=tabpanel]:not([hidden])]:flex [&>[role=tabpanel]]:min-h-0 [&>[role=tabpanel]]:flex-1"
        value={view.tab ?? 'findings'}
        onChange={(tab) => change({ tab: tab === 'findings' ? undefined : tab })}
        aside={
          <span className="flex items-center gap-1">
            {(view.tab ?? 'findings') === 'findings' && (
              <>
                <StateMenu
                  counts={states}
                  value={view.state ?? null}
                  onChange={(state) => change({ state })}
                />
                <ViewsMenu
                  page="report"
                  search={{ ...viewOf(view) }}
                  onApply={(search) => change(replacedBy(parseReportSearch(search)))}
                  saving={saving}
                  onSaving={setSaving}
                />
              </>
            )}
            {view.tab !== 'charts' && <DensityMenu />}
          </span>
        }
        tabs={[
          {
            value: 'findings',
            label: text.tabs.findings,
            aside: <Count n={rows.length} />,
            panel: !listed ? (
              <SkeletonRows rows={12} className="flex-1" />
            ) : rows.length > 0 ? (
              <FindingsPane
                reportId={row.id}
                report={report}
                rows={rows}
                apply={apply}
                view={view}
                change={change}
              />
            ) : (
              <Card className="min-h-0 flex-1 overflow-y-auto">
                <NothingFound report={report} />
              </Card>
            ),
          },
          {
            value: 'files',
            label: text.tabs.files,
            aside: <Count n={report.files.length} />,
            panel: <FilesPane report={report} view={view} change={change} />,
          },
          {
            value: 'charts',
            label: text.tabs.charts,
            panel: <ReportCharts report={report} />,
          },
        ]}
      />
    </div>
  )
}

function Count({ n }: { n: number }) {
  return <span className="font-normal text-faint">{text.count(n)}</span>
}

function LoadingReport() {
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-3">
      <Skeleton className="my-3 w-64" />
      <Card className="min-h-0 flex-1 overflow-hidden">
        <SkeletonRows rows={12} />
      </Card>
    </div>
  )
}

function NoReport() {
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
