import type { ScanJob } from '@shared/contract/jobs'
import { Link } from '@tanstack/react-router'
import { jobShare } from '../app/jobs'
import { SectionCard } from '../ui/Card'
import { Progress } from '../ui/Progress'
import { text } from './messages'

export function RunningJobs({ jobs }: { jobs: readonly ScanJob[] }) {
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
                to="/scan/running/$jobId"
                params={{ jobId: job.id }}
                aria-label={text.running.watch(job.title)}
                className="w-1/3 truncate font-medium after:absolute after:inset-0"
              >
                <span translate="no">{job.title}</span>
              </Link>
              <span className="w-36 text-muted">{text.running.stages[job.stage]}</span>
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
