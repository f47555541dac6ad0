import type { ReportRow } from '@shared/contract/scan'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useJobs, useRunningJobs } from '../app/jobs'
import { Page, PageHeader } from '../app/page'
import { orpc } from '../app/rpc'
import { Card } from '../ui/Card'
import { ErrorState } from '../ui/ErrorState'
import { lazyComponent } from '../ui/lazy-component'
import { Skeleton, SkeletonRows } from '../ui/Skeleton'
import { Figures } from './Figures'
import { FirstRun } from './FirstRun'
import { text } from './messages'
import { NeedsYou } from './NeedsYou'
import { RecentScans } from './RecentScans'
import { RunningJobs } from './RunningJobs'

const PausedJobs = lazyComponent(async () => (await import('../app/PausedJobs')).PausedJobs)

const RECENT_ROWS = 8
const NEEDS_YOU_ROWS = 5
/** Fetched of each verdict; those that were decided as a whole are left out of what is shown. */
const FLAGGED_ROWS = 20

export function OverviewPage() {
  const overview = useQuery(orpc.app.overview.queryOptions())
  const recent = useQuery(orpc.scan.history.queryOptions({ input: { limit: RECENT_ROWS } }))
  const malicious = useNewest('malicious')
  const suspicious = useNewest('suspicious')
  const running = useRunningJobs()
  const anyPaused = (useJobs() ?? []).some(({ state }) => state === 'paused')
  // Jobs are known before the reports are: the code is there when the page is.
  useEffect(() => {
    if (anyPaused) void PausedJobs.preload()
  }, [anyPaused])

  const failed = [overview, recent, malicious, suspicious].find((query) => query.isError)
  if (failed) {
    const retry = () => {
      for (const query of [overview, recent, malicious, suspicious]) void query.refetch()
    }
    return (
      <Page>
        <PageHeader title={text.title} />
        <Card>
          <ErrorState error={failed.error} title={text.recent.failed} onRetry={retry} />
        </Card>
      </Page>
    )
  }
  if (!overview.data || !recent.data || !malicious.data || !suspicious.data) return <Loading />
  if (overview.data.scans === 0 && running.length === 0 && !anyPaused) return <FirstRun />

  const flagged = [...malicious.data.rows, ...suspicious.data.rows]
  const open = flagged
    .filter(hasOpenFindings)
    .sort((a, b) => b.startedAt.getTime() - a.startedAt.getTime())
  const needing = open.slice(0, NEEDS_YOU_ROWS)
  const beyond = malicious.data.total + suspicious.data.total - flagged.length
  return (
    <Page>
      <PageHeader
        title={text.title}
        facts={
          <span className="text-muted">{text.intro(open.length + beyond, needing.length)}</span>
        }
      />
      <NeedsYou rows={needing} />
      {anyPaused && <PausedJobs />}
      <RunningJobs jobs={running} />
      <Figures overview={overview.data} />
      <RecentScans rows={recent.data.rows} />
    </Page>
  )
}

function useNewest(verdict: ReportRow['verdict']) {
  const input = { limit: FLAGGED_ROWS, verdict, latest: true }
  return useQuery(orpc.scan.history.queryOptions({ input }))
}

/** Where everything was set aside, nobody is needed. */
function hasOpenFindings({ bySeverity, setAside }: ReportRow): boolean {
  return Object.values(bySeverity).reduce((sum, count) => sum + count, 0) > setAside
}

function Loading() {
  return (
    <Page>
      <PageHeader title={text.title} />
      <div className="grid grid-cols-4 gap-3 max-[1000px]:grid-cols-2">
        {['scans', 'files', 'open', 'median'].map((figure) => (
          <Card key={figure} className="flex h-[106px] flex-col gap-3 p-3">
            <Skeleton className="w-24" />
            <Skeleton className="h-6 w-16" />
          </Card>
        ))}
      </div>
      <Card>
        <SkeletonRows rows={RECENT_ROWS} />
      </Card>
    </Page>
  )
}
