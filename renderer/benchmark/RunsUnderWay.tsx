import { safe } from '@orpc/client'
import { describeError } from '@renderer/app/errors'
import { isBenchmark, jobShare, useJobs } from '@renderer/app/jobs'
import { client } from '@renderer/app/rpc'
import { Button } from '@renderer/ui/Button'
import { SectionCard } from '@renderer/ui/Card'
import { Progress } from '@renderer/ui/Progress'
import { notify } from '@renderer/ui/toast'
import type { BenchmarkJob } from '@shared/contract/jobs'
import { Link, useNavigate } from '@tanstack/react-router'
import { Play } from 'lucide-react'
import { text } from './list/messages'
import { text as shared } from './messages'

/** Runs that measure, wait or stand still, each with the way to it. */
export function RunsUnderWay() {
  const navigate = useNavigate()
  const jobs = (useJobs() ?? [])
    .filter(isBenchmark)
    .filter(({ state }) => state === 'running' || state === 'paused')
  if (jobs.length === 0) return null
  const resume = async ({ id: jobId }: BenchmarkJob) => {
    const { error } = await safe(client.jobs.resume({ jobId }))
    if (!error) return navigate({ to: '/benchmarks/running/$jobId', params: { jobId } })
    const description = describeError(error).message
    notify({ title: text.runs.failed, description, key: 'resume', tone: 'error' })
  }
  return (
    <SectionCard title={text.runs.title}>
      <ul>
        {jobs.map((job) => (
          <li
            key={job.id}
            className="relative flex min-h-9 items-center gap-4 border-line border-b px-3 last:border-0 hover:bg-sunken"
          >
            <Link
              to="/benchmarks/running/$jobId"
              params={{ jobId: job.id }}
              aria-label={text.runs.open(job.title)}
              className="w-1/3 truncate font-medium after:absolute after:inset-0"
            >
              <span translate="no">{job.title}</span>
            </Link>
            <span className="w-52 truncate text-muted">
              {job.state === 'paused'
                ? text.runs.paused
                : job.stage === 'measuring'
                  ? shared.launchesOf(job.launchesDone, job.launchesTotal)
                  : shared.stages[job.stage]}
            </span>
            <Progress label={job.title} value={jobShare(job)} className="flex-1" />
            {job.state === 'paused' && (
              <Button
                size="small"
                className="relative z-1"
                aria-label={text.runs.continueNamed(job.title)}
                icon={<Play aria-hidden="true" className="size-3.5" />}
                onClick={() => void resume(job)}
              >
                {text.runs.continue}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </SectionCard>
  )
}
