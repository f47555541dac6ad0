import { z } from 'zod'
import { BySeverity, Grade, Verdict } from './report'

export const ReportId = z.uuid().brand<'ReportId'>()
export type ReportId = z.infer<typeof ReportId>

/** One row of History. */
export const ReportRow = z.object({
  id: ReportId,
  /** What the user would call it: base name of the root, or 'Sample models'. */
  name: z.string(),
  source: z.enum(['paths', 'upload', 'samples', 'command-line']),
  startedAt: z.date(),
  durationMs: z.number(),
  files: z.number().int(),
  bytes: z.number().int(),
  verdict: Verdict,
  grade: Grade,
  bySeverity: BySeverity,
  /** Of these findings, how many a disposition sets aside today. */
  setAside: z.number().int(),
  /** Frameworks found with confidence >= 0.5, most frequent first. */
  frameworks: z.array(z.string()),
  /** What was scanned, as absolute paths where they are known. */
  roots: z.array(z.string()),
  /** Scans of the same delivery share it: a hash of the roots, or of an upload's name. */
  series: z.string(),
  /** Name of the policy; null in reports older than policies. */
  policy: z.string().nullable(),
  cacheHits: z.number().int(),
})
export type ReportRow = z.infer<typeof ReportRow>
