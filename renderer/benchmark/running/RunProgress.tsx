import { formatDuration, formatPercent } from '@renderer/app/intl'
import { jobShare } from '@renderer/app/jobs'
import { Card } from '@renderer/ui/Card'
import { GradeTile } from '@renderer/ui/GradeTile'
import { Progress } from '@renderer/ui/Progress'
import { Stages } from '@renderer/ui/Stages'
import type { BenchmarkJob } from '@shared/contract/jobs'
import { Pause } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { roughly } from '../../scan/running/eta'
import { text as shared } from '../messages'
import { text } from './messages'

const STAGES = ['queued', 'scanning', 'checking', 'measuring', 'saving'] as const

interface RunProgressProps {
  job: BenchmarkJob
  queued: number
  grade: 'A' | 'B' | 'C' | null
  action: ReactNode
}

/** How far the run is, in one card. */
export function RunProgress({ job, queued, grade, action }: RunProgressProps) {
  const share = jobShare(job)
  const paused = job.state === 'paused'
  const elapsed = useElapsed(job.startedAt, paused)
  const { unknown } = text
  return (
    <Card className="flex shrink-0 flex-col gap-3 p-4">
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
        {paused ? (
          <span className="inline-flex items-center gap-1.5 font-medium">
            <Pause aria-hidden="true" className="size-4 text-sev-medium-text" />
            {text.paused}
          </span>
        ) : (
          <Stages names={STAGES} labels={text.stages} current={job.stage} />
        )}
        <div className="ml-auto flex items-center gap-6">{action}</div>
      </div>
      <div className="flex items-center gap-3">
        <Progress label={text.progress} value={share} className="h-2! flex-1" />
        <span className="w-12 text-end font-semibold">
          {share === null ? unknown : formatPercent(share)}
        </span>
      </div>
      <dl className="flex flex-wrap items-center gap-x-8 gap-y-1">
        <Fact name={text.facts.launches}>
          {text.launchesDone(job.launchesDone, job.launchesTotal)}
        </Fact>
        {!paused && (
          <>
            <Fact name={text.facts.eta}>
              {job.eta === null ? unknown : text.eta(roughly(job.eta, null))}
            </Fact>
            <Fact name={text.facts.elapsed}>
              {elapsed === 0 ? unknown : formatDuration(elapsed)}
            </Fact>
          </>
        )}
        <Fact name={text.facts.grade}>
          {grade === null ? (
            unknown
          ) : (
            <span className="inline-flex items-center gap-2">
              <GradeTile grade={grade} size="small" />
              <span className="font-normal text-muted">{shared.gradeShort[grade]}</span>
            </span>
          )}
        </Fact>
      </dl>
      {job.stage === 'queued' && !paused && <p className="text-muted">{text.queued(queued)}</p>}
      <Announced job={job} />
    </Card>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex min-h-5 items-center gap-2">
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-16 font-medium tabular-nums">{children}</dd>
    </div>
  )
}

/** Screen readers hear of it in quarters, not with every launch. */
function Announced({ job }: { job: BenchmarkJob }) {
  const quarter = Math.floor((jobShare(job) ?? 0) * 4)
  const [said, setSaid] = useState({ quarter: 0, sentence: '' })
  if (said.quarter !== quarter)
    setSaid({ quarter, sentence: text.announce(job.launchesDone, job.launchesTotal) })
  return (
    <span role="status" className="sr-only">
      {said.sentence}
    </span>
  )
}

function useElapsed(startedAt: Date, paused: boolean): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (paused) return
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [paused])
  return Math.floor(Math.max(0, now - startedAt.getTime()) / 1000) * 1000
}
