import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { BySeverity } from '../scan-report/report'

export const Job = z.object({
  id: z.uuid(),
  kind: z.enum(['scan']),
  title: z.string(),
  /** 'paused' keeps what is done and holds no process; it also is what a restart makes of a running job. */
  state: z.enum(['running', 'paused', 'done', 'cancelled', 'failed']),
  stage: z.enum(['listing', 'scanning', 'saving']),
  startedAt: z.date(),
  filesDone: z.number().int(),
  filesTotal: z.number().int(),
  bytesDone: z.number(),
  bytesTotal: z.number(),
  /** Bytes per second over the last seconds; null until there is enough to tell. */
  rate: z.number().nullable(),
  /** Seconds; null until there is enough to tell. */
  eta: z.number().nullable(),
  /** Seconds within which it ends with 80 % certainty, from how much the rate varied. */
  etaRange: z.object({ low: z.number(), high: z.number() }).nullable(),
  /** Files whose content was known and was not read again. */
  cacheHits: z.number().int(),
  /** The file being read now. */
  current: z.string().nullable(),
  bySeverity: BySeverity,
})
export type Job = z.infer<typeof Job>

export const jobsContract = {
  /** Running jobs, then what ended in this session, newest first. */
  list: oc.output(z.array(Job)),
  /** The same list, again whenever it changes (at most ten times a second). Never ends by itself. */
  watch: oc.output(eventIterator(z.array(Job))),
  /** Answers once the job's children are gone. `cancelled` is false where it had ended already. */
  cancel: oc
    .input(z.object({ jobId: z.uuid() }))
    .errors({ JOB_NOT_FOUND: { status: 404, data: z.object({ jobId: z.string() }) } })
    .output(z.object({ cancelled: z.boolean() })),
  /** Answers once the job's children are gone; false where it was not running. */
  pause: oc
    .input(z.object({ jobId: z.uuid() }))
    .errors({ JOB_NOT_FOUND: { status: 404, data: z.object({ jobId: z.string() }) } })
    .output(z.object({ paused: z.boolean() })),
  /** Goes on where it stopped; false where it was not paused. */
  resume: oc
    .input(z.object({ jobId: z.uuid() }))
    .errors({
      JOB_NOT_FOUND: { status: 404, data: z.object({ jobId: z.string() }) },
      TOO_MANY_SCANS: { status: 429, data: z.object({ running: z.number(), limit: z.number() }) },
    })
    .output(z.object({ resumed: z.boolean() })),
}
