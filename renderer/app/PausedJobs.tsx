import { safe } from '@orpc/client'
import type { Job } from '@shared/contract/jobs'
import { Link, useNavigate } from '@tanstack/react-router'
import { Pause, Play } from 'lucide-react'
import { Button } from '../ui/Button'
import { notify } from '../ui/toast'
import { describeError } from './errors'
import { routeOf, useJobs } from './jobs'
import { text } from './paused-messages'
import { client } from './rpc'

/** Scans and benchmarks that stand still, whether a person paused them or the console was closed over them. */
export function PausedJobs() {
  const navigate = useNavigate()
  const paused = (useJobs() ?? []).filter(({ state }) => state === 'paused')
  if (paused.length === 0) return null
  const resume = async (job: Job) => {
    const jobId = job.id
    const { error } = await safe(client.jobs.resume({ jobId }))
    if (!error) return navigate({ to: routeOf(job), params: { jobId } })
    const description = describeError(error).message
    notify({ title: text.failed[job.kind], description, key: 'resume', tone: 'error' })
  }
  return (
    <section
      aria-label={text.title}
      className="rounded-card border border-line border-l-4 border-l-sev-medium bg-surface"
    >
      <p className="flex min-h-9 flex-wrap items-center gap-x-2 px-3 py-1.5">
        <Pause aria-hidden="true" className="size-4 text-sev-medium-text" />
        <span className="font-semibold">
          {text.canGoOn(
            paused.length,
            paused.every(({ kind }) => kind === 'scan'),
          )}
        </span>
        <span className="text-muted">{text.why}</span>
      </p>
      <ul>
        {paused.map((job) => (
          <li
            key={job.id}
            className="flex min-h-9 items-center gap-4 border-line border-t py-1 pr-1.5 pl-3"
          >
            <Link
              to={routeOf(job)}
              params={{ jobId: job.id }}
              aria-label={text.open[job.kind](job.title)}
              className="min-w-0 flex-1 truncate font-medium hover:underline"
            >
              <span translate="no">{job.title}</span>
            </Link>
            <span className="text-muted">
              {job.kind === 'benchmark'
                ? text.launchesDone(job.launchesDone, job.launchesTotal)
                : text.done(job.filesDone, job.filesTotal)}
            </span>
            <Button
              size="small"
              aria-label={text.continueNamed[job.kind](job.title)}
              icon={<Play aria-hidden="true" className="size-3.5" />}
              onClick={() => void resume(job)}
            >
              {text.continue}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
