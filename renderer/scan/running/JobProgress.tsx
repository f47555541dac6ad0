import { formatDuration, formatPercent, formatRate } from '@renderer/app/intl'
import { jobShare } from '@renderer/app/jobs'
import { Card } from '@renderer/ui/Card'
import { Progress } from '@renderer/ui/Progress'
import { Stages } from '@renderer/ui/Stages'
import type { ScanJob } from '@shared/contract/jobs'
import { Pause } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { text } from '../messages'
import { visible } from '../report/evidence'
import { roughly } from './eta'

const STAGES = ['listing', 'scanning', 'saving'] as const

/** How far the scan is, in one card. Screen readers hear of it in quarters, not ten times a second. */
export function JobProgress({ job, action }: { job: ScanJob; action: ReactNode }) {
  const share = jobShare(job)
  const paused = job.state === 'paused'
  const elapsed = useElapsed(job.startedAt, paused)
  const quarter = share === null ? 0 : Math.floor(share * 4)
  const announced = useAnnounced(quarter, text.running.announce(job.filesDone, job.filesTotal))
  const { unknown } = text.running
  const facts = [
    [
      text.running.facts.files,
      share === null
        ? String(job.filesTotal)
        : text.running.filesDone(job.filesDone, job.filesTotal),
    ],
    [
      text.running.facts.bytes,
      share === null ? unknown : text.running.bytesDone(job.bytesDone, job.bytesTotal),
    ],
    ...(job.cacheHits > 0
      ? [[text.running.facts.cached, text.running.cached(job.cacheHits)] as const]
      : []),
    ...(paused
      ? []
      : ([
          [text.running.facts.rate, job.rate === null ? unknown : formatRate(job.rate)],
          [
            text.running.facts.eta,
            job.eta === null ? unknown : text.running.eta(roughly(job.eta, job.etaRange)),
            text.running.etaWhy,
          ],
          [text.running.facts.elapsed, elapsed === 0 ? unknown : formatDuration(elapsed)],
        ] as const)),
  ] as const
  return (
    <Card className="flex shrink-0 flex-col gap-3 p-4">
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
        {paused ? (
          <span className="inline-flex items-center gap-1.5 font-medium">
            <Pause aria-hidden="true" className="size-4 text-sev-medium-text" />
            {text.paused.badge}
          </span>
        ) : (
          <Stages names={STAGES} labels={text.running.stages} current={job.stage} />
        )}
        <div className="ml-auto flex items-center gap-6">{action}</div>
      </div>
      <div className="flex items-center gap-3">
        <Progress label={text.running.progress} value={share} className="h-2! flex-1" />
        <span className="w-12 text-end font-semibold">
          {share === null ? unknown : formatPercent(share)}
        </span>
      </div>
      <dl className="flex flex-wrap gap-x-8 gap-y-1">
        {facts.map(([name, value, why]) => (
          <div key={name} className="flex items-baseline gap-2" title={why}>
            <dt className="text-muted">{name}</dt>
            <dd className="min-w-16 font-medium">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="flex min-w-0 gap-2 text-muted text-small" hidden={paused}>
        <span>{text.running.current}</span>
        <span className="min-w-0 truncate" translate="no">
          {job.current === null ? unknown : visible(job.current)}
        </span>
      </p>
      <span role="status" className="sr-only">
        {announced}
      </span>
    </Card>
  )
}

function useElapsed(startedAt: Date, paused: boolean): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (paused) return
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [paused])
  const elapsed = Math.max(0, now - startedAt.getTime())
  return Math.floor(elapsed / 1000) * 1000
}

/** Keeps a sentence as it was when `step` last changed. */
function useAnnounced(step: number, sentence: string): string {
  const [said, setSaid] = useState({ step: 0, sentence: '' })
  if (said.step !== step) setSaid({ step, sentence })
  return said.sentence
}
