import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { Comparison } from '../scan-report/compare'
import { Finding, ScanReport, Severity, Verdict } from '../scan-report/report'
import { ReportId, ReportRow } from '../scan-report/report-row'
import { ScanJob } from './jobs'

export type { ReportId, ReportRow } from '../scan-report/report-row'

export const StartScan = z.object({
  target: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('paths'),
      paths: z.array(z.string().min(1).max(4096)).min(1).max(100),
    }),
    z.object({ kind: z.literal('upload'), uploadId: z.uuid() }),
    z.object({ kind: z.literal('samples') }),
  ]),
  /** Full-file SHA-256 of every file; off is faster. */
  hash: z.boolean().default(true),
  /** Name of a policy; the active one when absent. */
  policy: z.string().max(60).optional(),
  /** Takes what is known of unchanged files from the cache. */
  useCache: z.boolean().default(true),
})
export type StartScan = z.infer<typeof StartScan>

export const ScanEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('progress'), job: ScanJob }),
  /** Findings as they come, worst first within a file; at most 500 are streamed. */
  z.object({ type: z.literal('findings'), path: z.string(), findings: z.array(Finding) }),
  z.object({ type: z.literal('done'), reportId: ReportId }),
  z.object({ type: z.literal('cancelled') }),
  z.object({ type: z.literal('failed'), message: z.string() }),
])
export type ScanEvent = z.infer<typeof ScanEvent>

/** A file that a browser hands over: its bytes follow as the body of PUT /upload/<id>/<index>. */
export const UploadFile = z.object({
  path: z.string().min(1).max(4096),
  bytes: z.number().int().nonnegative(),
})

export const EXPORT_FORMATS = [
  'json',
  'sarif',
  'csv',
  'junit',
  'github',
  'markdown',
  'html',
] as const
export const ExportFormat = z.enum(EXPORT_FORMATS)
export type ExportFormat = z.infer<typeof ExportFormat>

/** What the cache of scanned files holds. */
export const CacheState = z.object({
  entries: z.number().int(),
  bytes: z.number(),
  limitBytes: z.number(),
  /** Since the console was started. */
  hits: z.number().int(),
  misses: z.number().int(),
})
export type CacheState = z.infer<typeof CacheState>

/** Figures over the stored scans, for the Security overview. Null where there is nothing to tell. */
export const SecurityOverview = z.object({
  days: z.number().int(),
  scans: z.number().int(),
  files: z.number().int(),
  verdicts: z.record(Verdict, z.number().int()),
  /** One point a day, oldest first. */
  daily: z.array(
    z.object({
      day: z.iso.date(),
      scans: z.number().int(),
      verdicts: z.record(Verdict, z.number()),
    }),
  ),
  topRules: z.array(
    z.object({
      ruleId: z.string(),
      title: z.string(),
      severity: Severity,
      findings: z.number().int(),
      reports: z.number().int(),
    }),
  ),
  /** Of all files of these scans. */
  cacheHitRate: z.number().nullable(),
  /** Of one scan, milliseconds. */
  medianMs: z.number().nullable(),
  p95Ms: z.number().nullable(),
  /** Share of judged findings of a rule that nobody called a false positive; rules with at least one. */
  precision: z.array(
    z.object({
      ruleId: z.string(),
      title: z.string(),
      judged: z.number().int(),
      falsePositives: z.number().int(),
      precision: z.number(),
    }),
  ),
})
export type SecurityOverview = z.infer<typeof SecurityOverview>

