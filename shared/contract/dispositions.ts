import { oc } from '@orpc/contract'
import { z } from 'zod'
import { Disposition } from '../scan-report/disposition'
import { Grade, Severity, Verdict } from '../scan-report/report'
import { ReportId } from '../scan-report/report-row'

/** Which findings of a report are meant; all parts that are given must hold. */
export const FindingFilter = z.object({
  /** Exactly these; else all that the rest of the filter names. */
  findings: z
    .array(z.object({ path: z.string(), fingerprint: z.string() }))
    .max(20_000)
    .optional(),
  ruleIds: z.array(z.string()).optional(),
  severities: z.array(Severity).optional(),
  /** Substring of the path, member, rule, title or evidence; case does not matter. */
  search: z.string().max(200).default(''),
})
export type FindingFilter = z.infer<typeof FindingFilter>

const Decision = Disposition.pick({ kind: true, reason: true, expires: true })

const NOT_FOUND = {
  REPORT_NOT_FOUND: { status: 404, data: z.object({ reportId: z.string() }) },
} as const

export const dispositionsContract = {
  /** What holds now for the findings of this report, and what it makes of the verdict. */
  list: oc
    .input(z.object({ reportId: ReportId }))
    .errors(NOT_FOUND)
    .output(
      z.object({
        dispositions: z.array(Disposition),
        /** Of the report without the findings that are set aside. */
        effective: z.object({ verdict: Verdict, grade: Grade, open: z.number().int() }),
      }),
    ),

  /** What `apply` with the same filter would change. */
  preview: oc
    .input(z.object({ reportId: ReportId, filter: FindingFilter }))
    .errors(NOT_FOUND)
    .output(
      z.object({
        findings: z.number().int(),
        /** Of them, how many have a disposition that would be replaced. */
        replaced: z.number().int(),
        byRule: z.array(z.object({ ruleId: z.string(), title: z.string(), findings: z.number() })),
        effective: z.object({ verdict: Verdict, grade: Grade, open: z.number().int() }),
      }),
    ),

  /** Sets a disposition on all findings of the filter, or takes it away (`decision: null`). */
  apply: oc
    .input(z.object({ reportId: ReportId, filter: FindingFilter, decision: Decision.nullable() }))
    .errors(NOT_FOUND)
    .output(z.object({ operationId: z.uuid(), changed: z.number().int() })),

  /** Puts back what an `apply` changed. Fails where a later decision stands on top of it. */
  undo: oc
    .input(z.object({ operationId: z.uuid() }))
    .errors({
      OPERATION_NOT_FOUND: { status: 404, data: z.object({ operationId: z.string() }) },
      CHANGED_SINCE: { status: 409, data: z.object({ findings: z.number().int() }) },
    })
    .output(z.object({ changed: z.number().int() })),
}
