import type { Job } from '@shared/contract/jobs'
import { Link } from '@tanstack/react-router'
import { jobShare, routeOf } from '../app/jobs'
import { SectionCard } from '../ui/Card'
import { Progress } from '../ui/Progress'
import { text } from './messages'

export function RunningJobs({ jobs }: { jobs: readonly Job[] }) {
  if (jobs.length === 0) return null
  return (
    <SectionCard title={text.running.title}>
      <ul>
        {jobs.map((job) => {
          const share = jobShare(job)
          return (
            <li
              key={job.id}
              className="relative flex h-9 items-center gap-4 border-b border-line px-3 last:border-0 hover:bg-sunken"
            >
              <Link
                to={routeOf(job)}
                params={{ jobId: job.id }}
                aria-label={text.running.watch(job.title)}
                className="w-1/3 truncate font-medium after:absolute after:inset-0"
              >
                <span translate="no">{job.title}</span>
              </Link>
              <span className="w-44 truncate text-muted">{stageOf(job)}</span>
              <Progress label={job.title} value={share} className="flex-1" />
              <span className="w-14 text-right text-muted">
                {share === null ? '' : text.running.share(share)}
              </span>
            </li>
          )
        })}
      </ul>
    </SectionCard>
  )
}

function stageOf(job: Job): string {
  if (job.kind === 'scan') return text.running.stages[job.stage]
  if (job.kind === 'version') return text.running.versionStages[job.stage]
  return job.stage === 'measuring'
    ? text.running.launch(job.launchesDone, job.launchesTotal)
    : text.running.benchmarkStages[job.stage]
}
