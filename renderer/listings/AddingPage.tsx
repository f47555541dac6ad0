import { describeError } from '@renderer/app/errors'
import { formatPercent } from '@renderer/app/intl'
import { isVersion, jobShare, useJobs } from '@renderer/app/jobs'
import { Page, PageHeader } from '@renderer/app/page'
import { client, orpc } from '@renderer/app/rpc'
import { Button, buttonClass } from '@renderer/ui/Button'
import { Card } from '@renderer/ui/Card'
import { EmptyState } from '@renderer/ui/EmptyState'
import { Progress } from '@renderer/ui/Progress'
import { SkeletonRows } from '@renderer/ui/Skeleton'
import { Stages } from '@renderer/ui/Stages'
import { notify } from '@renderer/ui/toast'
import type { VersionJob } from '@shared/contract/jobs'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { CircleCheck, CircleSlash, OctagonX, Pause, Play } from 'lucide-react'
import { useEffect, useEffectEvent } from 'react'
import { text } from './adding-messages'

/** A version on its way: what is done, what goes on, and how to stop it. */
export function AddingPage() {
  const { jobId } = useParams({ strict: false })
  const jobs = useJobs()
  const job = jobs?.filter(isVersion).find(({ id }) => id === jobId)
  const navigate = useNavigate()
  const queries = useQueryClient()
  const listingId = job?.listingId
  const arrived = useEffectEvent(async () => {
    if (listingId === undefined) return
    await queries.invalidateQueries({ queryKey: orpc.listings.key() })
    notify({ title: text.done, tone: 'ok' })
    await navigate({
      to: '/listings/$listingId/edit',
      params: { listingId },
      replace: true,
    })
  })
  const isDone = job?.state === 'done'
  useEffect(() => {
    if (isDone) void arrived()
  }, [isDone])
  return (
    <Page narrow>
      <PageHeader
        title={job?.title ?? text.title}
        data={job !== undefined}
        facts={job?.state === 'running' && <span className="text-muted">{text.leave}</span>}
        actions={
          listingId !== undefined && (
            <Link
              to="/listings/$listingId/edit"
              params={{ listingId }}
              search={{}}
              className={buttonClass('secondary')}
            >
              {text.toListing}
            </Link>
          )
        }
      />
      <Card>
        {jobs === null ? (
          <SkeletonRows rows={3} />
        ) : job === undefined ? (
          <EmptyState
            icon={<CircleSlash aria-hidden="true" />}
            title={text.gone}
            body={text.goneBody}
            action={
              <Link to="/listings" search={{}} className={buttonClass('primary')}>
                {text.toListings}
              </Link>
            }
          />
        ) : (
          <Progressing job={job} />
        )}
      </Card>
    </Page>
  )
}

const STAGES = ['checking', 'signing', 'sending', 'uploading'] as const

function Progressing({ job }: { job: VersionJob }) {
  const { id: jobId, state } = job
  const share = jobShare(job)
  const act = async (what: () => Promise<unknown>) => {
    try {
      await what()
    } catch (error) {
      notify({ title: text.failedTo, description: describeError(error).message, tone: 'error' })
    }
  }
  if (state === 'failed' || state === 'cancelled' || state === 'done') return <Ended job={job} />
  const paused = state === 'paused'
  return (
    <div className="flex flex-col gap-3 p-4">
      <Stages names={STAGES} labels={text.stageNames} current={job.stage} paused={paused} />
      <div className="flex items-center gap-3">
        <Progress label={text.progress} value={share} className="h-2! flex-1" />
        <span className="w-12 text-end tabular-nums">
          {share === null ? '' : formatPercent(share)}
        </span>
      </div>
      <p className="min-h-5 truncate text-muted" translate="no">
        {job.current ?? ''}
      </p>
      {paused && (
        <p role="status" className="wrap-anywhere">
          {job.message === null ? text.paused : text.waits(job.message)}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Button
          variant={paused ? 'primary' : 'secondary'}
          icon={
            paused ? (
              <Play aria-hidden="true" className="size-4" />
            ) : (
              <Pause aria-hidden="true" className="size-4" />
            )
          }
          onClick={() =>
            void act(() => (paused ? client.jobs.resume({ jobId }) : client.jobs.pause({ jobId })))
          }
        >
          {paused ? text.resume : text.pause}
        </Button>
        <Button variant="danger" onClick={() => void act(() => client.jobs.cancel({ jobId }))}>
          {text.cancel}
        </Button>
      </div>
    </div>
  )
}

function Ended({ job }: { job: VersionJob }) {
  const { state, listingId } = job
  const icons = { failed: OctagonX, cancelled: CircleSlash, done: CircleCheck }
  const Icon = icons[state as keyof typeof icons] ?? CircleSlash
  return (
    <div role={state === 'failed' ? 'alert' : 'status'}>
      <EmptyState
        icon={<Icon aria-hidden="true" />}
        title={text.ended[state]}
        body={state === 'cancelled' ? text.cancelledBody : job.message}
        action={
          state === 'done' ? undefined : (
            <Link
              to="/listings/$listingId/add"
              params={{ listingId }}
              search={{}}
              className={buttonClass('primary')}
            >
              {text.again}
            </Link>
          )
        }
      />
    </div>
  )
}
