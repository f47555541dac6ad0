import { isDefinedError, safe } from '@orpc/client'
import { useCommand } from '@renderer/app/commands'
import { describeError } from '@renderer/app/errors'
import { Page, PageHeader } from '@renderer/app/page'
import { client, orpc, useStream } from '@renderer/app/rpc'
import { Button } from '@renderer/ui/Button'
import { Card, SectionCard } from '@renderer/ui/Card'
import { ErrorState } from '@renderer/ui/ErrorState'
import { SkeletonRows } from '@renderer/ui/Skeleton'
import { notify } from '@renderer/ui/toast'
import type { BenchmarkEvent } from '@shared/contract/benchmark'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { CircleX, Pause, Play } from 'lucide-react'
import { useReducer, useState } from 'react'
import { QuietChecks } from './QuietChecks'
import { CurrentLaunch } from './running/CurrentLaunch'
import { Ended } from './running/Ended'
import { LaunchBoxes } from './running/LaunchBoxes'
import { LaunchOrder } from './running/LaunchOrder'
import { LiveArms } from './running/LiveArms'
import { text } from './running/messages'
import { RunProgress } from './running/RunProgress'
import { gradeSoFar, NOTHING_YET, nextState, type RunEnd } from './running/watch-state'

export function RunningPage() {
  const { jobId } = useParams({ from: '/benchmarks/running/$jobId' })
  return <Running key={jobId} jobId={jobId} />
}

/** A run as it happens. The host tells everything again to whoever comes late, so a reload loses nothing. */
function Running({ jobId }: { jobId: string }) {
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [state, dispatch] = useReducer(nextState, NOTHING_YET)
  const [error, setError] = useState<unknown>(null)
  const [attempt, setAttempt] = useState(0)

  const leaveFor = (end: Extract<RunEnd, { type: 'done' }>) => {
    void queries.invalidateQueries({ queryKey: orpc.benchmark.key() })
    const [first] = end.results
    if (first === undefined) return void navigate({ to: '/benchmarks', search: {}, replace: true })
    if (end.comparisonId === null || end.results.length < 2)
      return void navigate({
        to: '/benchmarks/result/$resultId',
        params: { resultId: first },
        search: {},
        replace: true,
      })
    void navigate({
      to: '/benchmarks/compare',
      search: { of: end.results.join(',') },
      replace: true,
    })
  }
  useStream<BenchmarkEvent>(`${jobId} ${attempt}`, {
    open: (signal) => {
      setError(null)
      dispatch('opened')
      return client.benchmark.watch({ jobId }, { signal })
    },
    onEvent: (event) => {
      dispatch(event)
      if (event.type === 'done') leaveFor(event)
    },
    onError: setError,
  })

  const job = state.progress?.job ?? null
  const running = job !== null && state.end === null
  const paused = job?.state === 'paused'
  const { busy, act } = useJobActions(jobId)
  useCommand(
    'benchmark.pause',
    () => void act(paused ? 'resume' : 'pause'),
    running && busy === null,
  )
  useCommand('benchmark.cancel', () => void act('cancel'), running && busy === null)

  const title = job?.title ?? text.title
  if (state.end !== null && state.end.type !== 'done')
    return <Ended title={title} end={state.end} />
  if (error !== null) {
    if (error instanceof Error && isDefinedError(error)) return <Ended title={title} end="gone" />
    return (
      <Page>
        <PageHeader title={title} />
        <Card>
          <ErrorState error={error} onRetry={() => setAttempt(attempt + 1)} />
        </Card>
      </Page>
    )
  }
  if (state.progress === null || job === null)
    return (
      <Page>
        <PageHeader title={text.title} />
        <Card>
          <SkeletonRows rows={6} />
        </Card>
      </Page>
    )

  const { arms, launch, quiet, queued } = state.progress
  const models = arms.filter(({ role }) => role === 'model').length
  const ahead = Math.max(0, job.launchesTotal - job.launchesDone - (launch ? 1 : 0))
  return (
    <Page>
      <PageHeader
        title={title}
        data
        facts={<span className="text-muted">{paused ? text.pausedLeave : text.leave}</span>}
      />
      <RunProgress
        job={job}
        queued={queued}
        grade={gradeSoFar(state)}
        action={
          <>
            <Button
              variant={paused ? 'primary' : 'secondary'}
              keys="p"
              icon={
                paused ? (
                  <Play aria-hidden="true" className="size-4" />
                ) : (
                  <Pause aria-hidden="true" className="size-4" />
                )
              }
              disabled={busy !== null}
              onClick={() => void act(paused ? 'resume' : 'pause')}
            >
              {pauseWords(paused, busy)}
            </Button>
            <Button
              variant="danger"
              icon={<CircleX aria-hidden="true" className="size-4" />}
              disabled={busy !== null}
              onClick={() => void act('cancel')}
            >
              {busy === 'cancel' ? text.cancelling : text.cancel}
            </Button>
          </>
        }
      />
      <LiveArms arms={arms} models={models} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-4">
          <LaunchOrder launches={state.launches} current={launch} models={models} ahead={ahead} />
          <LaunchBoxes arms={arms} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <CurrentLaunch launch={launch} models={models} />
          <SectionCard title={text.quiet}>
            <div className="p-3">
              {quiet ? (
                <QuietChecks checks={quiet.checks} />
              ) : (
                <p className="text-muted">{text.noQuiet}</p>
              )}
            </div>
          </SectionCard>
        </div>
      </div>
    </Page>
  )
}

type Action = 'pause' | 'resume' | 'cancel'

function pauseWords(paused: boolean, busy: Action | null): string {
  if (paused) return busy === 'resume' ? text.resuming : text.resume
  return busy === 'pause' ? text.pausing : text.pause
}

const FAILED: Record<Action, string> = {
  pause: text.failedToPause,
  resume: text.failedToResume,
  cancel: text.failedToCancel,
}

/** Pausing and cancelling; a refusal is told in a notice. */
function useJobActions(jobId: string) {
  const [busy, setBusy] = useState<Action | null>(null)
  const act = async (action: Action) => {
    setBusy(action)
    const { error } = await safe<unknown, Error>(client.jobs[action]({ jobId }))
    setBusy(null)
    if (error)
      notify({ title: FAILED[action], description: describeError(error).message, tone: 'error' })
  }
  return { busy, act }
}
