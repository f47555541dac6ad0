import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { BySeverity } from '../scan-report/report'

const JOB = {
  id: z.uuid(),
  title: z.string(),
  /** 'paused' keeps what is done and holds no process; it also is what a restart makes of a running job. */
  state: z.enum(['running', 'paused', 'done', 'cancelled', 'failed']),
  startedAt: z.date(),
  /** Seconds; null until there is enough to tell. */
  eta: z.number().nullable(),
  /** What is done now: the file that is read, the model that is measured. */
  current: z.string().nullable(),
}

export const ScanJob = z.object({
  ...JOB,
  kind: z.literal('scan'),
  stage: z.enum(['listing', 'scanning', 'saving']),
  filesDone: z.number().int(),
  filesTotal: z.number().int(),
  bytesDone: z.number(),
  bytesTotal: z.number(),
  /** Bytes per second over the last seconds; null until there is enough to tell. */
  rate: z.number().nullable(),
  /** Seconds within which it ends with 80 % certainty, from how much the rate varied. */
  etaRange: z.object({ low: z.number(), high: z.number() }).nullable(),
  /** Files whose content was known and was not read again. */
  cacheHits: z.number().int(),
  bySeverity: BySeverity,
})
export type ScanJob = z.infer<typeof ScanJob>

export const BenchmarkJob = z.object({
  ...JOB,
  kind: z.literal('benchmark'),
  /** 'queued' waits for other runs of this machine; 'checking' looks whether it is quiet. */
  stage: z.enum(['queued', 'scanning', 'checking', 'measuring', 'saving']),
  launchesDone: z.number().int(),
  /** Grows by each launch that has to be repeated. */
  launchesTotal: z.number().int(),
})
export type BenchmarkJob = z.infer<typeof BenchmarkJob>

/** A version of a listing on its way to the marketplace. */
export const VersionJob = z.object({
  ...JOB,
  kind: z.literal('version'),
  stage: z.enum(['checking', 'signing', 'sending', 'uploading']),
  listingId: z.uuid(),
  versionId: z.uuid(),
  filesDone: z.number().int(),
  filesTotal: z.number().int(),
  /** Of the stage under way: bytes that were read and compared, or uploaded. */
  bytesDone: z.number(),
  bytesTotal: z.number(),
  /** What it waits for, or what there is to say about its end: a sentence. */
  message: z.string().nullable(),
})
export type VersionJob = z.infer<typeof VersionJob>

export const Job = z.discriminatedUnion('kind', [ScanJob, BenchmarkJob, VersionJob])
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
