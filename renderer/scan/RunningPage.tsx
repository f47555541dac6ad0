import { isDefinedError } from '@orpc/client'
import { useCommand } from '@renderer/app/commands'
import { describeError } from '@renderer/app/errors'
import { Page, PageHeader } from '@renderer/app/page'
import { client, useStream } from '@renderer/app/rpc'
import { Button, buttonClass } from '@renderer/ui/Button'
import { Card } from '@renderer/ui/Card'
import { EmptyState } from '@renderer/ui/EmptyState'
import { ErrorState } from '@renderer/ui/ErrorState'
import { SkeletonRows } from '@renderer/ui/Skeleton'
import { notify } from '@renderer/ui/toast'
import type { ScanEvent } from '@shared/contract/scan'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { CircleSlash, CircleX, History, Pause, Play } from 'lucide-react'
import { type ReactNode, useEffect, useEffectEvent, useReducer, useState } from 'react'
import { text } from './messages'
import { followInBackground, stopFollowing } from './running/background'
import { JobProgress } from './running/JobProgress'
import { LiveFindings } from './running/LiveFindings'
import { usePause } from './running/use-pause'
import { NOTHING_YET, nextState } from './running/watch-state'
import { startedScans } from './target/started-scans'
import { useStartScan } from './target/use-start-scan'

export function RunningPage() {
  const { jobId } = useParams({ from: '/scan/running/$jobId' })
  return <Running key={jobId} jobId={jobId} />
}

function Running({ jobId }: { jobId: string }) {
  const navigate = useNavigate()
  const [state, dispatch] = useReducer(nextState, NOTHING_YET)
  const [error, setError] = useState<unknown>(null)
  const [attempt, setAttempt] = useState(0)
  const [cancelling, setCancelling] = useState(false)

  const openReport = (reportId: string, replace: boolean) =>
    void navigate({ to: '/scan/report/$reportId', params: { reportId }, search: {}, replace })
  useStream<ScanEvent>(`${jobId} ${attempt}`, {
    open: (signal) => {
      setError(null)
      dispatch('opened')
      return client.scan.watch({ jobId }, { signal })
    },
    onEvent: (event) => {
      dispatch(event)
      if (event.type === 'done') openReport(event.reportId, true)
    },
    onError: setError,
  })
  useFollowWhenLeft(jobId, state.end === null ? (state.job?.title ?? null) : null, (reportId) =>
    openReport(reportId, false),
  )

  const running = state.job !== null && state.end === null
  const paused = state.job?.state === 'paused'
  const { busy, pause, resume } = usePause(jobId)
  const cancel = async () => {
    setCancelling(true)
    try {
      await client.jobs.cancel({ jobId })
    } catch (problem) {
      setCancelling(false)
      const { message } = describeError(problem)
      notify({ title: text.cancelled.failedToCancel, description: message, tone: 'error' })
    }
  }
  useCommand('scan.pause', paused ? resume : pause, running && !busy && !cancelling)
  useCommand('scan.cancel', () => void cancel(), running && !cancelling)

  if (state.end?.type === 'cancelled' || state.end?.type === 'failed') {
    return <Ended jobId={jobId} end={state.end} title={state.job?.title ?? text.running.title} />
  }
  if (error !== null) {
    const gone = error instanceof Error && isDefinedError(error)
    return (
      <Page>
        <PageHeader title={text.running.title} />
        <Card>
          {gone ? (
            <EmptyState
              icon={<CircleSlash aria-hidden="true" />}
              title={text.gone.title}
              body={text.gone.body}
              action={<ToHistory />}
            />
          ) : (
            <ErrorState error={error} onRetry={() => setAttempt(attempt + 1)} />
          )}
        </Card>
      </Page>
    )
  }
  return (
    <div className="flex h-full min-h-[600px] flex-col gap-3 p-4">
      <PageHeader
        title={state.job?.title ?? text.running.title}
        data={state.job !== null}
        facts={
          <span className="text-muted">{paused ? text.paused.leave : text.running.leave}</span>
        }
      />
      {state.job === null ? (
        <Card>
          <SkeletonRows rows={4} />
        </Card>
      ) : (
        <>
          <JobProgress
            job={state.job}
            action={
              <>
                <PauseButton paused={paused} busy={busy} onPause={pause} onResume={resume} />
                <Button
                  variant="danger"
                  icon={<CircleX aria-hidden="true" className="size-4" />}
                  disabled={cancelling}
                  onClick={() => void cancel()}
                >
                  {cancelling ? text.running.cancelling : text.running.cancel}
                </Button>
              </>
            }
          />
          <LiveFindings findings={state.findings} />
        </>
      )}
    </div>
  )
}

interface PauseButtonProps {
  paused: boolean
  busy: boolean
  onPause: () => void
  onResume: () => void
}

/** Apart from Cancel, which cannot be taken back. */
function PauseButton({ paused, busy, onPause, onResume }: PauseButtonProps) {
  const Icon = paused ? Play : Pause
  const words = paused
    ? { says: text.running.resume, busy: text.running.resuming }
    : { says: text.running.pause, busy: text.running.pausing }
  return (
    <Button
      variant={paused ? 'primary' : 'secondary'}
      keys="p"
      icon={<Icon aria-hidden="true" className="size-4" />}
      disabled={busy}
      onClick={paused ? onResume : onPause}
    >
      {busy ? words.busy : words.says}
    </Button>
  )
}

/** Once the page is left while the scan goes on, a notice tells of its end. */
function useFollowWhenLeft(
  jobId: string,
  title: string | null,
  onOpen: (reportId: string) => void,
): void {
  const leave = useEffectEvent(() => {
    if (title !== null) followInBackground(jobId, title, onOpen)
  })
  useEffect(() => {
    stopFollowing(jobId)
    return () => leave()
  }, [jobId])
}

interface EndedProps {
  jobId: string
  title: string
  end: { type: 'cancelled' } | { type: 'failed'; message: string }
}

function Ended({ jobId, title, end }: EndedProps) {
  const start = useStartScan()
  const request = startedScans.request(jobId)
  const actions: ReactNode = (
    <>
      {request && (
        <Button variant="primary" disabled={start.starting} onClick={() => void start.run(request)}>
          {text.retry}
        </Button>
      )}
      <Link to="/scan" search={{}} className={buttonClass()}>
        {text.chooseOther}
      </Link>
      <ToHistory />
    </>
  )
  return (
    <Page>
      <PageHeader title={title} data />
      <Card role={end.type === 'failed' ? 'alert' : 'status'}>
        {end.type === 'failed' ? (
          <EmptyState
            icon={<CircleX aria-hidden="true" />}
            title={text.failed.title}
            body={end.message || text.failed.fallback}
            action={actions}
          />
        ) : (
          <EmptyState
            icon={<CircleSlash aria-hidden="true" />}
            title={text.cancelled.title}
            body={text.cancelled.body}
            action={actions}
          />
        )}
      </Card>
    </Page>
  )
}

function ToHistory() {
  return (
    <Link to="/history" search={{}} className={buttonClass('ghost')}>
      <History aria-hidden="true" className="size-4" />
      {text.history}
    </Link>
  )
}