export const scanContract = {
  /** Starts a scan job and answers at once. */
  start: oc
    .input(StartScan)
    .errors({
      PATH_NOT_GRANTED: { status: 403, data: z.object({ path: z.string() }) },
      PATH_NOT_FOUND: { status: 404, data: z.object({ path: z.string() }) },
      UPLOAD_INCOMPLETE: {
        status: 409,
        data: z.object({ uploadId: z.string(), missing: z.number() }),
      },
      POLICY_NOT_FOUND: { status: 404, data: z.object({ name: z.string() }) },
      POLICIES_UNREADABLE: { status: 500, data: z.object({ reason: z.string() }) },
      TOO_MANY_SCANS: { status: 429, data: z.object({ running: z.number(), limit: z.number() }) },
    })
    .output(z.object({ jobId: z.uuid() })),

  /** Follows a scan job; late watchers get the current state first. Ends with done, cancelled or failed. */
  watch: oc
    .input(z.object({ jobId: z.uuid() }))
    .errors({ JOB_NOT_FOUND: { status: 404, data: z.object({ jobId: z.string() }) } })
    .output(eventIterator(ScanEvent)),

  /** Stored reports, newest first. */
  history: oc
    .input(
      z.object({
        limit: z.number().int().min(1).max(500).default(100),
        offset: z.number().int().nonnegative().default(0),
        search: z.string().max(200).default(''),
        verdict: Verdict.optional(),
        /** Only scans of the same delivery (`ReportRow.series`). */
        series: z.string().optional(),
        /** Only the newest scan of each delivery: what older ones found is mended or found again. */
        latest: z.boolean().default(false),
      }),
    )
    .output(z.object({ rows: z.array(ReportRow), total: z.number().int() })),

  report: oc
    .input(z.object({ reportId: ReportId }))
    .errors({ REPORT_NOT_FOUND: { status: 404, data: z.object({ reportId: z.string() }) } })
    .output(z.object({ row: ReportRow, report: ScanReport })),

  /** The report in another format, as text to save. */
  export: oc
    .input(z.object({ reportId: ReportId, format: ExportFormat }))
    .errors({ REPORT_NOT_FOUND: { status: 404, data: z.object({ reportId: z.string() }) } })
    .output(z.object({ fileName: z.string(), mediaType: z.string(), text: z.string() })),

  /** What is new, fixed and unchanged against another report; without one, the scan before of the series. */
  compare: oc
    .input(z.object({ reportId: ReportId, baselineId: ReportId.optional() }))
    .errors({
      REPORT_NOT_FOUND: { status: 404, data: z.object({ reportId: z.string() }) },
      NO_EARLIER_SCAN: { status: 404, data: z.object({ reportId: z.string() }) },
    })
    .output(z.object({ current: ReportRow, baseline: ReportRow, comparison: Comparison })),

  security: oc.input(z.object({ days: z.number().int().min(1).max(365) })).output(SecurityOverview),

  cache: oc.output(CacheState),
  /** Forgets every scanned file. Reports stay. */
  clearCache: oc.output(CacheState),

  remove: oc
    .input(z.object({ reportId: ReportId }))
    .errors({ REPORT_NOT_FOUND: { status: 404, data: z.object({ reportId: z.string() }) } })
    .output(z.object({ removed: z.literal(true) })),

  /** Announces files that the browser will send. The bytes are deleted after the scan. */
  beginUpload: oc
    .input(
      z.object({
        files: z.array(UploadFile).min(1).max(20_000),
        notes: z.array(z.string().max(500)).max(20).default([]),
      }),
    )
    .errors({ NO_SPACE: { status: 507, data: z.object({ needed: z.number(), free: z.number() }) } })
    .output(z.object({ uploadId: z.uuid() })),

  /** The host's own count of received bytes. Ends when all files are there. */
  watchUpload: oc
    .input(z.object({ uploadId: z.uuid() }))
    .errors({ UPLOAD_NOT_FOUND: { status: 404, data: z.object({ uploadId: z.string() }) } })
    .output(
      eventIterator(
        z.object({ receivedBytes: z.number(), totalBytes: z.number(), files: z.number() }),
      ),
    ),

  /** Deletes what was received so far. */
  cancelUpload: oc
    .input(z.object({ uploadId: z.uuid() }))
    .output(z.object({ cancelled: z.boolean() })),
}
