import { isDefinedError } from '@orpc/client'
import { formatPercent } from '@renderer/app/intl'
import { jobShare } from '@renderer/app/jobs'
import { client, useStream } from '@renderer/app/rpc'
import { Button } from '@renderer/ui/Button'
import { Card } from '@renderer/ui/Card'
import { EmptyState } from '@renderer/ui/EmptyState'
import { ErrorState } from '@renderer/ui/ErrorState'
import { Progress } from '@renderer/ui/Progress'
import { SkeletonRows } from '@renderer/ui/Skeleton'
import type { ScanJob } from '@shared/contract/jobs'
import type { ScanEvent } from '@shared/contract/scan'
import { useState } from 'react'
import { text } from './messages'

interface ScanningProps {
  jobId: string
  onDone: (reportId: string) => void
  onOther: () => void
}

/** The scan of the files that will be the version. */
export function Scanning({ jobId, onDone, onOther }: ScanningProps) {
  const words = text.scanning
  const [job, setJob] = useState<ScanJob | null>(null)
  const [end, setEnd] = useState<'cancelled' | { failed: string } | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [attempt, setAttempt] = useState(0)
  useStream<ScanEvent>(`${jobId} ${attempt}`, {
    open: (signal) => {
      setError(null)
      return client.scan.watch({ jobId }, { signal })
    },
    onEvent(event) {
      if (event.type === 'progress') setJob(event.job)
      else if (event.type === 'done') onDone(event.reportId)
      else if (event.type === 'cancelled') setEnd('cancelled')
      else if (event.type === 'failed') setEnd({ failed: event.message })
    },
    onError: setError,
  })
  const other = (
    <Button variant="primary" onClick={onOther}>
      {words.again}
    </Button>
  )
  if (error !== null)
    return (
      <Card>
        {error instanceof Error && isDefinedError(error) ? (
          <EmptyState title={words.gone} body={words.goneBody} action={other} />
        ) : (
          <ErrorState error={error} onRetry={() => setAttempt(attempt + 1)} />
        )}
      </Card>
    )
  if (end !== null)
    return (
      <Card role={end === 'cancelled' ? 'status' : 'alert'}>
        <EmptyState
          title={end === 'cancelled' ? words.cancelled : words.failed}
          body={end === 'cancelled' ? undefined : end.failed}
          action={other}
        />
      </Card>
    )
  if (job === null)
    return (
      <Card>
        <SkeletonRows rows={2} />
      </Card>
    )
  const share = jobShare(job)
  return (
    <Card className="flex flex-col gap-3 p-4">
      <p className="font-medium" translate="no">
        {words.title(job.title)}
      </p>
      <div className="flex items-center gap-3">
        <Progress label={words.progress} value={share} className="h-2! flex-1" />
        <span className="w-12 text-end tabular-nums">
          {share === null ? '' : formatPercent(share)}
        </span>
      </div>
      <div className="flex items-center justify-between gap-2">
        <span className="text-muted">
          {job.stage === 'listing' ? words.counting : words.files(job.filesDone, job.filesTotal)}
        </span>
        <Button size="small" variant="danger" onClick={() => void client.jobs.cancel({ jobId })}>
          {words.cancel}
        </Button>
      </div>
    </Card>
  )
}
