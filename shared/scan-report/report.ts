import { z } from 'zod'
import { CodeFrame, EvidenceStep, Location } from './fact'
import { PolicyStamp } from './policy-stamp'
import { GRADES, SEVERITIES, VERDICTS } from './scales'

export { GRADES, SEVERITIES, VERDICTS } from './scales'

export const Severity = z.enum(SEVERITIES)
export type Severity = z.infer<typeof Severity>

export const Verdict = z.enum(VERDICTS)
export type Verdict = z.infer<typeof Verdict>

/** Whether the file was read to its end; independent of what was found in it. */
export const Status = z.enum(['complete', 'inconclusive', 'error'])
export type Status = z.infer<typeof Status>

export const Grade = z.enum(GRADES)
export type Grade = z.infer<typeof Grade>

export const Finding = z.object({
  ruleId: z.string(),
  severity: Severity,
  confidence: z.number().min(0).max(1),
  category: z.string(),
  title: z.string(),
  /** What happens if the file is loaded, in one sentence. */
  message: z.string(),
  why: z.string(),
  fix: z.string(),
  location: Location,
  evidence: z.string(),
  /** How often the same thing occurs in this member. */
  count: z.number().int().positive(),
  frame: CodeFrame.optional(),
  path: z.array(EvidenceStep).optional(),
  /** What the rule says, where the policy of the scan says otherwise. */
  ruleSeverity: Severity.optional(),
  cwe: z.array(z.string()),
  cve: z.array(z.string()),
  references: z.array(z.string()),
  /** Hash of rule, member path and normalised evidence: survives edits elsewhere and rule updates. */
  fingerprint: z.string(),
})
export type Finding = z.infer<typeof Finding>

/** A finding that the policy of the scan sets aside. It is kept, and counts for nothing. */
export const IgnoredFinding = z.object({
  finding: Finding,
  reason: z.string(),
  /** Day after which it counts again; null is never. */
  expires: z.iso.date().nullable(),
})
export type IgnoredFinding = z.infer<typeof IgnoredFinding>

export const FrameworkGuess = z.object({
  name: z.string(),
  confidence: z.number().min(0).max(1),
  evidence: z.string(),
})
export type FrameworkGuess = z.infer<typeof FrameworkGuess>

export const FileReport = z.object({
  /** Relative to its root, '/' on every platform. A root that is a file is its own base name. */
  path: z.string(),
  /** Index into `roots`. */
  root: z.number().int().nonnegative(),
  /** Decided by content, never by the name. */
  format: z.string(),
  bytes: z.number().int().nonnegative(),
  sha256: z.string().nullable(),
  status: Status,
  /** Why the status is not 'complete'; null when it is. */
  reason: z.string().nullable(),
  verdict: Verdict,
  cached: z.boolean(),
  frameworks: z.array(FrameworkGuess),
  findings: z.array(Finding),
  ignored: z.array(IgnoredFinding).optional(),
})
export type FileReport = z.infer<typeof FileReport>

export const GradeStep = z.object({ label: z.string(), points: z.number() })
export type GradeStep = z.infer<typeof GradeStep>

export const BySeverity = z.record(Severity, z.number().int().nonnegative())
export type BySeverity = z.infer<typeof BySeverity>

export const ScanSummary = z.object({
  files: z.number().int().nonnegative(),
  bytes: z.number().int().nonnegative(),
  verdict: Verdict,
  grade: Grade,
  /** 0..100; `gradeSteps` add up to it. */
  score: z.number(),
  gradeSteps: z.array(GradeStep),
  bySeverity: BySeverity,
  byVerdict: z.record(Verdict, z.number().int().nonnegative()),
  byStatus: z.record(Status, z.number().int().nonnegative()),
})
export type ScanSummary = z.infer<typeof ScanSummary>

/** The canonical document of one scan. Text, SARIF and the page are pure functions of it. */
export const ScanReport = z.object({
  schemaVersion: z.literal(1),
  /** Version of the console whose parsers read the files; absent in older reports. */
  scannerVersion: z.string().optional(),
  rulesVersion: z.string(),
  /** The policy it was judged under; absent in reports older than policies. */
  policy: PolicyStamp.optional(),
  startedAt: z.iso.datetime(),
  durationMs: z.number().nonnegative(),
  /** What was asked for, as the user wrote it. */
  roots: z.array(z.string()),
  /** What the scan could not see, in sentences: links skipped, names hidden by a browser, … */
  notes: z.array(z.string()),
  summary: ScanSummary,
  files: z.array(FileReport),
})
export type ScanReport = z.infer<typeof ScanReport>
